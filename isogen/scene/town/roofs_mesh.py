"""Puts roofs into a mesh: their faces, and what throws their shadow."""

import itertools
from dataclasses import dataclass

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.vocabulary import FlatStyle, Kind, Material, SlopeStyle, WallStyle
from isogen.scene.town.footprint import inset, rings_of
from isogen.scene.town.roofs import Roof, Surface

TILED = frozenset({Material.TERRA, Material.BRICK, Material.BROWN, Material.WOOD})
"""Roofs laid in courses; all others are sheets with standing seams."""

_LIGHT = Look(Material.GLASS, WallStyle.CURTAIN)

_STEP_INSETS_M = (1.5, 3.5, 5.5, 8.0)

_WIDE_M = 5.0
"""Flat tops that reach farther in than this are felt, whatever covers the slopes around them."""

_BELOW_SLOPE = 1.6
"""Rises by which a roof's shadow caster lies under it, so that a roof never shades itself."""


def slope_look(material: Material, seed: int) -> Look:
    """Return how sloping roofs of a material are drawn."""
    if material is Material.GLASS:
        style = SlopeStyle.GLAZED
    else:
        style = SlopeStyle.TILES if material in TILED else SlopeStyle.SHEET_METAL
    return Look(material, style, seed)


def flat_look(material: Material, seed: int) -> Look:
    """Return how flat roofs of a material are drawn."""
    styles = {
        Material.GRAVEL: FlatStyle.GRAVEL,
        Material.DARK: FlatStyle.GRAVEL,
        Material.TIN: FlatStyle.GRAVEL,
        Material.GRASS: FlatStyle.PLANTED,
        Material.GLASS: FlatStyle.SKYLIGHT,
        Material.WOOD: FlatStyle.DECK,
    }
    return Look(material, styles.get(material, FlatStyle.MEMBRANE), seed)


@dataclass(frozen=True)
class Covering:
    """How a roof is drawn."""

    slopes: Look
    tops: Look
    gables: Look


def covering_of(material: Material, gables: Look, felt: Roof | None = None) -> Covering:
    """Return how a roof of a material is drawn.

    Args:
        material: Of its slopes and tops.
        gables: How its gables are drawn; their seed is the roof's.
        felt: A roof whose flat tops are felt where they are wide.
    """
    seed = gables.seed
    tops = Look(material, FlatStyle.RIBBED, seed)
    if felt and any(inset(top, _WIDE_M) for top in felt.tops):
        tops = flat_look(Material.GRAVEL if seed & 1 else Material.TIN, seed)
    return Covering(slope_look(material, seed), tops, gables)


def add_roof(builder: MeshBuilder, roof: Roof, z: float, covering: Covering, obj: int) -> None:
    """Put a roof on eaves at ``z`` rises, and let it throw its shadow."""
    for face in roof.faces:
        points = [(e, n, z + builder.rises(h)) for e, n, h in face.points]
        if face.surface is Surface.SLOPE:
            builder.polygon(points, covering.slopes, Kind.SLOPE, obj, face.triangles)
        elif face.surface is Surface.FLAT:
            builder.polygon(points, covering.tops, Kind.FLAT, obj, face.triangles)
        elif face.surface is Surface.LIGHT:
            builder.polygon(points, _LIGHT, Kind.WALL, obj, face.triangles)
            back = [(a, c, b) for a, b, c in face.triangles]
            builder.polygon(points, covering.gables, Kind.WALL, obj, back)
        else:
            builder.polygon(points, covering.gables, Kind.WALL, obj, face.triangles)
            # Upright pieces within a roof are seen from either side.
            back = [(a, c, b) for a, b, c in face.triangles]
            builder.polygon(points, covering.gables, Kind.WALL, obj, back)
    cast_roof(builder, roof, z)


def cast_roof(builder: MeshBuilder, roof: Roof, z: float) -> None:
    """Let a roof on eaves at ``z`` rises throw a shadow, in steps that stay under its slopes."""
    for inset_m in _STEP_INSETS_M:
        height_m = min(inset_m * roof.slope, roof.height_m)
        height = z + builder.rises(height_m) - _BELOW_SLOPE
        if height <= z - _BELOW_SLOPE:
            return
        for piece in inset(roof.footprint, inset_m):
            builder.cast(height, rings_of(piece))
        if height_m >= roof.height_m:
            return


def ridges(roof: Roof) -> list[tuple[tuple[float, float, float], tuple[float, float, float]]]:
    """Return the upper edges of a roof's slopes, heights in meters, each once, in face order."""
    low = 0.6 * roof.height_m
    seen: set[tuple[tuple[int, ...], ...]] = set()
    out: list[tuple[tuple[float, float, float], tuple[float, float, float]]] = []
    for face in roof.faces:
        if face.surface is Surface.SLOPE:
            for a, b in itertools.pairwise((*face.points, face.points[0])):
                key = tuple(sorted((_key(a), _key(b))))
                if min(a[2], b[2]) > low and key not in seen:
                    seen.add(key)
                    out.append((a, b))
    return out


def _key(point: tuple[float, float, float]) -> tuple[int, ...]:
    return tuple(round(c * 100) for c in point)
