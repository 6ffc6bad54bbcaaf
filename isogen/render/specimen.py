"""A sheet of everything that the artist can draw, to look at and to compare."""

import math

import numpy as np

from isogen.geo.camera import Camera
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.cell import CellKey, CellParts, cell_side
from isogen.mesh.solids import Frame, Plan, Span, box, circle, dome, gable
from isogen.mesh.vocabulary import (
    BallStyle,
    Facade,
    FlatStyle,
    Ground,
    GroundStyle,
    Kind,
    Material,
    SlopeStyle,
    WallStyle,
)
from isogen.mesh.window import Window

KEY = CellKey(0, 0)

_WALLS = (
    Material.BRICK, Material.TAN, Material.CREAM, Material.GREY, Material.BROWN,
    Material.GLASS, Material.TEAL, Material.WHITE, Material.OCHRE, Material.PEACH,
)  # fmt: skip

_PLASTERS = (
    Material.OCHRE, Material.PEACH, Material.MINT, Material.SKY,
    Material.ROSE, Material.IVORY, Material.BRICK, Material.CREAM,
)  # fmt: skip

_ROOFS = (Material.TIN, Material.RUST, Material.SLATE, Material.VERDIGRIS, Material.TERRA)

_CROWNS = (Material.TREE, Material.LINDEN, Material.LEAF, Material.AUTUMN, Material.PINK)

_FRONTS = (
    Facade.NONE, *Facade, Facade.TALL | Facade.SHOPS,
    Facade.SHOPS | Facade.PILASTERS | Facade.HEADS, Facade.HEADS | Facade.ORIELS,
    Facade.TALL | Facade.HEADS | Facade.PILASTERS,
    Facade.SHOPS | Facade.AWNINGS | Facade.CORNICE | Facade.BANDS,
    Facade.ARCADE | Facade.BALCONIES | Facade.SHUTTERS,
)  # fmt: skip

_HEIGHTS = {
    WallStyle.CAR_BODY: 3, WallStyle.CAR_CABIN: 3, WallStyle.CONTAINER: 5, WallStyle.VEHICLE: 6,
    WallStyle.DORMER: 5, WallStyle.QUAY: 8, WallStyle.PILES: 8, WallStyle.CLOCK: 14,
    WallStyle.ARCADE: 16, WallStyle.CHURCH: 18, WallStyle.COLONNADE: 16, WallStyle.DRUM: 14,
    WallStyle.CLAPBOARD: 15, WallStyle.SECTION: 20,
}  # fmt: skip
"""Rises of boxes that are not towers."""

_TOWER = 28

_STYLES = tuple(style for style in WallStyle if style != WallStyle.SHOPFRONT)

_WIDTH = 512
_EACH = 36
"""Art pixels from one building to the next, across."""

_ROW = 46
"""Art pixels from one row of buildings to the next."""

_PATCH = 20
"""Art pixels from one patch of ground to the next."""

_ACROSS = (_WIDTH - 12) // _EACH
_PATCHES_ACROSS = (_WIDTH - 12) // _PATCH

_FIRST_FRONT = 44 + _ROW * math.ceil(len(_STYLES) / _ACROSS)
_FIRST_GROUND = _FIRST_FRONT + _ROW * math.ceil(len(_FRONTS) / _ACROSS) - 22
_TREES = _FIRST_GROUND + _PATCH * math.ceil(len(Ground) / _PATCHES_ACROSS) + 26

SHEET = Window(0, 0, _WIDTH, _TREES + 22)
"""The part of cell (0, 0) that the sheet fills, at two screen pixels per art pixel."""


class _Sheet:
    """Where things are put, in art pixels of the plane."""

    def __init__(self, camera: Camera) -> None:
        self.camera = camera
        self.builder = MeshBuilder(camera)

    def at(self, x: float, y: float) -> Plan:
        e, n = self.camera.from_art(np.array([x, y])).tolist()
        return e, n

    def frame(self, x: float, y: float, turn_deg: float) -> Frame:
        """Return a frame whose ``along`` is turned from the screen's right, to the left."""
        cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
        (re, rn), (fe, fn) = self.camera.right, self.camera.forward
        return Frame(self.at(x, y), (re * cos + fe * sin, rn * cos + fn * sin))


