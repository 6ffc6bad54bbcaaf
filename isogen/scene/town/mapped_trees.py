"""Trees that somebody has mapped."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from isogen.mesh.solids import Plan
from isogen.scene.osm.features import Features
from isogen.scene.osm.tags import length_m
from isogen.scene.town.lines import places_along
from isogen.scene.town.trees import Shape

ROW_STEP_M = 8.0
"""Distance of the trees in a row."""

LOW_M = 5.0
HIGH_M = 17.0
"""Trees said to be lower or higher than this are drawn so."""

_GENUS: Mapping[str, Shape] = {
    "abies": Shape.CONIFER,
    "betula": Shape.BIRCH,
    "cedrus": Shape.CONIFER,
    "cupressus": Shape.POPLAR,
    "juniperus": Shape.CONIFER,
    "larix": Shape.CONIFER,
    "malus": Shape.FRUIT,
    "phoenix": Shape.PALM,
    "picea": Shape.CONIFER,
    "pinus": Shape.CONIFER,
    "populus": Shape.POPLAR,
    "prunus": Shape.FRUIT,
    "pyrus": Shape.FRUIT,
    "taxus": Shape.CONIFER,
    "thuja": Shape.CONIFER,
    "trachycarpus": Shape.PALM,
    "washingtonia": Shape.PALM,
}


@dataclass(frozen=True)
class MappedTree:
    """A tree at a known place."""

    id: int
    """Id of its node or of its row."""

    number: int
    """Its number in the row."""

    place: Plan
    shape: Shape | None
    """What its tags say of its kind; None where they say nothing."""


def shape_of(tags: Mapping[str, str]) -> Shape | None:
    """Return how a tree grows by its genus, kind of leaf and height; None without a word."""
    genus = tags.get("genus") or tags.get("species", "").split(" ")[0]
    known = _GENUS.get(genus.lower())
    if known:
        return known
    if tags.get("leaf_type") == "needleleaved":
        return Shape.CONIFER
    if "palm" in tags.get("taxon", "").lower() or tags.get("leaf_type") == "palm":
        return Shape.PALM
    height = length_m(tags.get("height"))
    if height is None:
        return None
    return Shape.FRUIT if height < LOW_M else Shape.WILD if height > HIGH_M else Shape.ROUND


def read_trees(features: Features) -> tuple[MappedTree, ...]:
    """Return single trees, then those of rows, in the order of the features."""
    single = [
        MappedTree(node.id, 0, (node.geometry.x, node.geometry.y), shape_of(node.tags))
        for node in features.nodes
        if node.tags.get("natural") == "tree"
    ]
    for way in features.ways:
        if way.tags.get("natural") == "tree_row":
            places = places_along(way.geometry, np.arange(0, way.geometry.length, ROW_STEP_M))
            shape = shape_of(way.tags)
            single += [
                MappedTree(way.id, number, (e, n), shape)
                for number, (e, n) in enumerate(places.tolist())
            ]
    return tuple(single)
