"""The material that comes nearest to a color or a named building material."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from isogen.geo.camera import Floats
from isogen.image.oklab import to_oklab
from isogen.mesh.colors import MATERIAL_COLORS
from isogen.mesh.vocabulary import Material
from isogen.scene.osm.tags import Rgb

_PALER = 0.25
_DARKER = 0.6
"""What a step of lightness counts, beside a step of hue."""

_DECIMALS = 9
"""Distances are rounded, so that the C libraries of machines do not break ties."""

WALLS = (
    Material.BRICK,
    Material.BROWN,
    Material.TAN,
    Material.CREAM,
    Material.GREY,
    Material.WHITE,
    Material.DARK,
    Material.RED,
    Material.OCHRE,
    Material.PEACH,
    Material.MINT,
    Material.SKY,
    Material.ROSE,
    Material.IVORY,
    Material.RUST,
    Material.GRANITE,
    Material.SLATE,
    Material.TEAL,
    Material.TERRA,
)
"""What a wall may be painted as."""

ROOFS = (
    Material.DARK,
    Material.GREY,
    Material.WHITE,
    Material.GRAVEL,
    Material.TERRA,
    Material.COPPER,
    Material.VERDIGRIS,
    Material.RUST,
    Material.TIN,
    Material.SLATE,
    Material.BROWN,
    Material.TAN,
    Material.RED,
)
"""What a roof may be covered with."""

TRIMS = (
    Material.WHITE,
    Material.IVORY,
    Material.CREAM,
    Material.GREY,
    Material.GRANITE,
    Material.TAN,
    Material.BROWN,
    Material.DARK,
)
"""What cornices and frames may be made of."""

_WALL_NAMES: Mapping[str, Material] = {
    "brick": Material.BRICK,
    "bricks": Material.BRICK,
    "clinker": Material.BRICK,
    "stone": Material.GRANITE,
    "granite": Material.GRANITE,
    "limestone": Material.IVORY,
    "sandstone": Material.TAN,
    "marble": Material.WHITE,
    "plaster": Material.CREAM,
    "stucco": Material.CREAM,
    "render": Material.CREAM,
    "cement_block": Material.GREY,
    "concrete": Material.GREY,
    "reinforced_concrete": Material.GREY,
    "glass": Material.GLASS,
    "mirror": Material.GLASS,
    "wood": Material.WOOD,
    "timber": Material.WOOD,
    "timber_framing": Material.WOOD,
    "bamboo": Material.WOOD,
    "metal": Material.TIN,
    "steel": Material.STEEL,
    "tin": Material.TIN,
    "aluminium": Material.TIN,
    "metal_plates": Material.TIN,
    "copper": Material.VERDIGRIS,
    "bronze": Material.BROWN,
    "corten": Material.RUST,
    "slate": Material.SLATE,
    "tiles": Material.WHITE,
    "vinyl": Material.WHITE,
    "plastic": Material.WHITE,
    "adobe": Material.SAND,
    "clay": Material.SAND,
    "mud": Material.SAND,
    "brickwork": Material.BRICK,
    "red_brick": Material.BRICK,
    "masonry": Material.GRANITE,
    "rock": Material.GRANITE,
    "cobblestone": Material.GRANITE,
    "basalt": Material.SLATE,
    "tuff": Material.TAN,
    "travertine": Material.IVORY,
    "cement": Material.GREY,
    "concrete_block": Material.GREY,
    "concrete_blocks": Material.GREY,
    "prefabricated": Material.GREY,
    "panel": Material.GREY,
    "panels": Material.WHITE,
    "siding": Material.WHITE,
    "vinyl_siding": Material.WHITE,
    "clapboard": Material.WHITE,
    "weatherboard": Material.WHITE,
    "shingle": Material.WOOD,
    "shingles": Material.WOOD,
    "wood_shingle": Material.WOOD,
    "log": Material.WOOD,
    "logs": Material.WOOD,
    "half-timbered": Material.WOOD,
    "half_timbered": Material.WOOD,
    "steel_frame": Material.STEEL,
    "sheet_metal": Material.TIN,
    "metal_sheet": Material.TIN,
    "corrugated_iron": Material.TIN,
    "corrugated_metal": Material.TIN,
    "zinc": Material.TIN,
    "titanium": Material.TIN,
    "eternit": Material.GREY,
    "fibre_cement": Material.GREY,
    "asbestos": Material.GREY,
    "ceramic": Material.WHITE,
    "terracotta": Material.TERRA,
    "glass_curtain": Material.GLASS,
    "curtain_wall": Material.GLASS,
    "solar_panels": Material.GLASS,
    "rammed_earth": Material.SAND,
    "cob": Material.SAND,
    "thatch": Material.STRAW,
    "straw": Material.STRAW,
    "paint": Material.CREAM,
    "painted": Material.CREAM,
    "pebbledash": Material.TAN,
    "roughcast": Material.CREAM,
    "porcelain": Material.WHITE,
    "plants": Material.LEAF,
    "acrylic_glass": Material.GLASS,
}

_ROOF_NAMES: Mapping[str, Material] = {
    "roof_tiles": Material.TERRA,
    "tile": Material.TERRA,
    "tiles": Material.TERRA,
    "brick": Material.TERRA,
    "copper": Material.VERDIGRIS,
    "metal": Material.TIN,
    "metal_sheet": Material.TIN,
    "tin": Material.TIN,
    "steel": Material.TIN,
    "zinc": Material.TIN,
    "lead": Material.TIN,
    "aluminium": Material.TIN,
    "slate": Material.SLATE,
    "stone": Material.SLATE,
    "tar_paper": Material.DARK,
    "asphalt": Material.DARK,
    "asphalt_shingle": Material.DARK,
    "bitumen": Material.DARK,
    "eternit": Material.GREY,
    "concrete": Material.GREY,
    "plastic": Material.WHITE,
    "gravel": Material.GRAVEL,
    "glass": Material.GLASS,
    "acrylic_glass": Material.GLASS,
    "wood": Material.WOOD,
    "wood_shingle": Material.WOOD,
    "thatch": Material.STRAW,
    "grass": Material.GRASS,
    "plants": Material.GRASS,
    "sod": Material.GRASS,
    "roof_tile": Material.TERRA,
    "clay_tiles": Material.TERRA,
    "clay": Material.TERRA,
    "concrete_tiles": Material.BROWN,
    "shingle": Material.BROWN,
    "shingles": Material.BROWN,
    "asphalt_shingles": Material.DARK,
    "bitumen_shingle": Material.DARK,
    "roofing_felt": Material.DARK,
    "felt": Material.DARK,
    "tar": Material.DARK,
    "rubber": Material.DARK,
    "epdm": Material.DARK,
    "membrane": Material.WHITE,
    "pvc": Material.WHITE,
    "tpo": Material.WHITE,
    "metal_sheets": Material.TIN,
    "sheet_metal": Material.TIN,
    "corrugated": Material.TIN,
    "corrugated_iron": Material.TIN,
    "corrugated_metal": Material.TIN,
    "standing_seam": Material.TIN,
    "copper_sheet": Material.VERDIGRIS,
    "gold": Material.YELLOW,
    "bronze": Material.BROWN,
    "corten": Material.RUST,
    "rust": Material.RUST,
    "fibre_cement": Material.GREY,
    "fiber_cement": Material.GREY,
    "asbestos": Material.GREY,
    "cement": Material.GREY,
    "stone_slab": Material.SLATE,
    "stones": Material.SLATE,
    "pebbles": Material.GRAVEL,
    "sand": Material.SAND,
    "reed": Material.STRAW,
    "reeds": Material.STRAW,
    "straw": Material.STRAW,
    "palm_leaves": Material.STRAW,
    "wooden_shingle": Material.WOOD,
    "wood_shingles": Material.WOOD,
    "shake": Material.WOOD,
    "green": Material.GRASS,
    "vegetation": Material.GRASS,
    "moss": Material.GRASS,
    "garden": Material.GRASS,
    "sedum": Material.GRASS,
    "solar_panels": Material.GLASS,
    "solar": Material.GLASS,
    "photovoltaic": Material.GLASS,
    "polycarbonate": Material.GLASS,
    "canvas": Material.WHITE,
    "fabric": Material.WHITE,
    "textile": Material.WHITE,
    "tent": Material.WHITE,
    "membrane_roof": Material.WHITE,
}


def nearest_material(color: Rgb, allowed: tuple[Material, ...]) -> Material:
    """Return the allowed material that looks most like a color; the first among equals."""
    lab = to_oklab(np.array(color, np.uint8))
    distances = [_distance(lab, _middle(material)) for material in allowed]
    return allowed[distances.index(min(distances))]


def wall_material(name: str | None) -> Material | None:
    """Return what ``building:material`` names; of a list the first."""
    return _WALL_NAMES.get(_first(name))


def roof_material(name: str | None) -> Material | None:
    """Return what ``roof:material`` names; of a list the first."""
    return _ROOF_NAMES.get(_first(name))


def _first(name: str | None) -> str:
    return (name or "").split(";")[0].strip().lower().replace(" ", "_")


@cache
def _middle(material: Material) -> Floats:
    red_green_blue = MATERIAL_COLORS[material].to_bytes(3, "big")
    return to_oklab(np.frombuffer(red_green_blue, np.uint8))


def _distance(color: Floats, middle: Floats) -> float:
    """Return the squared distance of a color from a material, both in OKLab.

    Materials are of middling lightness: a pale color takes its hue from one, at little
    cost; a dark one at more, since shadow and outline are dark already.
    """
    offset = color - middle
    offset[0] *= _PALER if offset[0] > 0 else _DARKER
    return round(float((offset**2).sum()), _DECIMALS)
