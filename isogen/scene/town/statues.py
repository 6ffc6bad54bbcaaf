"""Statues and monuments: a plinth of stone and a figure of bronze gone green."""

from collections.abc import Mapping

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Plan, Span
from isogen.mesh.vocabulary import Material
from isogen.scene.town.props import block, upright
from isogen.seeds import Stream

ARTWORKS = frozenset({"sculpture", "statue", "bust", "installation", "fountain"})
MEMORIALS = frozenset({"statue", "sculpture", "bust", "war_memorial", "stone", "obelisk"})

_STONE = Look(Material.GRANITE)
_ROSE = Look(Material.ROSE)
_BRONZE = Look(Material.VERDIGRIS)


def is_statue(tags: Mapping[str, str]) -> bool:
    """Tell whether a node is a work of art that stands by itself."""
    if tags.get("tourism") == "artwork":
        return tags.get("artwork_type", "statue") in ARTWORKS
    if tags.get("historic") == "memorial":
        return tags.get("memorial", "plaque") in MEMORIALS
    return tags.get("historic") == "monument"


def build_statue(builder: MeshBuilder, place: Plan, chance: Stream) -> None:
    """Add a figure on a plinth."""
    obj = builder.new_object()
    frame = Frame(place, builder.camera.right)
    high = chance.between(2, 4)
    block(builder, frame, Span(-0.8, 0.8, -0.8, 0.8, 0, high), _STONE, _STONE, obj)
    figure = chance.pick((_BRONZE, _BRONZE, Look(Material.DARK)))
    upright(builder, place, 1.1, (high, high + 3), figure, obj)
    upright(builder, place, 0.6, (high + 3, high + 4), figure, obj)


def build_monument(builder: MeshBuilder, place: Plan, chance: Stream) -> None:
    """Add a figure on a high plinth with lesser figures around its foot."""
    obj = builder.new_object()
    frame = Frame(place, builder.camera.right)
    plinth = chance.pick((_ROSE, _STONE))
    block(builder, frame, Span(-3.2, 3.2, -3.2, 3.2, 0, 1), _STONE, _STONE, obj)
    for a, b in ((-2.3, 0), (0, 2.3)):
        block(builder, frame, Span(a - 0.5, a + 0.5, b - 0.5, b + 0.5, 1, 4), _BRONZE, _BRONZE, obj)
    block(builder, frame, Span(-1.6, 1.6, -1.6, 1.6, 1, 6), plinth, plinth, obj)
    for a, b in ((2.3, 0), (0, -2.3)):
        block(builder, frame, Span(a - 0.5, a + 0.5, b - 0.5, b + 0.5, 1, 4), _BRONZE, _BRONZE, obj)
    block(builder, frame, Span(-0.6, 0.6, -0.6, 0.6, 6, 9), _BRONZE, _BRONZE, obj)
    upright(builder, place, 0.6, (9, 10), _BRONZE, obj)
    corners = ((-1.6, -1.6), (1.6, -1.6), (1.6, 1.6), (-1.6, 1.6))
    builder.cast(7, [[frame.at(a, b) for a, b in corners]])
