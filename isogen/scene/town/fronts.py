"""Which side of a building is its front: the one that a street or a square is nearest to."""

from dataclasses import dataclass

from shapely import Point, Polygon

from isogen.mesh.solids import Frame, Plan
from isogen.scene.town.footprint import direction, distance, rings_of
from isogen.scene.town.site import Site

_REACH_M = 60.0
_PROBE_M = 3.0
_SAME_M = 12.0
"""Streets that lie this much farther are as near."""

_LONG = 0.45
"""Fronts are at least this long, compared with the longest edge."""

_ROOM_M = 5.0
_BACKWAYS = frozenset({"service", "footway", "path", "steps", "construction"})


@dataclass(frozen=True)
class Front:
    """An outer edge of a building; the building lies to its left."""

    a: Plan
    b: Plan

    @property
    def length(self) -> float:
        """Meters."""
        return distance(self.a, self.b)

    @property
    def middle(self) -> Plan:
        """The place halfway."""
        return (self.a[0] + self.b[0]) / 2, (self.a[1] + self.b[1]) / 2

    @property
    def outward_frame(self) -> Frame:
        """The frame at the middle that looks out of the building; its left runs along."""
        along = direction(self.a, self.b)
        return Frame(self.middle, (along[1], -along[0]))

    def place(self, along: float, out: float) -> Plan:
        """Return a place: meters along the edge from its middle, and meters out of it."""
        return self.outward_frame.at(out, along)


def edges(site: Site) -> list[Front]:
    """Return the outer edges of a building, in order."""
    ring = rings_of(site.outline)[0]
    points: list[Plan] = [(float(e), float(n)) for e, n in ring]
    return [Front(a, b) for a, b in zip(points, points[1:] + points[:1], strict=True)]


def street_front(site: Site, shortest_m: float = 0.0) -> Front | None:
    """Return the long outer edge with room before it that a street is nearest to.

    Where several are about as near, or no street is, the one nearest to the viewer.
    None when no edge is long enough and free.
    """
    all_edges = edges(site)
    longest = max(e.length for e in all_edges)
    least = max(_LONG * longest, shortest_m)
    free = [e for e in all_edges if e.length >= least and has_room(site, e)]
    if not free:
        return None
    reach = {id(e): _to_street(site, e) for e in free}
    nearest = min(reach.values())
    near = [e for e in free if reach[id(e)] <= nearest + _SAME_M]
    return max(near, key=lambda e: (_is_seen(site, e), round(site.nearness(e.middle), 2)))


def any_front(site: Site) -> Front:
    """Return the front of a building, or its edge nearest to the viewer without a free one."""
    return street_front(site) or max(
        edges(site), key=lambda e: (_is_seen(site, e), round(e.length, 2))
    )


def has_room(site: Site, front: Front) -> bool:
    """Tell whether no building stands close before the middle of an edge."""
    half = front.length * 0.2
    places = (-half, 0.5), (-half, _ROOM_M), (half, _ROOM_M), (half, 0.5)
    yard = Polygon([front.place(a, out) for a, out in places])
    return site.town.buildings_near(yard, 0) in ([], [site.index])


def _is_seen(site: Site, front: Front) -> bool:
    out = front.outward_frame.along
    return site.faces_viewer((-out[0], -out[1]))


def _to_street(site: Site, front: Front) -> float:
    """Return how far the nearest street or square is, in meters, up to a limit."""
    place = Point(front.place(0.0, _PROBE_M))
    roads = [r for r in site.town.roads_near(place, _REACH_M) if r.kind not in _BACKWAYS]
    squares = [site.town.features.areas[i] for i in site.town.areas.within(place, _SAME_M)]
    reach = [r.line.distance(place) for r in roads]
    reach += [
        s.geometry.distance(place)
        for s in squares
        if s.tags.get("place") == "square" or s.tags.get("highway") == "pedestrian"
    ]
    return round(min(reach, default=_REACH_M), 2)
