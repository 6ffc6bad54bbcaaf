"""Shapes of roofs, by the words that mappers have for them."""

from collections.abc import Mapping

from isogen.scene.flavors.words import Shape
from isogen.scene.osm.tags import Tags

SHAPES: Mapping[str, Shape] = {
    "flat": Shape.FLAT,
    "terrace": Shape.FLAT,
    "hipped": Shape.HIPPED,
    "half-hipped": Shape.HALF_HIPPED,
    "half_hipped": Shape.HALF_HIPPED,
    "jerkinhead": Shape.HALF_HIPPED,
    "side_hipped": Shape.SIDE_HIPPED,
    "side_half-hipped": Shape.HALF_HIPPED,
    "hipped-and-gabled": Shape.IRIMOYA,
    "hip-and-gable": Shape.IRIMOYA,
    "gabled": Shape.GABLED,
    "pitched": Shape.GABLED,
    "saltbox": Shape.SALTBOX,
    "double_saltbox": Shape.SALTBOX,
    "quadruple_saltbox": Shape.SALTBOX,
    "gabled_row": Shape.GABLED_ROW,
    "cross_gabled": Shape.CROSSPITCHED,
    "crosspitched": Shape.CROSSPITCHED,
    "cross_pitched": Shape.CROSSPITCHED,
    "sawtooth": Shape.SAWTOOTH,
    "butterfly": Shape.BUTTERFLY,
    "hyperbolic": Shape.BUTTERFLY,
    "hyperbolic_paraboloid": Shape.BUTTERFLY,
    "mansard": Shape.MANSARD,
    "gambrel": Shape.GAMBREL,
    "pyramidal": Shape.PYRAMIDAL,
    "tented": Shape.PYRAMIDAL,
    "pavilion": Shape.PYRAMIDAL,
    "skillion": Shape.SKILLION,
    "lean_to": Shape.SKILLION,
    "shed": Shape.SKILLION,
    "round": Shape.ROUND,
    "barrel": Shape.ROUND,
    "round_gabled": Shape.ROUND,
    "dome": Shape.DOME,
    "spherical": Shape.DOME,
    "onion": Shape.ONION,
    "cone": Shape.CONE,
    "conical": Shape.CONE,
    "spire": Shape.CONE,
}


def shape_of(tags: Tags) -> Shape | None:
    """Return the roof shape that the tags tell, else None."""
    return SHAPES.get(tags.get("roof:shape", "").strip().lower())
