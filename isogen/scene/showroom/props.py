"""What stands and lies between buildings: a stand for each sort of thing."""

from dataclasses import dataclass

from isogen.scene.showroom.buildings import Ring, Tags, rect

Line = list[tuple[float, float]]


@dataclass(frozen=True)
class Stand:
    """Things around the middle of a stand, in meters."""

    areas: tuple[tuple[Ring, Tags], ...] = ()
    ways: tuple[tuple[Line, Tags], ...] = ()
    nodes: tuple[tuple[tuple[float, float], Tags], ...] = ()


_WIDE, _DEEP = 44.0, 40.0


def _area(**tags: str) -> Stand:
    return Stand(areas=((rect(_WIDE, _DEEP), _told(tags)),))


def _way(*places: tuple[float, float], **tags: str) -> Stand:
    return Stand(ways=((list(places), _told(tags)),))


def _told(tags: Tags) -> Tags:
    return {key.replace("__", ":"): value for key, value in tags.items()}


def _row(key: str, *values: str) -> Stand:
    """Return single things in a row."""
    step = _WIDE / len(values)
    first = (step - _WIDE) / 2
    return Stand(
        nodes=tuple(((first + step * k, 0.0), {key: value}) for k, value in enumerate(values))
    )


def _trees(*tags: Tags) -> Stand:
    step = _WIDE / len(tags)
    return Stand(
        nodes=tuple(
            ((step * (k + 0.5) - _WIDE / 2, 8.0 * (k % 2) - 4), {"natural": "tree", **own})
            for k, own in enumerate(tags)
        )
    )


def _barriers(*kinds: str) -> Stand:
    step = _DEEP / len(kinds)
    return Stand(
        ways=tuple(
            ([(-18.0, step * (k + 0.5) - _DEEP / 2), (18.0, step * (k + 0.5) - _DEEP / 2)],
             {"barrier": kind})
            for k, kind in enumerate(kinds)
        )
    )  # fmt: skip


_ACROSS = ((-26.0, 0.0), (26.0, 0.0))

STANDS: dict[str, Stand] = {
    # Streets and rails.
    "street": _way(*_ACROSS, highway="residential"),
    "main road": _way(*_ACROSS, highway="primary", lanes="4"),
    "setts": _way(*_ACROSS, highway="living_street", surface="sett"),
    "cycleway": _way(*_ACROSS, highway="cycleway"),
    "tram": _way(*_ACROSS, railway="tram"),
    "railway": Stand(
        ways=tuple(([(-26.0, n), (26.0, n)], {"railway": "rail"}) for n in (-9.0, 0.0, 9.0))
    ),
    "platform": Stand(
        areas=((rect(40, 6, 0, 8), {"railway": "platform"}),),
        ways=(([(-26.0, 0.0), (26.0, 0.0)], {"railway": "rail"}),),
    ),
    "bridge": Stand(
        areas=((rect(18, 60), {"natural": "water", "water": "river"}),),
        ways=(
            ([(-26.0, 0.0), (-16.0, 0.0)], {"highway": "residential"}),
            ([(-16.0, 0.0), (16.0, 0.0)], {"highway": "residential", "bridge": "yes"}),
            ([(16.0, 0.0), (26.0, 0.0)], {"highway": "residential"}),
        ),
    ),
    "steps": _way((0.0, -7.0), (0.0, 7.0), highway="steps", width="10"),
    "car park": _area(amenity="parking"),
    # Green.
    "trees": _trees(
        {"leaf_type": "broadleaved"},
        {"genus": "Betula"},
        {"leaf_type": "needleleaved"},
        {"genus": "Prunus"},
        {"genus": "Phoenix"},
        {"genus": "Cupressus"},
    ),
    "tree row": _way((-20.0, 0.0), (20.0, 0.0), natural="tree_row"),
    "wood": _area(natural="wood"),
    "pines": _area(natural="wood", leaf_type="needleleaved"),
    "park": _area(leisure="park"),
    "scrub": _area(natural="scrub"),
    "heath": _area(natural="heath"),
    "meadow": _area(landuse="meadow"),
    "orchard": _area(landuse="orchard"),
    "vineyard": _area(landuse="vineyard"),
    "field": _area(landuse="farmland", crop="wheat"),
    "allotments": _area(landuse="allotments"),
    "flower bed": _area(landuse="flowerbed"),
    "wetland": _area(natural="wetland"),
    "beach": _area(natural="beach"),
    "rock": _area(natural="bare_rock"),
    "pond": Stand(areas=((rect(26, 22), {"natural": "water", "water": "pond"}),)),
    # Open spaces.
    "square": _area(place="square", highway="pedestrian"),
    "stalls": _area(amenity="marketplace"),
    "playground": _area(leisure="playground"),
    "soccer": _area(leisure="pitch", sport="soccer"),
    "tennis": _area(leisure="pitch", sport="tennis"),
    "basketball": _area(leisure="pitch", sport="basketball"),
    "baseball": _area(leisure="pitch", sport="baseball"),
    "swimming": Stand(areas=((rect(30, 20), {"leisure": "swimming_pool"}),)),
    "cemetery": _area(landuse="cemetery"),
    "building site": _area(landuse="construction"),
    "yard": _area(landuse="industrial"),
    # Things.
    "barriers": _barriers("hedge", "fence", "wall", "retaining_wall", "city_wall"),
    "furniture": Stand(
        nodes=(
            ((-16.0, 0.0), {"highway": "street_lamp"}),
            ((-8.0, 0.0), {"amenity": "bench"}),
            ((0.0, 0.0), {"amenity": "fountain"}),
            ((8.0, 0.0), {"historic": "monument"}),
            ((16.0, 0.0), {"amenity": "telephone"}),
        )
    ),
    "power line": Stand(
        ways=(([(-20.0, 0.0), (20.0, 0.0)], {"power": "line"}),),
        nodes=(((-20.0, 0.0), {"power": "tower"}), ((20.0, 0.0), {"power": "tower"})),
    ),
    "turbine": Stand(nodes=(((0.0, 0.0), {"power": "generator", "generator:source": "wind"}),)),
    "structures": _row("man_made", "crane", "mast", "water_tower"),
}
"""Stands by name, in the order in which they are shown."""
