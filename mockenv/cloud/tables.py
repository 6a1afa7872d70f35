"""Tables for people: coloured and fitted on a terminal, plain and whole lines elsewhere."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

UNBOUNDED_WIDTH = 10_000


def table_text(
    headers: Sequence[str], rows: Sequence[Sequence[str]], styles: Mapping[str, str] | None = None
) -> str:
    """Write rows as a table; `styles` gives the colour of a cell by its whole text."""
    console = Console()
    if not console.is_terminal:
        console.width = UNBOUNDED_WIDTH
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*[Text(cell, (styles or {}).get(cell, "")) for cell in row])
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())
