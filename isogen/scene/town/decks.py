"""What is carried over water: bridges, piers, jetties."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from isogen.mesh.vocabulary import Ground, Material, WallStyle
from isogen.scene.osm.dates import year
from isogen.scene.osm.features import Feature, Features
from isogen.scene.town.brush import polygons_of
from isogen.scene.town.roads import PATHS, Road

SIDEWALK_M = 3.0
PATH_HALF_M = 1.8
JETTY_HALF_M = 1.2
STONE_UNTIL = 1930
"""Bridges older than this stand on stone arches unless they say otherwise."""

JETTY_RISES = -1
STONE_DECKS = frozenset({"concrete", "stone", "asphalt", "paving_stones"})


@dataclass(frozen=True)
class Deck:
    """A level surface above the water."""

    outline: Polygon
    """Counter-clockwise."""

    ground: Ground
    """What is painted on it, before the roads that it carries."""

    top: int
    """Its height in rises."""

    style: WallStyle
    """What carries it."""

    material: Material


def read_decks(features: Features, roads: Iterable[Road]) -> tuple[Deck, ...]:
    """Return the decks of bridges and piers, those of areas first."""
    decks = [deck for area in features.areas for deck in _deck_of_area(area)]
    for road in roads:
        if road.is_bridge and road.feature.tags.get("highway") != "construction":
            half = road.width_m / 2 + SIDEWALK_M
            shape = road.line.buffer(half, cap_style="flat")
            decks += _bridge(shape, road.feature.tags)
    for way in features.ways:
        decks += _deck_of_way(way)
    return tuple(decks)


def _bridge(shape: BaseGeometry, tags: Mapping[str, str]) -> list[Deck]:
    built = year(tags.get("start_date"))
    arched = tags.get("bridge:structure") == "arch" or (built is not None and built < STONE_UNTIL)
    style = WallStyle.ARCADE if arched else WallStyle.PILES
    return [Deck(p, Ground.PAVE, 0, style, Material.GRANITE) for p in polygons_of(shape)]


def _pier(shape: BaseGeometry, tags: Mapping[str, str]) -> list[Deck]:
    if tags.get("surface") in STONE_DECKS or tags.get("man_made") == "breakwater":
        looks = (Ground.GRANITE, 0, WallStyle.QUAY, Material.GRANITE)
    else:
        looks = (Ground.WOOD, JETTY_RISES, WallStyle.PILES, Material.WOOD)
    return [Deck(p, *looks) for p in polygons_of(shape)]


def _deck_of_area(area: Feature[Polygon]) -> list[Deck]:
    made = area.tags.get("man_made")
    if made == "bridge":
        return _bridge(area.geometry, area.tags)
    return _pier(area.geometry, area.tags) if made in {"pier", "breakwater"} else []


def _deck_of_way(way: Feature[LineString]) -> list[Deck]:
    tags = way.tags
    if tags.get("man_made") in {"pier", "breakwater"}:
        return _pier(way.geometry.buffer(JETTY_HALF_M, cap_style="flat"), tags)
    carried = tags.get("highway") in PATHS or "railway" in tags
    if carried and tags.get("bridge", "no") != "no":
        return _bridge(way.geometry.buffer(PATH_HALF_M, cap_style="flat"), tags)
    return []
