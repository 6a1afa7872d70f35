"""Mock API environments, one per pull request, that delete themselves."""
