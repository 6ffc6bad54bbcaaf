"""Looks that many things share, and the materials that chance picks from."""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.seeds import Stream

GRAVEL_ROOF = Look(Material.GRAVEL, FlatStyle.GRAVEL)
MEMBRANE_ROOF = Look(Material.WHITE, FlatStyle.MEMBRANE)
ASHLAR = Look(Material.TAN, WallStyle.QUAY)
"""Stone of bridges, forts and quays."""

ROOFS = (
    GRAVEL_ROOF,
    GRAVEL_ROOF,
    MEMBRANE_ROOF,
    Look(Material.GREY, FlatStyle.GRAVEL),
    Look(Material.BROWN, FlatStyle.GRAVEL),
)

MASONRY = (
    Material.BRICK,
    Material.BRICK,
    Material.BROWN,
    Material.TAN,
    Material.TAN,
    Material.CREAM,
    Material.TERRA,
    Material.GREY,
    Material.WHITE,
)
WARM_MASONRY = MASONRY[:7]

STONE = (
    Material.TAN,
    Material.CREAM,
    Material.GREY,
    Material.WHITE,
    Material.TAN,
    Material.BROWN,
)

CONTAINERS = (
    Material.RED,
    Material.GLASS,
    Material.TEAL,
    Material.TERRA,
    Material.YELLOW,
    Material.WHITE,
    Material.COPPER,
)

SIGNS = (Material.RED, Material.GLASS, Material.YELLOW, Material.TEAL)

_SEEDS = 1 << 16


def face_seed(stream: Stream) -> int:
    """Return a seed for what chance decides on a face."""
    return stream.below(_SEEDS)


def container_look(stream: Stream) -> tuple[Look, Look]:
    """Return wall and top of a shipping container."""
    material = stream.pick(CONTAINERS)
    return Look(material, WallStyle.CONTAINER), Look(material, FlatStyle.RIBBED)