def specimen(camera: Camera) -> CellParts:
    """Build the sheet as the parts of cell (0, 0)."""
    sheet = _Sheet(camera)
    side = cell_side(camera)
    ground = np.full((side, side), Ground.PAVE, np.uint8)
    corners = (0, side), (side, side), (side, 0), (0, 0)
    sheet.builder.polygon(
        [(*sheet.at(x, y), 0.0) for x, y in corners],
        Look(Material.WALK, GroundStyle.MAP),
        Kind.GROUND,
        0,
    )
    _add_walls(sheet)
    _add_fronts(sheet)
    _add_ground(ground)
    _add_balls(sheet)
    return CellParts(sheet.builder.mesh(), sheet.builder.casters(), ground)


def _add_walls(sheet: _Sheet) -> None:
    """Boxes of every wall style, with every flat roof."""
    for k, style in enumerate(_STYLES):
        tower = style not in _HEIGHTS
        wide = 4.5 if style in (WallStyle.CLOCK, WallStyle.CAR_BODY, WallStyle.CAR_CABIN) else 7.5
        shops = WallStyle.SHOPFRONT if tower and k % 3 == 1 else 0
        box(
            sheet.builder,
            sheet.frame(24 + _EACH * (k % _ACROSS), 44 + _ROW * (k // _ACROSS), 30),
            Span(-wide, wide, -wide * 0.7, wide * 0.7, 0, _HEIGHTS.get(style, _TOWER)),
            Look(_WALLS[k % len(_WALLS)], style | shops, seed=k * 977 + 5),
            Look(Material.GREY, list(FlatStyle)[k % len(FlatStyle)], seed=k * 31),
            casts=True,
        )


def _add_fronts(sheet: _Sheet) -> None:
    """Houses with street fronts, turned to all sides, with every sloping roof."""
    for k, flags in enumerate(_FRONTS):
        storey = 5 if flags & Facade.TALL else 4
        floors = 2 + k % 4
        height = 6 + storey * (floors - 1) + 2
        wall = Look(
            _PLASTERS[k % len(_PLASTERS)], seed=k * 7919 & 0xFFFF, floors=floors,
            trim=Material.WHITE, flags=flags,
        )  # fmt: skip
        x, y = 24 + _EACH * (k % _ACROSS), _FIRST_FRONT + _ROW * (k // _ACROSS)
        frame = sheet.frame(x, y, (-10, 10, 35, 60)[k % 4])
        obj = box(sheet.builder, frame, Span(-8, 8, -6, 6, 0, height), wall, None, casts=True)
        roof = Look(_ROOFS[k % len(_ROOFS)], list(SlopeStyle)[k % len(SlopeStyle)], seed=k)
        span = Span(-8, 8, -6, 6, height, height + 6)
        gable(sheet.builder, frame, span, roof, Look(wall.material), obj, overhang_m=0.6)


def _add_ground(ground: np.ndarray) -> None:
    """Patches of every ground class."""
    for k, ground_class in enumerate(Ground):
        x = 6 + _PATCH * (k % _PATCHES_ACROSS)
        y = _FIRST_GROUND + _PATCH * (k // _PATCHES_ACROSS)
        ground[y : y + _PATCH - 2, x : x + _PATCH - 2] = ground_class


def _add_balls(sheet: _Sheet) -> None:
    """Trees of every color and size, and domes."""
    for k in range(16):
        center = sheet.at(18 + 23 * k, _TREES)
        radius = 2.0 + (k % 4) * 0.6
        sheet.builder.ball(
            (*center, radius * 1.9), radius, radius * 1.35,
            Look(_CROWNS[k % len(_CROWNS)], BallStyle.FOLIAGE, seed=k * 77),
            sheet.builder.new_object(),
        )  # fmt: skip
        sheet.builder.cast(radius * 2.4, [circle(center, radius * 0.8, 8)])
    for k, material in enumerate((Material.VERDIGRIS, Material.TIN, Material.YELLOW)):
        look, obj = Look(material), sheet.builder.new_object()
        dome(
            sheet.builder,
            sheet.at(405 + 38 * k, _TREES + 6),
            0,
            5.0 + 2 * k,
            8.0 + 4 * k,
            look,
            obj,
        )
