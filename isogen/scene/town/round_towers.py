"""Round towers that are landmarks: lighthouses, windmills, cooling towers, gasometers, masts."""

import math

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, circle, prism, ribbon
from isogen.mesh.vocabulary import Kind, Material, SlopeStyle, WallStyle
from isogen.scene.osm.tags import length_m
from isogen.scene.town.domes import add_dome, add_finial, add_spire, round_radius
from isogen.scene.town.footprint import box_around
from isogen.scene.town.forms import frustum, plain_shell, stacked
from isogen.scene.town.looks import wall_of
from isogen.scene.town.roofs_mesh import slope_look
from isogen.scene.town.site import Site

_BANDS = 5
_SAILS = 4
_POSTS = 16
_LATTICE_M = 2.2


def build_lighthouse(site: Site) -> None:
    """Add a tapering tower in bands, a gallery, a lantern of glass and a red cap."""
    builder, place, radius, obj = site.builder, *_round(site, 2.6), site.obj
    top = _top(site, 26.0)
    paint = wall_of(site.tags, Material.RED)
    colors = (Material.WHITE, paint if paint is not Material.WHITE else Material.RED)
    for k in range(_BANDS):
        share = [1 - 0.42 * f / _BANDS for f in (k, k + 1)]
        heights = top * k / _BANDS, top * (k + 1) / _BANDS
        radii = radius * share[0], radius * share[1]
        frustum(builder, place, radii, heights, plain_shell(colors[k % 2]), obj)
    builder.cast(top * 0.9, [circle(place, radius * 0.6, 12)])
    small = radius * 0.58
    gallery = circle(place, small + 1.0, 16)
    prism(builder, [gallery], top, top + 1.5, Look(Material.DARK), Look(Material.GREY), obj=obj)
    lamp = Look(Material.YELLOW, WallStyle.CURTAIN)
    prism(builder, [circle(place, small * 0.8, 12)], top + 1.5, top + 5.5, lamp, None, obj=obj)
    peak = add_dome(builder, place, top + 5.5, small * 0.95, Material.RED, obj)
    add_finial(builder, place, peak - 1, 4, obj)


def build_windmill(site: Site) -> None:
    """Add a mill: a tapering body, a gallery, a cap and four sails toward the viewer."""
    builder, place, radius, obj = site.builder, *_round(site, 3.0), site.obj
    top = _top(site, 14.0)
    body = wall_of(site.tags, Material.BROWN)
    frustum(
        builder, place, (radius, radius * 0.62), (0, top), slope_look(body, site.look.seed), obj
    )
    builder.cast(top * 0.8, [circle(place, radius * 0.7, 12)])
    walk = circle(place, radius * 1.25, 16)
    prism(
        builder,
        [walk],
        top * 0.3,
        top * 0.3 + 1,
        Look(Material.WHITE),
        Look(Material.WOOD),
        obj=obj,
    )
    cap = circle(place, radius * 0.72, 12)
    thatch = slope_look(Material.STRAW, site.look.seed)
    add_spire(builder, cap, place, (top, top + builder.rises(radius * 0.9)), thatch, obj)
    _sails(site, place, radius, top + 1)


def _sails(site: Site, place: Plan, radius: float, z: float) -> None:
    """Add four lattice sails in the plane that faces the viewer."""
    builder = site.builder
    right, forward = builder.camera.right, builder.camera.forward
    hub = place[0] - forward[0] * radius, place[1] - forward[1] * radius
    span_m, half = min(2.4 * radius, (z - 5) * builder.camera.rise_m), 1.0
    turn = (site.look.seed % 8) * math.pi / 16 + 0.25
    obj = builder.new_object()
    cloth = Look(Material.IVORY, SlopeStyle.HATCHED)
    for k in range(_SAILS):
        c, s = math.cos(turn + k * math.pi / 2), math.sin(turn + k * math.pi / 2)
        corners: list[tuple[float, float, float]] = []
        for a, b in ((1.0, 0.0), (span_m, 0.0), (span_m, 2 * half), (1.0, 2 * half)):
            x, y = a * c - b * s, a * s + b * c
            corners.append((hub[0] + right[0] * x, hub[1] + right[1] * x, z + builder.rises(y)))
        builder.polygon(corners, cloth, Kind.SLOPE, obj)
        builder.polygon(corners[::-1], cloth, Kind.SLOPE, obj)
        tip = hub[0] + right[0] * span_m * c, hub[1] + right[1] * span_m * c
        spar = Look(Material.BROWN)
        ribbon(builder, (*hub, z), (*tip, z + builder.rises(span_m * s)), 0.8, spar, obj)


