"""Building blocks of the stacks, by role."""
