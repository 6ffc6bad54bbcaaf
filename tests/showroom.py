"""A showroom of every kind of building, as an extract: ``python -m tests.showroom OUT.osm.pbf``.

Exhibits stand in rows beside streets, so that fronts have a street to look at.
"""

import sys
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Way

from isogen.scene.showroom.buildings import EXHIBITS, Exhibit, Ring, Tags

DEGREE_M = 111_195.0
LAT, LNG = 0.0, 0.0
"""On the equator a degree is as long either way."""

PITCH_E, PITCH_N = 52.0, 62.0
"""Meters from one exhibit to the next."""

COLUMNS = 8


def stand(number: int) -> tuple[float, float]:
    """Return the middle of the stand of an exhibit, meters; the first row is the northern one."""
    rows = -(-len(EXHIBITS) // COLUMNS)
    row, column = divmod(number, COLUMNS)
    return (column - (COLUMNS - 1) / 2) * PITCH_E, ((rows - 1) / 2 - row) * PITCH_N


def write_showroom(path: Path, exhibits: dict[str, Exhibit] | None = None) -> Path:
    """Write the exhibits as an extract; an older file is replaced."""
    shown = list((EXHIBITS if exhibits is None else exhibits).values())
    nodes: list[Node] = []
    ways: list[Way] = []

    def add(ring: Ring, tags: Tags, *, closed: bool) -> None:
        first = len(nodes) + 1
        nodes.extend(Node(id=first + k, location=_degrees(*p)) for k, p in enumerate(ring))
        refs = list(range(first, first + len(ring))) + ([first] if closed else [])
        ways.append(Way(id=len(ways) + 1, nodes=refs, tags=tags))

    half_e = COLUMNS * PITCH_E / 2 + 20
    half_n = -(-len(EXHIBITS) // COLUMNS) * PITCH_N / 2 + 20
    for k, exhibit in enumerate(shown):
        e, n = stand(k)
        for ring, tags in exhibit.things:
            add([(e + x, n + y) for x, y in ring], tags, closed=True)
        if k % COLUMNS == 0:
            street = [(-half_e, n - 0.46 * PITCH_N), (half_e, n - 0.46 * PITCH_N)]
            add(street, {"highway": "residential"}, closed=False)
    header = osmium.io.Header()
    header.add_box(osmium.osm.Box(*_degrees(-half_e, -half_n), *_degrees(half_e, half_n)))
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(path), header=header) as writer:
        for thing in nodes:
            writer.add_node(thing)
        for way in ways:
            writer.add_way(way)
    return path


def _degrees(e: float, n: float) -> tuple[float, float]:
    return LNG + e / DEGREE_M, LAT + n / DEGREE_M


if __name__ == "__main__":
    write_showroom(Path(sys.argv[1]))
