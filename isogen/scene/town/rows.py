"""Rows of small houses under one name: terraces, twin houses, garages, sheds in line."""

from dataclasses import replace

from shapely import Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box, prism
from isogen.mesh.vocabulary import Facade, FlatStyle, Material
from isogen.scene.town.footprint import (
    Box,
    box_along,
    box_around,
    clean,
    largest,
    rectangle,
    rings_of,
)
from isogen.scene.town.forms import door_look, door_row
from isogen.scene.town.fronts import any_front
from isogen.scene.town.looks import BuildingLook, Situation, draft_of
from isogen.scene.town.looks_shapes import shape_of
from isogen.scene.town.parts import build_stack
from isogen.scene.town.roofs_mesh import add_roof, covering_of
from isogen.scene.town.roofs_shapes import GABLED, profiled_roof
from isogen.scene.town.site import Site

_HOUSE_M = 6.2
_GARAGE_M = 3.2
_GARAGE_RISES = 4
_FULL = 0.8
_MOST = 40
_ROOF_SLOPE = 0.75
_PALETTE = 5
"""How many different walls a row has at most."""

_OTHER_ROOF = 0.2
_ROW, _STACKS = 41, 42
_DOORS = (Material.WHITE, Material.BROWN, Material.GREY, Material.TEAL, Material.RED)


def build_terrace(site: Site) -> None:
    """Add a row of narrow houses, each in its own colors."""
    _build_row(site, _HOUSE_M)


def build_twins(site: Site) -> None:
    """Add two houses side by side."""
    _build_row(site, box_around(site.outline).half_length)


def build_garages(site: Site) -> None:
    """Add a low row of garages with a door for each."""
    builder, look = site.builder, site.look
    wall = site.blank()
    cover = Look(Material.GRAVEL if look.seed & 1 else Material.TIN, FlatStyle.RIBBED, look.seed)
    prism(builder, rings_of(site.outline), 0, _GARAGE_RISES, wall, cover, obj=site.obj)
    front = any_front(site)
    count = max(int(front.length / _GARAGE_M), 1)
    door = _DOORS[look.seed % len(_DOORS)]
    door_row(site, front, count, 1.15, 3, door_look(door, Material.WHITE, look.seed))


def _build_row(site: Site, width_m: float) -> None:
    around = box_around(site.outline)
    count = min(max(round(2 * around.half_length / width_m), 2), _MOST)
    if site.outline.area < _FULL * around.area or shape_of(site.tags):
        build_stack(site)
        return
    step = around.half_length / count
    coats = _coats(site, count)
    for k in range(count):
        middle = Frame(around.frame.at((2 * k + 1 - count) * step, 0), around.frame.along)
        cell = rectangle(middle, step, around.half_width + 1)
        piece = clean_piece(site.outline, cell)
        if piece is not None:
            _house(site.on(piece, coats[k]), around)
    _stacks(site, around, count)


def clean_piece(outline: Polygon, cell: Polygon) -> Polygon | None:
    """Return what a cell cuts out of an outline, ready to be drawn; None if that is nothing."""
    cut = largest(outline.intersection(cell))
    return clean(cut, 0.05) if cut is not None else None


def _coats(site: Site, count: int) -> list[BuildingLook]:
    """Return the looks of a row's houses: walls change from door to door, roofs now and then."""
    situation = Situation(site.town.settings.flavor, in_row=True)
    stream = site.stream(_ROW)
    draft = draft_of(site.tags, site.outline, site.look.storeys, stream, situation)
    look = replace(site.look, facade=site.look.facade & ~Facade.SHOPS)
    out: list[BuildingLook] = []
    for _ in range(count):
        others = [w for w in draft.walls if not out or w is not out[-1].wall] or [look.wall]
        wall = others[stream.below(min(len(others), _PALETTE))] if out else look.wall
        roof = draft.roofs[-1] if stream.chance(_OTHER_ROOF) else look.roof
        out.append(replace(look, wall=wall, roof=roof, seed=stream.below(1 << 15)))
    return out


def _house(own: Site, around: Box) -> None:
    z = float(own.look.eave)
    prism(own.builder, rings_of(own.outline), 0, z, own.wall(), None, obj=own.obj)
    box_ = box_along(own.outline, around.frame.along)
    roof = profiled_roof(own.outline, box_, GABLED, box_.half_width * _ROOF_SLOPE)
    add_roof(own.builder, roof, z, covering_of(own.look.roof, own.blank()), own.obj)


def _stacks(site: Site, around: Box, count: int) -> None:
    """Put a chimney stack on the ridge over every party wall."""
    stream = site.stream(_STACKS)
    material = stream.pick((Material.BRICK, Material.BROWN, Material.BRICK, Material.IVORY))
    top = site.look.eave + site.builder.rises(around.half_width * _ROOF_SLOPE)
    step = 2 * around.half_length / count
    pots = Look(Material.TERRA)
    for k in range(1, count):
        place = Frame(around.frame.at(k * step - around.half_length, 0), around.frame.along)
        span = Span(-0.55, 0.55, -1.1, 1.1, top - 2, top + 2)
        box(site.builder, place, span, Look(material), pots)
