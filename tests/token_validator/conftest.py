"""How examples are tried here: as often as usual, but never against the clock."""

from hypothesis import settings

# The default deadline of 200 ms would fail an example that another process held up.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")
