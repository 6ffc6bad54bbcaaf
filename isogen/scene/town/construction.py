"""Shells under construction, with scaffolds, and the cranes that build them."""

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Plan, Span, box, prism, ribbon
from isogen.mesh.vocabulary import FlatStyle, Material, WallStyle
from isogen.scene.osm.tags import length_m, levels
from isogen.scene.town.blocks import STOREY_RISES
from isogen.scene.town.footprint import box_around, rectangle, rings_of
from isogen.scene.town.forms import slab
from isogen.scene.town.fronts import any_front
from isogen.scene.town.near import anchor_of
from isogen.scene.town.plot import Plot
from isogen.scene.town.site import Site
from isogen.seeds import Stream

_SHELL, _CRANE = 81, 82
_LEAST_SITE_M2 = 400.0
_HECTARE_M2 = 9000.0
_MOST_CRANES = 3
_TRIES = 8
_CRANE_RISES = 44
_NETS = (Material.LEAF, Material.GLASS, Material.TEAL, Material.WHITE)


def build_shell(site: Site) -> None:
    """Add open floors with columns, a core that rises above them, netting and a crane."""
    builder, stream = site.builder, site.stream(_SHELL)
    told = length_m(site.tags.get("height"))
    count = levels(site.tags.get("building:levels")) or (told / 3.3 if told else 5)
    whole = max(round(count), 1)
    z = float(STOREY_RISES * max(round(whole * (0.6 + 0.4 * stream.random())), 1))
    shell = Look(Material.GREY, WallStyle.FRAME, site.look.seed)
    deck = Look(Material.GRAVEL, FlatStyle.PAVERS, site.look.seed)
    prism(builder, rings_of(site.outline), 0, z, shell, deck, obj=site.obj)
    around = box_around(site.outline)
    core = Frame(around.frame.at(-0.3 * around.half_length, 0), around.frame.along)
    half = min(around.half_width * 0.35, 4.0)
    if site.outline.contains(rectangle(core, half, half)):
        span = Span(-half, half, -half, half, z, z + 2 * STOREY_RISES)
        box(builder, core, span, Look(Material.GREY), Look(Material.GRAVEL), casts=True)
    _columns(site, z)
    _scaffold(site, z, stream)
    place = around.frame.at(around.half_length * 0.35, around.half_width * 0.3)
    if site.outline.area > _LEAST_SITE_M2 / 2:
        add_crane(builder, place, z + 22, stream)


def _columns(site: Site, z: float) -> None:
    """Let the columns of the next floor stand out of the slab."""
    around = box_around(site.outline)
    inner = site.outline.buffer(-0.8)
    obj = site.builder.new_object()
    na, nb = int(2 * around.half_length / 6), int(2 * around.half_width / 6)
    for i in range(min(na, 12) + 1):
        for j in range(min(nb, 8) + 1):
            a = (i / max(na, 1) * 2 - 1) * (around.half_length - 1.2)
            b = (j / max(nb, 1) * 2 - 1) * (around.half_width - 1.2)
            place = Frame(around.frame.at(a, b), around.frame.along)
            if inner.contains(rectangle(place, 0.4, 0.4)):
                span = Span(-0.35, 0.35, -0.35, 0.35, z, z + 2)
                box(site.builder, place, span, Look(Material.GREY), Look(Material.RUST), obj=obj)


def _scaffold(site: Site, z: float, stream: Stream) -> None:
    front = any_front(site)
    half = front.length * stream.uniform(0.3, 0.48)
    net = Look(stream.pick(_NETS), WallStyle.SCAFFOLD, site.look.seed)
    span = Span(-half, half, 0, 1.4, 0, z + 1)
    slab(site, front, span, net, Look(Material.WOOD, FlatStyle.DECK))


def add_crane(builder: MeshBuilder, place: Plan, top: float, stream: Stream) -> None:
    """Add a tower crane: a lattice mast, a jib with a load, a counterweight; top in rises."""
    obj = builder.new_object()
    turn = stream.pick(((0.97, -0.24), (0.86, 0.51), (-0.96, 0.28), (-0.8, -0.6), (0.6, -0.8)))
    frame = Frame(place, turn)
    paint = stream.pick((Material.YELLOW, Material.YELLOW, Material.RED, Material.WHITE))
    steel = Look(paint, WallStyle.TRUSS)
    foot = Span(-2.0, 2.0, -2.0, 2.0, 0, 1)
    box(builder, frame, foot, Look(Material.GREY), Look(Material.GREY), obj=obj)
    box(builder, frame, Span(-0.9, 0.9, -0.9, 0.9, 1, top), steel, None, obj=obj, casts=True)
    reach, back = stream.uniform(20, 28), stream.uniform(7, 9)
    jib = Span(-back, reach, -0.5, 0.5, top, top + 1.6)
    box(builder, frame, jib, steel, Look(paint), obj=obj, casts=True)
    weight = Span(-back, -back + 2.5, -1.0, 1.0, top - 2, top + 1)
    box(builder, frame, weight, Look(Material.GREY), Look(Material.GREY), obj=obj)
    box(
        builder,
        frame,
        Span(-1.0, 1.0, 0.9, 2.2, top - 3, top),
        Look(Material.WHITE, WallStyle.CAR_CABIN),
        Look(Material.WHITE),
        obj=obj,
    )
    box(builder, frame, Span(-0.5, 0.5, -0.5, 0.5, top + 1.6, top + 7), steel, None, obj=obj)
    tie, apex = Look(paint), frame.lift(0, 0, top + 6.5)
    for a in (reach * 0.75, -back + 1):
        ribbon(builder, frame.lift(a, 0, top + 1.6), apex, 0.7, tie, obj)
    _load(builder, frame, reach * stream.uniform(0.45, 0.85), top, obj)


def _load(builder: MeshBuilder, frame: Frame, a: float, top: float, obj: int) -> None:
    low = top * 0.72
    rope = Span(a - 0.15, a + 0.15, -0.15, 0.15, low, top)
    box(builder, frame, rope, Look(Material.DARK), None, obj=obj)
    bundle = Span(a - 1.4, a + 1.4, -0.5, 0.5, low - 1.4, low)
    box(builder, frame, bundle, Look(Material.RUST), Look(Material.WOOD), obj=obj)


def build_cranes(plot: Plot) -> None:
    """Add cranes to the construction sites of a cell, away from houses."""
    for area in plot.areas():
        is_site = area.tags.get("landuse") == "construction"
        if not is_site or area.geometry.area < _LEAST_SITE_M2:
            continue
        if not plot.town.in_cell(anchor_of(area.geometry), plot.key):
            continue
        plot.builder.source = area.id
        stream = plot.chance(area.id, _CRANE)
        around, inner = box_around(area.geometry), area.geometry.buffer(-4)
        wanted = min(1 + int(area.geometry.area / _HECTARE_M2), _MOST_CRANES)
        for _ in range(_TRIES):
            a, b = stream.uniform(-0.8, 0.8), stream.uniform(-0.8, 0.8)
            place = around.frame.at(a * around.half_length, b * around.half_width)
            held = inner.contains(rectangle(Frame(place, (1.0, 0.0)), 1, 1))
            if wanted and held and plot.town.is_clear(place, 3.0):
                add_crane(plot.builder, place, _CRANE_RISES + stream.below(14), stream)
                wanted -= 1
    plot.builder.source = 0
