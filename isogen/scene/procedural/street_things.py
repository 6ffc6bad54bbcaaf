"""What moves and stands in the streets: cars, buses, vans, people, lamps."""

import math

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.procedural.lattice import Rect, around
from isogen.scene.procedural.solids import PLAIN, BlockBuilder
from isogen.seeds import Stream

_PAINTS = (
    Material.YELLOW,
    Material.YELLOW,
    Material.RED,
    Material.WHITE,
    Material.DARK,
    Material.GLASS,
    Material.GREY,
    Material.TEAL,
    Material.YELLOW,
)
_VAN_PAINTS = (Material.WHITE, Material.BROWN, Material.WHITE, Material.YELLOW)
_CLOTHES = (
    Material.RED,
    Material.GLASS,
    Material.WHITE,
    Material.DARK,
    Material.YELLOW,
    Material.TEAL,
    Material.BROWN,
)

_VAN_CHANCE = 0.12
_CAR_LENGTH, _VAN_LENGTH, _BUS_LENGTH, _WIDTH = 6, 8, 13, 3
_SHADOW_HEIGHT = 1.8

_BODIES = {m: Look(m, WallStyle.CAR_BODY) for m in Material}
_TOPS = {m: Look(m, FlatStyle.BRIGHT) for m in Material}
_CABIN = Look(Material.DARK, WallStyle.CAR_CABIN)
_BUS_WINDOWS = Look(Material.GLASS, WallStyle.CAR_CABIN)


def _footprint(x: float, y: float, length: float, *, along_x: bool) -> Rect:
    if along_x:
        return Rect(x, y, x + length, y + _WIDTH)
    return Rect(x, y, x + _WIDTH, y + length)


def car(
    builder: BlockBuilder,
    stream: Stream,
    x: float,
    y: float,
    *,
    along_x: bool,
    z: float = 0,
) -> None:
    """Park or drive a car, now and then a van."""
    if stream.chance(_VAN_CHANCE):
        _van(builder, stream, _footprint(x, y, _VAN_LENGTH, along_x=along_x), z)
        return
    body = _footprint(x, y, _CAR_LENGTH, along_x=along_x)
    paint = stream.pick(_PAINTS)
    cabin = (
        Rect(body.x0 + 1.5, body.y0, body.x1 - 2, body.y1)
        if along_x
        else Rect(body.x0, body.y0 + 1.5, body.x1, body.y1 - 2)
    )
    top = _TOPS[paint]
    obj = builder.prop(body, (z, z + 2), _BODIES[paint], top)
    builder.prop(cabin, (z + 2, z + 3.5), _CABIN, top, obj)
    builder.cast(body.corners, z + _SHADOW_HEIGHT)


def _van(builder: BlockBuilder, stream: Stream, body: Rect, z: float) -> None:
    paint = stream.pick(_VAN_PAINTS)
    obj = builder.prop(body, (z, z + 2), _BODIES[paint])
    builder.prop(body, (z + 2, z + 4), PLAIN[paint], _TOPS[paint], obj)
    builder.cast(body.corners, z + _SHADOW_HEIGHT)


def bus(builder: BlockBuilder, stream: Stream, x: float, y: float, *, along_x: bool) -> None:
    """Drive a city bus."""
    body = _footprint(x, y, _BUS_LENGTH, along_x=along_x)
    paint = stream.pick(_PAINTS)
    obj = builder.prop(body, (0, 2), _BODIES[paint])
    builder.prop(body, (2, 4), _BUS_WINDOWS, _TOPS[Material.WHITE], obj)
    builder.cast(body.corners, _SHADOW_HEIGHT)


def person(builder: BlockBuilder, stream: Stream, x: float, y: float, *, z: float = 0) -> None:
    """Let someone stand on a whole unit, so that nobody is thinner than a pixel."""
    x, y = math.floor(x), math.floor(y)
    rect = Rect(x, y, x + 1, y + 0.9)
    obj = builder.prop(rect, (z, z + 2), PLAIN[stream.pick(_CLOTHES)])
    builder.prop(rect, (z + 2, z + 3), PLAIN[Material.SAND], obj=obj)


def lamp(builder: BlockBuilder, _: Stream, x: float, y: float) -> None:
    """Put up a street lamp."""
    light = PLAIN[Material.YELLOW]
    post = around(x, y, 0.5, 0.5)
    obj = builder.prop(post, (0, 9), PLAIN[Material.DARK])
    builder.prop(around(x, y, 1, 1), (9, 10.5), light, light, obj)
