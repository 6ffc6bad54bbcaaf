"""What lies level over water: piers, jetties, bridges that no way runs on."""

from collections.abc import Mapping
from dataclasses import dataclass

from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from isogen.mesh.vocabulary import Ground, Material, WallStyle
from isogen.scene.osm.dates import year
from isogen.scene.osm.features import Feature, Features
from isogen.scene.town.brush import polygons_of
from isogen.scene.town.carriers import is_bridge, kind_of
from isogen.scene.town.near import Near

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


def read_decks(features: Features) -> tuple[Deck, ...]:
    """Return the decks of piers and of empty bridges, those of areas first."""
    carried = Near([way.geometry for way in features.ways if is_bridge(way) and kind_of(way)])
    decks = [
        deck
        for area in features.areas
        if area.tags.get("man_made") != "bridge" or not carried.within(area.geometry, 0)
        for deck in _deck_of_area(area)
    ]
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
    return []
