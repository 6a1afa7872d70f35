"""Keeps the TTL cleanup stack while there are environments: a custom resource."""
