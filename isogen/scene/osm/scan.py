"""The edge to libosmium: reads a file once and gives shapes in degrees.

What libosmium can assemble comes as WKB; what the extract has cut comes as runs of
known positions. Nothing of libosmium leaves this module, neither objects nor errors.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import osmium
from numpy.typing import NDArray
from osmium.filter import IdFilter, KeyFilter
from osmium.geom import WKBFactory
from osmium.index import create_map
from osmium.osm import RELATION, WAY, Area, Node, Relation, Way

from isogen.scene.osm import kinds
from isogen.scene.osm.pbf import Bounds, open_pbf, osmium_errors, read_bounds
from isogen.scene.osm.tags import Tags

Positions = NDArray[np.float64]
"""Shape (n, 2): longitude, latitude."""

_EMPTY = np.zeros((0, 2))
_LOCATIONS = "flex_mem"


@dataclass
class Shapes:
    """Things of one kind: equally long lists."""

    ids: list[int] = field(default_factory=list[int])
    """OpenStreetMap's ids."""

    tags: list[Tags] = field(default_factory=list[Tags])
    wkb: list[str] = field(default_factory=list[str])
    """Shape in hexadecimal WKB; x is the longitude."""

    def add(self, osm_id: int, tags: Tags, wkb: str) -> None:
        """Append one thing."""
        self.ids.append(osm_id)
        self.tags.append(tags)
        self.wkb.append(wkb)


class CutWay(NamedTuple):
    """A way of which the file lacks some nodes."""

    id: int
    tags: Tags
    is_closed: bool
    runs: tuple[Positions, ...]
    """What is known, in the way's order; each of two positions or more."""

    known: float
    """Share of its nodes that the file holds, from 0 to 1."""


class CutRelation(NamedTuple):
    """A multipolygon of which the file lacks some members or nodes."""

    id: int
    tags: Tags
    outer: tuple[Positions, ...]
    inner: tuple[Positions, ...]


@dataclass
class Scan:
    """All that a file says that is of use."""

    bounds: Bounds
    points: Shapes = field(default_factory=Shapes)
    lines: Shapes = field(default_factory=Shapes)
    coast: Shapes = field(default_factory=Shapes)
    way_areas: Shapes = field(default_factory=Shapes)
    relation_areas: Shapes = field(default_factory=Shapes)
    cut_ways: list[CutWay] = field(default_factory=list[CutWay])
    cut_relations: list[CutRelation] = field(default_factory=list[CutRelation])
    broken: int = 0
    """Things whose nodes are all known, but make no shape."""


class _Member(NamedTuple):
    way: int
    is_inner: bool


def scan_file(path: Path) -> Scan:
    """Read all that is of use out of a file.

    Raises:
        SourceError: The file is truncated or not of this format.
    """
    return _Scanner(path, Scan(read_bounds(path))).run()


