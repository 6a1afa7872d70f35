"""Failures whose reason CloudFormation shows to whoever deploys."""


class RegistrationError(Exception):
    """Says what is wrong and what to do, without secrets: it ends up in the stack's events."""
