"""Writes small extracts and reads them back."""

from dataclasses import dataclass, field

import numpy as np
import osmium
import pytest
from osmium.osm.mutable import Node, Relation, Way
from shapely.geometry import box

from isogen.scene.osm.extract import bundled_extract
from isogen.scene.osm.read import read_extract

DEGREE_M = 111_000.0
LAT, LNG = 60.0, 25.0


def to_plane(lat, lng):
    """A flat plane around (LAT, LNG) on which a degree is 111 km either way."""
    return (np.asarray(lng) - LNG) * DEGREE_M, (np.asarray(lat) - LAT) * DEGREE_M


@dataclass
class Draft:
    """An extract in the making; positions are plane meters in a box of 1000 x 1000 m."""

    path: object
    extent: object = field(default_factory=lambda: box(0, 0, 1000, 1000))
    nodes: list = field(default_factory=list)
    ways: list = field(default_factory=list)
    relations: list = field(default_factory=list)
    places: dict = field(default_factory=dict)

    def node(self, e, n, **tags):
        self.nodes.append((len(self.nodes) + 1, e, n, _keys(tags)))
        return len(self.nodes)

    def way(self, points, **tags):
        refs = [self._ref(p) for p in points]
        self.ways.append((len(self.ways) + 1, refs, _keys(tags)))
        return len(self.ways)

    def ring(self, points, **tags):
        return self.way([*points, points[0]], **tags)

    def relation(self, members, **tags):
        self.relations.append((len(self.relations) + 1, members, _keys(tags)))

    def _ref(self, point):
        if point not in self.places:
            self.places[point] = self.node(*point)
        return self.places[point]

    def write(self, *, without_nodes=(), without_ways=(), header=True):
        head = osmium.io.Header()
        if header:
            w, s, e, n = self.extent.bounds
            head.add_box(osmium.osm.Box(*_degrees(w, s), *_degrees(e, n)))
        self.path.unlink(missing_ok=True)
        with osmium.SimpleWriter(str(self.path), header=head) as writer:
            for osm_id, e, n, tags in self.nodes:
                if osm_id not in without_nodes:
                    writer.add_node(Node(id=osm_id, location=_degrees(e, n), tags=tags))
            for osm_id, refs, tags in self.ways:
                if osm_id not in without_ways:
                    writer.add_way(Way(id=osm_id, nodes=refs, tags=tags))
            for osm_id, members, tags in self.relations:
                writer.add_relation(Relation(id=osm_id, members=members, tags=tags))
        return self.path

    def read(self, **kwargs):
        return read_extract(self.write(**kwargs), to_plane)

    def read_cut(self, **kwargs):
        """Read as from a tool that drops the nodes outside, and ways that have none inside."""
        w, s, e, n = self.extent.bounds
        gone = {i for i, x, y, _ in self.nodes if not (w <= x <= e and s <= y <= n)}
        ways = {i for i, refs, _ in self.ways if gone.issuperset(refs)}
        return self.read(without_nodes=gone, without_ways=ways, **kwargs)


def _degrees(e, n):
    return (LNG + e / DEGREE_M, LAT + n / DEGREE_M)


def _keys(tags):
    return {k.replace("__", ":"): v for k, v in tags.items()}


@pytest.fixture(name="to_plane")
def to_plane_fixture():
    return to_plane


@pytest.fixture
def draft(tmp_path):
    return Draft(tmp_path / "draft.osm.pbf")


@pytest.fixture(scope="session")
def helsinki_pbf():
    return bundled_extract("helsinki")


@pytest.fixture(scope="session")
def helsinki(helsinki_pbf):
    return read_extract(helsinki_pbf, _local(60.171634, 24.9442949))


@pytest.fixture(scope="session")
def kotka():
    return read_extract(bundled_extract("kotka"), _local(60.53, 26.95))


def _local(lat, lng):
    east = DEGREE_M * 0.4975 if lat < 60.3 else DEGREE_M * 0.4920
    return lambda lats, lngs: ((lngs - lng) * east, (lats - lat) * DEGREE_M)
