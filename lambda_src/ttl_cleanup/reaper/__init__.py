"""Deletes environments whose time is over: looks at all there is, and moves each one step on."""
