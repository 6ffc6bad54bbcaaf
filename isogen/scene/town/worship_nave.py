"""Churches with a nave and a tower, and small ones over a cross with a lantern."""

import math

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, circle, dome, prism
from isogen.mesh.vocabulary import BallStyle, FlatStyle, Material, WallStyle
from isogen.scene.osm.tags import length_m
from isogen.scene.town.domes import (
    add_cross,
    add_dome,
    add_drum,
    add_onion,
    add_spire,
    columned,
)
from isogen.scene.town.footprint import Box, box_around, rings_of
from isogen.scene.town.looks_styles import Age
from isogen.scene.town.roofs import Pitch, pitched_roof
from isogen.scene.town.roofs_choice import gable_ends
from isogen.scene.town.roofs_mesh import add_roof, covering_of, slope_look
from isogen.scene.town.site import Site

_LOWEST, _HIGHEST = 9.0, 22.0
_TOWER_MIN_M2 = 120.0
_GOTHIC_SLOPE, _CLASSICAL_SLOPE = 1.15, 0.7
_PLASTERED = (Material.WHITE, Material.IVORY, Material.OCHRE, Material.CREAM, Material.PEACH)


def build_nave_church(site: Site) -> None:
    """Add a long church: nave, roof and tower; orthodox ones also get a dome."""
    around = box_around(site.outline)
    z = nave_height(site, around.half_width)
    _nave(site, z)
    orthodox = is_orthodox(site)
    if orthodox:
        _middle_dome(site, around, z)
    if site.outline.area >= _TOWER_MIN_M2:
        _tower(site, around, z)
    else:
        _ridge_turret(site, around, z)


def build_cross_church(site: Site, frame: Frame) -> None:
    """Add a small church over a cross, with a lantern over its middle."""
    around = box_around(site.outline)
    z = nave_height(site, around.half_width * 0.7)
    _nave(site, z)
    builder, look = site.builder, site.look
    obj = builder.new_object()
    side = min(max(0.13 * math.sqrt(site.outline.area), 2.4), 5.0)
    tall = builder.rises(side) * 2.0
    base = z + builder.rises(side)
    wall = Look(look.wall, _shaft_style(look.wall), look.seed)
    span = Span(-side, side, -side, side, z, base + tall)
    box(builder, frame, span, wall, Look(look.roof), obj=obj, casts=True)
    drum = base + tall, base + tall * 1.5
    add_drum(builder, frame.center, side * 0.72, drum, columned(look.wall), obj)
    if is_orthodox(site):
        top = add_onion(builder, frame.center, drum[1], side * 0.8, look.roof, obj)
    else:
        top = add_dome(builder, frame.center, drum[1], side * 0.78, look.roof, obj, stretch=1.3)
    add_cross(builder, frame, top - 1, 6, obj)


def nave_height(site: Site, half_width: float) -> float:
    """Return the height of a church's eaves, in rises."""
    told = length_m(site.tags.get("height"))
    if told is not None:
        told -= length_m(site.tags.get("roof:height")) or told * 0.3
    height = told if told is not None else 4.5 + 0.75 * half_width
    return float(round(min(max(site.builder.rises(height), _LOWEST), _HIGHEST)))


def is_orthodox(site: Site) -> bool:
    """Tell whether a church belongs to one of the eastern confessions."""
    return "orthodox" in site.tags.get("denomination", "")


def _nave(site: Site, z: float) -> None:
    look = site.look
    plaster = look.wall in _PLASTERED
    style = WallStyle.TALL_WINDOWS if plaster else WallStyle.CHURCH
    wall = Look(look.wall, style, look.seed)
    prism(site.builder, rings_of(site.outline), 0, z, wall, None, obj=site.obj)
    slope = _CLASSICAL_SLOPE if plaster else _GOTHIC_SLOPE
    roof = pitched_roof(site.outline, [Pitch(slope, 14.0)], gable_ends(site.outline))
    add_roof(site.builder, roof, z, covering_of(look.roof, site.blank()), site.obj)


def _middle_dome(site: Site, around: Box, z: float) -> None:
    """Put the dome of an eastern church over the middle of the nave."""
    builder, look, center = site.builder, site.look, around.frame.center
    obj = builder.new_object()
    radius = min(max(0.5 * around.half_width, 2.2), 7.0)
    foot = z + builder.rises(0.35 * around.half_width)
    top = foot + builder.rises(radius) * 0.9
    add_drum(builder, center, radius, (z, top), columned(look.wall), obj)
    if look.age is Age.CLASSICAL:
        peak = add_dome(builder, center, top, radius * 1.04, look.roof, obj)
    else:
        peak = add_onion(builder, center, top, radius, look.roof, obj)
    add_cross(builder, around.frame, peak - 1, 5, obj)


