"""How figures are written: three digits that count, and no exponent."""

from math import floor, log10


def three_digits(value: float) -> str:
    """Write 15234.5 as 15,200 and 0.04567 as 0.0457."""
    if not value:
        return "0"
    decimals = 2 - floor(log10(abs(value)))
    return f"{round(value, decimals):,.{max(decimals, 0)}f}"
