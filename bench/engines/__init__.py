"""The mock servers that are compared, one per file, and how each serves a document."""
