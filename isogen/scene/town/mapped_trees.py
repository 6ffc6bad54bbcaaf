"""Trees that somebody has mapped."""

from dataclasses import dataclass

import numpy as np

from isogen.mesh.solids import Plan
from isogen.scene.osm.features import Features
from isogen.scene.town.lines import places_along

ROW_STEP_M = 8.0
"""Distance of the trees in a row."""


@dataclass(frozen=True)
class MappedTree:
    """A tree at a known place."""

    id: int
    """Id of its node or of its row."""

    number: int
    """Its number in the row."""

    place: Plan
    is_conifer: bool


def read_trees(features: Features) -> tuple[MappedTree, ...]:
    """Return single trees, then those of rows, in the order of the features."""
    single = [
        MappedTree(
            node.id,
            0,
            (node.geometry.x, node.geometry.y),
            node.tags.get("leaf_type") == "needleleaved",
        )
        for node in features.nodes
        if node.tags.get("natural") == "tree"
    ]
    for way in features.ways:
        if way.tags.get("natural") == "tree_row":
            places = places_along(way.geometry, np.arange(0, way.geometry.length, ROW_STEP_M))
            is_conifer = way.tags.get("leaf_type") == "needleleaved"
            single += [
                MappedTree(way.id, number, (e, n), is_conifer)
                for number, (e, n) in enumerate(places.tolist())
            ]
    return tuple(single)