class _Scanner:
    """Sorts what libosmium reads into a ``Scan``."""

    def __init__(self, path: Path, scan: Scan) -> None:
        self._path = path
        self._file = open_pbf(path)
        self._scan = scan
        self._wkb = WKBFactory()
        self._locations = create_map(_LOCATIONS)
        self._relations: dict[int, tuple[Tags, list[_Member]]] = {}
        self._assembled: set[int] = set()

    def run(self) -> Scan:
        with osmium_errors(self._path):
            self._read_relations()
            self._read_all()
            self._read_cut_relations()
        return self._scan

    def _read_relations(self) -> None:
        chosen = osmium.FileProcessor(self._file, RELATION).with_filter(KeyFilter(*kinds.ALL_KEYS))
        for thing in chosen:
            tags = dict(thing.tags)
            if isinstance(thing, Relation) and kinds.is_multipolygon(tags):
                members = [
                    _Member(m.ref, m.role == "inner") for m in thing.members if m.type == "w"
                ]
                self._relations[thing.id] = tags, members

    def _read_all(self) -> None:
        keys = KeyFilter(*kinds.ALL_KEYS)
        things = osmium.FileProcessor(self._file).with_locations(
            self._locations  # pyright: ignore[reportArgumentType]  the stubs forget it
        )
        for thing in things.with_areas(keys).with_filter(keys):
            if isinstance(thing, Node):
                self._add_node(thing)
            elif isinstance(thing, Way):
                self._add_way(thing)
            elif isinstance(thing, Area):
                self._add_area(thing)

    def _add_node(self, node: Node) -> None:
        tags = dict(node.tags)
        if kinds.is_point(tags) and not kinds.is_hidden(tags) and node.location.valid():
            self._scan.points.add(node.id, tags, self._wkb.create_point(node))

    def _add_way(self, way: Way) -> None:
        tags = dict(way.tags)
        is_coast = tags.get("natural") == "coastline"
        closed = way.is_closed()
        is_area = closed and kinds.is_area(tags)
        is_line = kinds.is_line(tags, closed=closed)
        is_hidden = kinds.is_hidden(tags) and not kinds.is_tunnel(tags)
        if not (is_coast or is_area or is_line) or is_hidden:
            return
        try:
            shape = self._wkb.create_linestring(way)
        except osmium.InvalidLocationError:
            self._add_cut_way(way, tags)
        except RuntimeError:  # a single place, which makes no line
            self._scan.broken += all(node.location.valid() for node in way.nodes)
        else:
            if is_coast:
                self._scan.coast.add(way.id, tags, shape)
            if is_line:
                self._scan.lines.add(way.id, tags, shape)

    def _add_cut_way(self, way: Way, tags: Tags) -> None:
        refs = [node.ref for node in way.nodes]
        positions = self._positions(refs)
        known = float(np.isfinite(positions[:, 0]).mean())
        closed = way.is_closed()
        runs = _known_runs(positions, closed=closed)
        self._scan.cut_ways.append(CutWay(way.id, tags, closed, runs, known))

    def _add_area(self, area: Area) -> None:
        tags = dict(area.tags)
        from_way = area.from_way()
        if from_way and not kinds.is_area(tags):
            return
        if not from_way:
            if area.orig_id() not in self._relations:
                return
            self._assembled.add(area.orig_id())
        if kinds.is_hidden(tags):
            return
        try:
            shape = self._wkb.create_multipolygon(area)
        except RuntimeError:
            self._scan.broken += 1
            return
        kind = self._scan.way_areas if from_way else self._scan.relation_areas
        kind.add(area.orig_id(), tags, shape)

    def _read_cut_relations(self) -> None:
        missing = sorted(self._relations.keys() - self._assembled)
        wanted = {m.way for osm_id in missing for m in self._relations[osm_id][1]}
        ways = self._read_ways(wanted)
        for osm_id in missing:
            tags, members = self._relations[osm_id]
            if kinds.is_hidden(tags):
                continue
            found = [(m.is_inner, ways.get(m.way, _EMPTY)) for m in members]
            if all(len(p) and np.isfinite(p).all() for _, p in found):
                self._scan.broken += 1
                continue
            outer, inner = (
                tuple(r for is_inner, p in found if is_inner == side for r in _member_runs(p))
                for side in (False, True)
            )
            self._scan.cut_relations.append(CutRelation(osm_id, tags, outer, inner))

    def _read_ways(self, wanted: set[int]) -> dict[int, Positions]:
        if not wanted:
            return {}
        chosen = osmium.FileProcessor(self._file, WAY).with_filter(IdFilter(sorted(wanted)))
        return {
            way.id: self._positions([n.ref for n in way.nodes])
            for way in chosen
            if isinstance(way, Way)
        }

    def _positions(self, refs: list[int]) -> Positions:
        """Return positions of nodes; NaN where the file does not hold the node."""
        out = np.full((len(refs), 2), np.nan)
        for i, ref in enumerate(refs):
            try:
                location = self._locations.get(ref)
            except KeyError:
                continue
            if location.valid():
                out[i] = location.lon, location.lat
        return out


def _member_runs(positions: Positions) -> tuple[Positions, ...]:
    closed = len(positions) > 2 and bool((positions[0] == positions[-1]).all())
    if closed and np.isfinite(positions).all():
        return (positions,)
    return _known_runs(positions, closed=closed)


def _known_runs(positions: Positions, *, closed: bool) -> tuple[Positions, ...]:
    """Return the runs of known positions; that of a ring's start joins that of its end."""
    known = np.isfinite(positions[:, 0]) if len(positions) else np.zeros(0, bool)
    if closed and known.any():
        # A ring is told from a place after which something is missing.
        positions, known = positions[:-1], known[:-1]
        start = int(np.argmin(known)) if not known.all() else 0
        positions, known = np.roll(positions, -start, axis=0), np.roll(known, -start)
    breaks = np.flatnonzero(np.diff(known.astype(np.int8))) + 1
    runs = [run for run in np.split(positions, breaks) if len(run) > 1]
    return tuple(run for run in runs if np.isfinite(run[0, 0]))
