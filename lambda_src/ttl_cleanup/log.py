"""One line of JSON for each thing that happens, in the function's log."""

import json


def log(event: str, **fields: object) -> None:
    """Write an event with its fields."""
    print(json.dumps({"event": event, **fields}))