def _tower(site: Site, around: Box, z: float) -> None:
    """Put a tower at the end of the nave that is not the apse."""
    builder, look = site.builder, site.look
    frame = _tower_end(site, around)
    side = min(max(0.44 * around.half_width, 2.4), 5.5)
    center = frame.at(around.half_length - side * 0.9, 0)
    shaft = Frame(center, frame.along)
    obj = builder.new_object()
    top = float(round(z + builder.rises(side) * 3.2))
    wall = Look(look.wall, _shaft_style(look.wall), look.seed)
    box(
        builder, shaft, Span(-side, side, -side, side, 0, top), wall, Look(Material.IVORY),
        obj=obj, casts=True,
    )  # fmt: skip
    edge = side + 0.4
    rim = Span(-edge, edge, -edge, edge, top - 1, top + 1)
    box(builder, shaft, rim, Look(look.trim), Look(look.roof, FlatStyle.BRIGHT), obj=obj)
    _crown_tower(site, shaft, side, top + 1, obj)


def _shaft_style(material: Material) -> WallStyle:
    return WallStyle.SLOTS if material in _PLASTERED else WallStyle.CHURCH


def _crown_tower(site: Site, shaft: Frame, side: float, z: float, obj: int) -> None:
    builder, look, center = site.builder, site.look, shaft.center
    if is_orthodox(site) and look.age is not Age.CLASSICAL:
        add_drum(builder, center, side * 0.75, (z, z + 4), columned(look.wall), obj)
        peak = add_onion(builder, center, z + 4, side * 0.85, look.roof, obj)
    elif look.wall in _PLASTERED:
        peak = _lantern(site, center, side, z, obj)
    else:
        ring = [shaft.at(side * a, side * b) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        peak = z + builder.rises(side) * 5.0
        add_spire(builder, ring, center, (z, peak), slope_look(look.roof, look.seed), obj)
    add_cross(builder, shaft, peak - 1, 6, obj)


def _lantern(site: Site, center: Plan, side: float, z: float, obj: int) -> float:
    """Add a bell storey with a rounded cap and a needle. Returns its top in rises."""
    builder, look = site.builder, site.look
    bells = z + builder.rises(side) * 1.2
    add_drum(builder, center, side * 0.8, (z, bells), columned(look.wall), obj)
    cap = builder.rises(side) * 1.05
    dome(builder, center, bells, side * 0.86, cap, Look(look.roof, BallStyle.DOME), obj)
    needle = circle(center, side * 0.3, 8)
    peak = bells + cap + builder.rises(side) * 1.4
    add_spire(builder, needle, center, (bells + cap * 0.8, peak), slope_look(look.roof, 0), obj)
    return peak


def _ridge_turret(site: Site, around: Box, z: float) -> None:
    """Put a small bell turret on the roof of a chapel."""
    builder, look = site.builder, site.look
    frame = _tower_end(site, around)
    shaft = Frame(frame.at(around.half_length * 0.55, 0), frame.along)
    obj = builder.new_object()
    foot = z + builder.rises(0.45 * around.half_width)
    span = Span(-0.9, 0.9, -0.9, 0.9, foot, foot + 5)
    box(builder, shaft, span, Look(look.trim), None, obj=obj)
    ring = [shaft.at(1.2 * a, 1.2 * b) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    add_spire(builder, ring, shaft.center, (foot + 5, foot + 11), slope_look(look.roof, 0), obj)
    add_cross(builder, shaft, foot + 10, 4, obj)


def _tower_end(site: Site, around: Box) -> Frame:
    """Return the long axis, pointing to the end with fewer corners: the other is the apse."""
    (ce, cn), (ae, an) = around.frame.center, around.frame.along
    places = [(e - ce) * ae + (n - cn) * an for e, n in site.outline.exterior.coords[:-1]]
    near = 0.55 * around.half_length
    ahead, behind = sum(p > near for p in places), sum(p < -near for p in places)
    # Churches look east: where the corners do not tell, the tower is in the west.
    if ahead > behind or (ahead == behind and ae > 0):
        return Frame(around.frame.center, (-ae, -an))
    return around.frame
