"""Faults that a mock has by itself: how slow it is, and how often it fails."""

from typing import Annotated

from pydantic import Field, model_validator

from mockenv.settings.frozen import Frozen

LATENCY_FORMS = (
    frozenset({"fixed_ms"}),
    frozenset({"min_ms", "max_ms"}),
    frozenset({"p50_ms", "p90_ms", "p99_ms"}),
)
LatencyMs = Annotated[int, Field(ge=0, lt=25_000)]


class Latency(Frozen):
    """How long a mock takes to answer: fixed, anything in a range, or spread as measured."""

    fixed_ms: LatencyMs | None = None
    min_ms: LatencyMs | None = None
    max_ms: LatencyMs | None = None
    p50_ms: LatencyMs | None = None
    p90_ms: LatencyMs | None = None
    p99_ms: LatencyMs | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "Latency":
        if frozenset(self.stated()) not in LATENCY_FORMS:
            raise ValueError("fixed_ms, or min_ms and max_ms, or p50_ms, p90_ms and p99_ms")
        values = list(self.stated().values())
        if values != sorted(values):
            raise ValueError("they must not become smaller: min, max; p50, p90, p99")
        return self

    def stated(self) -> dict[str, int]:
        """Return the keys that the file states, each smaller one before the larger."""
        return {key: value for key, value in self.model_dump().items() if value is not None}


class Errors(Frozen):
    """Which share of a mock's requests fails, and with which status."""

    share: float = Field(gt=0, le=1, strict=False, description="0.05: one request in twenty")
    status: int = Field(default=503, ge=400, le=599, description="What they answer")
