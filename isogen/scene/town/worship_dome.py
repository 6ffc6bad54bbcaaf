"""The great domed church over a Greek cross: four porticoes, corner cupolas, drum, dome.

Lengths are shares of half the church's length, so that the form fits any footprint;
heights are larger than life, as a map's landmark should be.
"""

from dataclasses import dataclass

from shapely import Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box, circle, dome, gable, prism
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.town.domes import add_cross, add_drum, columned
from isogen.scene.town.footprint import quarters
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site
from isogen.scene.town.worship_podium import build_podium

_USUAL_HALF_M = 29.5
_WALL_RISES = 17
_PEDIMENT_RISES = 8


@dataclass(frozen=True)
class _Great:
    """The church under construction."""

    site: Site
    frame: Frame
    half: float
    arm: float
    """Half the width of the arms, in meters."""
    z: float
    """Top of the walls, in rises."""
    foot: float
    scale: float
    """Of heights."""

    def rises(self, usual: float) -> float:
        """Return a height in rises, scaled to the church; at least 1."""
        return float(max(round(usual * self.scale), 1))


def build_dome_church(site: Site, frame: Frame, half_m: float) -> None:
    """Add a domed church on its terrace.

    Args:
        site: The church.
        frame: Its center, and the direction of one pair of arms.
        half_m: Half of its length.
    """
    foot = build_podium(site, frame, half_m)
    scale = min(max(half_m / _USUAL_HALF_M, 0.55), 1.3)
    z = foot + float(round(_WALL_RISES * scale))
    church = _Great(site, frame, half_m, _arm(site, frame, half_m), z, foot, scale)
    _walls(church)
    for along in quarters(frame):
        _portico(church, Frame(frame.center, along))
    for a in (-1, 1):
        for b in (-1, 1):
            _cupola(church, frame.at(0.54 * half_m * a, 0.54 * half_m * b))
    _great_dome(church)


def _arm(site: Site, frame: Frame, half_m: float) -> float:
    """Return half the width of the arms, from how much of the footprint lies far out."""
    far = 0.86 * half_m
    inner = [frame.at(far * a, far * b) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    outside = site.outline.difference(Polygon(inner)).area
    return min(max(outside / (8 * (half_m - far)) * 1.12, 0.3 * half_m), 0.5 * half_m)


def _walls(church: _Great) -> None:
    site, half, arm = church.site, church.half, church.arm
    look = site.look
    front = Look(look.wall, 0, look.seed, 3, look.trim, look.facade)
    cover = Look(look.roof, FlatStyle.MEMBRANE)
    far, core = 0.915 * half, 0.64 * half
    for a, b in ((arm, far), (far, arm)):
        span = Span(-a, a, -b, b, church.foot, church.z)
        box(site.builder, church.frame, span, front, cover, obj=site.obj, casts=True)
    span = Span(-core, core, -core, core, church.foot, church.z)
    box(site.builder, church.frame, span, front, cover, obj=site.obj, casts=True)


def _portico(church: _Great, side: Frame) -> None:
    """Add columns and a pediment at the end of an arm, and the ridge roof over the arm."""
    site, half, arm = church.site, church.half, church.arm
    builder, look = site.builder, site.look
    obj = builder.new_object()
    width = 0.82 * arm
    columns = Look(look.wall, WallStyle.COLONNADE, look.seed)
    porch = Span(0.87 * half, 1.09 * half, -width, width, church.foot, church.z)
    box(builder, side, porch, columns, None, obj=obj, casts=True)
    top = church.z + church.rises(_PEDIMENT_RISES)
    roof = Span(0, 1.1 * half, -width, width, church.z, top)
    gable(
        builder, side, roof, slope_look(look.roof, look.seed), Look(look.wall), obj, overhang_m=0.5
    )
    for b, z in ((-width, church.z), (0.0, top), (width, church.z)):
        statue = Span(1.06 * half - 0.4, 1.06 * half + 0.4, b - 0.4, b + 0.4, z, z + 3)
        tin = Look(Material.TIN)
        box(builder, side, statue, tin, tin, obj=obj)


def _cupola(church: _Great, place: tuple[float, float]) -> None:
    site, half, z = church.site, church.half, church.z
    builder, look = site.builder, site.look
    obj = builder.new_object()
    white, ivory = Look(look.wall), Look(Material.IVORY)
    foot, top = z + church.rises(5), z + church.rises(14)
    side, radius = 0.142 * half, 0.112 * half
    frame = Frame(place, church.frame.along)
    box(builder, frame, Span(-side, side, -side, side, z, foot), white, ivory, obj=obj, casts=True)
    add_drum(builder, place, radius, (foot, top), columned(look.wall), obj)
    height = church.rises(7)
    dome(builder, place, top, radius * 1.06, height, Look(look.roof), obj)
    add_cross(builder, frame, top + height - 1, church.rises(5), obj)


def _great_dome(church: _Great) -> None:
    site, half, z = church.site, church.half, church.z
    builder, look, center = site.builder, site.look, church.frame.center
    obj = builder.new_object()
    white, ivory = Look(look.wall), Look(Material.IVORY)
    rise = church.rises
    side = 0.39 * half
    block = Span(-side, side, -side, side, z, z + rise(8))
    box(builder, church.frame, block, white, ivory, obj=obj, casts=True)
    drum_top = z + rise(24)
    ring = circle(center, 0.325 * half, 24)
    prism(builder, [ring], z + rise(8), drum_top, columned(look.wall), ivory, obj=obj)
    cornice = circle(center, 0.35 * half, 24)
    prism(builder, [cornice], drum_top, drum_top + 2, ivory, Look(look.roof), obj=obj)
    dome(builder, center, drum_top + 2, 0.319 * half, rise(17), Look(look.roof), obj)
    lantern = drum_top + rise(17)
    add_drum(builder, center, 0.068 * half, (lantern, lantern + rise(6)), columned(look.wall), obj)
    dome(builder, center, lantern + rise(6), 0.066 * half, rise(4), Look(look.roof), obj)
    add_cross(builder, church.frame, lantern + rise(9), rise(6), obj)
