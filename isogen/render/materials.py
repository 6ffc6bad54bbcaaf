"""Colors of the render: what materials and ground look like in plain light."""

import numpy as np
from numpy.typing import NDArray

from isogen.mesh.vocabulary import Ground, Material

LEVELS = 6
"""Brightnesses of each material: 0 the darkest shade, 3 a front in the sun, 5 a roof in it."""

NOTHING_INDEX = 255
"""Index of the render's colors where nothing is drawn."""

_VOID = (0x1B, 0x24, 0x40)

_LIGHT = (0.44, 0.55, 0.67, 0.81, 0.91, 1.0)
"""Brightness of each level, as a factor of sRGB."""

_SKY = (0.90, 0.97, 1.12)
"""Tint of shade, which only the sky lights; it fades toward level 5."""

_IN_SUN = {
    Material.BRICK: 0xAB6552,
    Material.BROWN: 0x8A6957,
    Material.TAN: 0xC4AA81,
    Material.CREAM: 0xD8C7A0,
    Material.GREY: 0x9E9D9C,
    Material.WHITE: 0xCDCDCB,
    Material.DARK: 0x595D66,
    Material.GLASS: 0x7192B2,
    Material.TEAL: 0x6FA69C,
    Material.GRAVEL: 0x918D86,
    Material.TERRA: 0xC37B59,
    Material.COPPER: 0x7EAB92,
    Material.ROAD: 0x6D6C72,
    Material.WALK: 0xB7B2A9,
    Material.GRASS: 0x7A9860,
    Material.TREE: 0x5D8750,
    Material.AUTUMN: 0xD19058,
    Material.PINK: 0xD294A7,
    Material.WATER: 0x507591,
    Material.WOOD: 0x937453,
    Material.RED: 0xCE624F,
    Material.YELLOW: 0xE5C264,
    Material.SAND: 0xCBB88E,
    Material.SLATE: 0x7E8C9C,
    Material.PANE: 0x5F7488,
    Material.OCHRE: 0xD9B26E,
    Material.PEACH: 0xD1A888,
    Material.MINT: 0xACBF9C,
    Material.SKY: 0x9EB7C8,
    Material.ROSE: 0xC59182,
    Material.IVORY: 0xD4CAAF,
    Material.RUST: 0x9B6052,
    Material.TIN: 0x979C9E,
    Material.GRANITE: 0x9D948F,
    Material.VERDIGRIS: 0x97B3A2,
    Material.SETTS: 0xA69E97,
    Material.LINDEN: 0x759555,
    Material.SEA: 0x466982,
    Material.STEEL: 0x736A63,
    Material.LEAF: 0x517A52,
    Material.SNOW: 0xD3DBE3,
    Material.STRAW: 0xCDB877,
}

_GROUND = {
    Ground.WATER: Material.WATER,
    Ground.ROAD: Material.ROAD,
    Ground.WALK: Material.WALK,
    Ground.GRASS: Material.GRASS,
    Ground.PATH: Material.SAND,
    Ground.LOT: Material.GRAVEL,
    Ground.WHITE: Material.WHITE,
    Ground.YELLOW: Material.YELLOW,
    Ground.PLAZA: Material.CREAM,
    Ground.COURT: Material.TEAL,
    Ground.POOL: Material.TEAL,
    Ground.WOOD: Material.WOOD,
    Ground.DIRT: Material.SAND,
    Ground.PARKING: Material.ROAD,
    Ground.FLOWERS: Material.PINK,
    Ground.BRICK: Material.TERRA,
    Ground.MOWN: Material.GRASS,
    Ground.SAND: Material.SAND,
    Ground.LINE: Material.WHITE,
    Ground.CURB: Material.WALK,
    Ground.RED_COURT: Material.TERRA,
    Ground.FOAM: Material.WATER,
    Ground.SETT: Material.SETTS,
    Ground.BALLAST: Material.GRANITE,
    Ground.RAIL: Material.STEEL,
    Ground.TRAM_RAIL: Material.DARK,
    Ground.PAVE: Material.WALK,
    Ground.YARD: Material.GRAVEL,
    Ground.SCRUB: Material.LEAF,
    Ground.GRAVEL_PATH: Material.SAND,
    Ground.SLEEPER: Material.STEEL,
    Ground.GRANITE: Material.SETTS,
    Ground.SHALLOW: Material.WATER,
    Ground.SHELF: Material.WATER,
    Ground.FIELD: Material.GRASS,
    Ground.HEDGE: Material.LEAF,
    Ground.MEADOW: Material.GRASS,
    Ground.FOREST: Material.LEAF,
    Ground.HEATH: Material.LINDEN,
    Ground.MARSH: Material.GRASS,
    Ground.ROCK: Material.GRANITE,
    Ground.CROP: Material.GRASS,
    Ground.GRAIN: Material.STRAW,
    Ground.SOIL: Material.BROWN,
    Ground.FURROW: Material.LINDEN,
    Ground.WET_SAND: Material.SAND,
    Ground.RUBBER: Material.SKY,
    Ground.FANS: Material.SETTS,
    Ground.ICE: Material.SNOW,
    Ground.CYCLE_LANE: Material.TERRA,
    Ground.BUS_LANE: Material.RUST,
    Ground.GRAVEL_ROAD: Material.SAND,
    Ground.CONCRETE: Material.WALK,
    Ground.HATCHED: Material.ROAD,
}


def _colors() -> NDArray[np.uint8]:
    colors = np.zeros((256, 3), np.uint8)
    for material, rgb in _IN_SUN.items():
        base = np.array([rgb >> 16, rgb >> 8 & 255, rgb & 255], np.float64)
        for level, light in enumerate(_LIGHT):
            shade = 1.0 - level / 5
            tint = 1.0 + (np.array(_SKY) - 1.0) * shade
            color = np.minimum(np.round(base * light * tint, 6), 255)
            colors[material * LEVELS + level] = np.round(color)
    colors[NOTHING_INDEX] = _VOID
    return colors


def _ground_materials() -> NDArray[np.uint8]:
    table = np.full(256, Material.GRAVEL, np.uint8)
    for ground in Ground:
        table[ground] = _GROUND[ground]
    return table


COLORS = _colors()
"""sRGB of material times ``LEVELS`` plus level, shape (256, 3)."""

GROUND_MATERIALS = _ground_materials()
"""Material of each ground class, shape (256,)."""
