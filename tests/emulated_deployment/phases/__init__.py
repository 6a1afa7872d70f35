"""What a run does, one part of a deployment's life per file."""
