"""Registers environments, and deletes those whose time is over."""
