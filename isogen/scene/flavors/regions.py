"""Which flavor a place has: coarse outlines of regions, in a table of their own.

A flavor covers whole parts of the world, so that outlines of some dozen corners are
enough: no database of borders, nothing to download, nothing that changes with a
library's version.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, Strict
from shapely import Point, Polygon

from isogen.params.faults import checked
from isogen.params.model import Label, Section

_FILE = Path(__file__).parent / "regions.toml"

Degrees = Annotated[float, Field(ge=-180, le=180)]
Corner = Annotated[tuple[Degrees, Degrees], Strict(strict=False)]


class Region(Section):
    """A part of the world."""

    name: Label
    """Name for people."""

    flavor: Label
    """Flavor of its cities."""

    outline: Annotated[tuple[Corner, ...], Strict(strict=False), Field(min_length=3)]
    """Corners [longitude, latitude] in degrees."""


class _Regions(Section):
    region: Annotated[tuple[Region, ...], Strict(strict=False)]
    """Parts of the world; the first that holds a place counts."""


@cache
def regions() -> tuple[Region, ...]:
    """Return the parts of the world that have a flavor; the first that holds a place counts."""
    tree: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return checked(_Regions, tree, _FILE.name).region


def region_at(lat: float, lng: float) -> Region | None:
    """Return the part of the world that a place lies in, or None where none has a flavor."""
    place = Point(lng, lat)
    return next((r for r in regions() if Polygon(r.outline).intersects(place)), None)
