"""Registers environments, and (in time) deletes those whose time is over."""
