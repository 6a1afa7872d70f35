"""What policy packs, linters and rules of our own find in templates, and what is said to it."""
