"""What of a template comes before what, in all."""

from typing import Any

from creation_time.template_graph import read_graph


def needed_by(template: dict[str, Any], logical_id: str) -> set[str]:
    """Return all resources that are there before this one, and until it is gone."""
    needs = read_graph(template).needs
    found: set[str] = set()
    ahead = [logical_id]
    while ahead:
        new = needs[ahead.pop()] - found
        found |= new
        ahead += new
    return found