def build_cooling_tower(site: Site) -> None:
    """Add a waisted shell of concrete with a dark mouth."""
    builder, place, radius, obj = site.builder, *_round(site, 8.0), site.obj
    top = _top(site, 70.0)
    waist = ((1.0, 0.0), (0.86, 0.2), (0.73, 0.45), (0.66, 0.7), (0.67, 0.88), (0.71, 1.0))
    profile = [(radius * r, top * z) for r, z in waist]
    stacked(builder, place, profile, plain_shell(wall_of(site.tags, Material.GREY)), obj)
    rings = ((0.71, 0.6, Look(Material.WHITE)), (0.64, 0.7, Look(Material.DARK)))
    for share, height, look in rings:
        ring = circle(place, radius * share, 20)
        prism(builder, [ring], top, top + height, look, look, obj=obj, casts=False)


def build_gasometer(site: Site) -> None:
    """Add a bell of plates between the posts and rings of its guide frame."""
    builder, place, radius, obj = site.builder, *_round(site, 8.0), site.obj
    top = _top(site, 26.0)
    level = round(top * (0.45 + 0.1 * (site.look.seed % 5)))
    bell = Look(wall_of(site.tags, Material.VERDIGRIS), WallStyle.PLATES, site.look.seed)
    prism(builder, [circle(place, radius * 0.93, 24)], 0, level, bell, None, obj=obj)
    low = builder.rises(radius) * 0.14
    crown = plain_shell(bell.material)
    stacked(builder, place, [(radius * 0.93, level), (radius * 0.5, level + low)], crown, obj)
    prism(builder, [circle(place, radius * 0.5, 20)], level, level + low, bell, Look(bell.material))
    ring = circle(place, radius, _POSTS)
    steel = Look(Material.RUST)
    frame = builder.new_object()
    for k, (e, n) in enumerate(ring):
        post = Span(-0.3, 0.3, -0.3, 0.3, 0, top)
        box(builder, Frame((e, n), (1.0, 0.0)), post, steel, None, obj=frame)
        after = ring[(k + 1) % _POSTS]
        for share in (0.33, 0.66, 1.0):
            z = top * share - 1
            ribbon(builder, (e, n, z), (*after, z), 0.9, steel, frame)


def build_communications(site: Site) -> None:
    """Add a slim shaft with decks near its top and a banded mast, or a lattice when it is small."""
    builder, place, radius, obj = site.builder, *_round(site, 1.2), site.obj
    top = _top(site, 60.0)
    if radius < _LATTICE_M or "lattice" in site.tags.get("tower:construction", ""):
        _lattice(site, place, radius, top)
        return
    shaft = plain_shell(wall_of(site.tags, Material.WHITE))
    foot, neck = min(radius, 5.0), min(radius, 5.0) * 0.5
    stacked(builder, place, [(foot, 0.0), (neck, top * 0.35), (neck * 0.8, top * 0.62)], shaft, obj)
    windows = Look(Material.GLASS, WallStyle.RIBBON, site.look.seed)
    z = top * 0.62
    for share, height in ((1.5, 3.0), (1.9, 4.0), (1.3, 3.0)):
        ring = circle(place, foot * share, 20)
        prism(builder, [ring], z, z + height, windows, Look(Material.WHITE), obj=obj)
        z += height
    mast = Look(Material.WHITE, WallStyle.STACK, site.look.seed)
    for half, z0, z1 in ((0.9, z, z + (top - z) * 0.6), (0.5, z + (top - z) * 0.6, top)):
        span = Span(-half, half, -half, half, z0, z1)
        box(builder, Frame(place, (1.0, 0.0)), span, mast, Look(Material.RED), obj=obj, casts=True)


def _lattice(site: Site, place: Plan, radius: float, top: float) -> None:
    builder, frame = site.builder, Frame(place, box_around(site.outline).frame.along)
    sections = ((1.0, 0.0, 0.35), (0.7, 0.35, 0.7), (0.45, 0.7, 1.0))
    for k, (share, z0, z1) in enumerate(sections):
        half = max(radius, 1.6) * share
        paint = Look(Material.WHITE if k == 1 else Material.RED, WallStyle.TRUSS)
        span = Span(-half, half, -half, half, round(top * z0), round(top * z1))
        box(builder, frame, span, paint, Look(Material.GREY), obj=site.obj, casts=True)


def _round(site: Site, least_m: float) -> tuple[Plan, float]:
    center = site.outline.centroid
    return (center.x, center.y), max(round_radius(site.outline.area), least_m)


def _top(site: Site, usual_m: float) -> float:
    told = length_m(site.tags.get("height"))
    return float(round(site.builder.rises(told or usual_m)))
