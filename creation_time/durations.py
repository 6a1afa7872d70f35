"""Reads the dated data file of typical durations."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FILE = Path(__file__).with_name("durations.yaml")


class ResourceTime(NamedTuple):
    """Seconds that a resource of one type takes to create and to delete."""

    create: float
    delete: float
    basis: str
    source: str


class ImageTime(NamedTuple):
    """What a container image weighs, compressed, and how long its program takes on one core."""

    megabytes: float
    cpu_seconds: float
    basis: str
    source: str
    benchmark: str | None = None


class ProgramTime(NamedTuple):
    """How long a program takes on one core, in an image whose usual one is another."""

    cpu_seconds: float
    basis: str
    source: str


class Assumption(NamedTuple):
    """Seconds of something that no template states."""

    seconds: float
    basis: str
    source: str


@dataclass(frozen=True)
class Durations:
    """The data file; `programs` go by the names of their containers.

    `serving` are the types that a first answer needs.
    """

    as_of: date
    assumptions: Mapping[str, Assumption]
    images: Mapping[str, ImageTime]
    programs: Mapping[str, ProgramTime]
    resources: Mapping[str, ResourceTime]
    serving: frozenset[str]

    def seconds(self, assumption: str) -> float:
        """Return an assumption's seconds."""
        return self.assumptions[assumption].seconds

    def slower(self, name: str, factor: float = 2) -> "Durations":
        """Return these with one longer: an assumption, image, program or type of resource."""
        if name in self.assumptions:
            slow = self.assumptions[name]._replace(seconds=factor * self.seconds(name))
            return replace(self, assumptions={**self.assumptions, name: slow})
        if name in self.images:
            image = self.images[name]
            program = image._replace(cpu_seconds=factor * image.cpu_seconds)
            return replace(self, images={**self.images, name: program})
        if name in self.programs:
            own = self.programs[name]._replace(cpu_seconds=factor * self.programs[name].cpu_seconds)
            return replace(self, programs={**self.programs, name: own})
        kind = self.resources[name]
        longer = kind._replace(create=factor * kind.create, delete=factor * kind.delete)
        return replace(self, resources={**self.resources, name: longer})

    def all_slower(self, factor: float = 2) -> "Durations":
        """Return these with all of them longer at once; programs are, as a CPU second is."""
        slow = self
        for name in (*self.assumptions, *self.resources):
            slow = slow.slower(name, factor)
        return slow


@cache
def typical_durations() -> Durations:
    """Return what the data file holds, its abbreviated sources written out."""
    data: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    sources: dict[str, str] = data["sources"]

    def entries(part: str) -> dict[str, dict[str, Any]]:
        return {
            name: given | {"source": sources.get(given["source"], given["source"])}
            for name, given in data[part].items()
        }

    return Durations(
        as_of=data["as_of"],
        assumptions={n: Assumption(**given) for n, given in entries("assumptions").items()},
        images={n: ImageTime(**given) for n, given in entries("images").items()},
        programs={n: ProgramTime(**given) for n, given in entries("programs").items()},
        resources={n: ResourceTime(**given) for n, given in entries("resources").items()},
        serving=frozenset(data["serving"]),
    )
