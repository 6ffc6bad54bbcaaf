"""The roads of a block: paving, lines and crossings, and the life in them."""

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import Ground, GroundStyle, Kind, Material
from isogen.scene.procedural.docks import PROMENADE
from isogen.scene.procedural.greenery import small_tree
from isogen.scene.procedural.lattice import AVENUE, PITCH_X, PITCH_Y, SIDEWALK, STREET, Rect
from isogen.scene.procedural.plan import DOWNTOWN_FROM, District
from isogen.scene.procedural.plot import Plot
from isogen.scene.procedural.solids import BlockBuilder
from isogen.scene.procedural.street_things import bus, car, lamp, person
from isogen.seeds import Stream

_ZEBRA, _STRIPE = 5, 4
_DASH, _DASH_PITCH = 4, 8

_AVENUE_LANES = ((1, 0.62), (8, 0.2), (15, 0.2), (22, 0.62))
_STREET_LANES = ((1, 0.55), (5, 0.1), (12, 0.1), (16, 0.55))
"""Where cars are across the road, and how likely one is: the outer lanes are parked."""

_MIDDLE_LANES = (8, 15)
_CAR_PITCH, _BUS_CHANCE = 9, 0.1
_TREE_PITCH = 12


def pave(plot: Plot) -> None:
    """Paint roads, kerbs and sidewalks, and carry them on a face."""
    site = plot.site
    plot.fill(site.kerb, Ground.CURB)
    plot.fill(Rect(*_within_kerb(plot)), Ground.WALK)
    if site.has_avenue:
        _mark_avenue(plot)
    if site.has_street and not site.is_ramp:
        _mark_street(plot)
    if plot.site.is_embankment:
        plot.fill(Rect(0, 0, SIDEWALK, PITCH_Y), Ground.CURB)
        plot.fill(Rect(1, 0, SIDEWALK - 1, PITCH_Y), Ground.WALK)
    plot.put(_land)


def _within_kerb(plot: Plot) -> Rect:
    """Return the kerb's rectangle less one unit where a road is beside it."""
    kerb, lot = plot.site.kerb, plot.site.lot
    x0, y0 = kerb.x0 + (lot.x0 > kerb.x0), kerb.y0 + (lot.y0 > kerb.y0)
    return Rect(x0, y0, kerb.x1 - (lot.x1 < kerb.x1), kerb.y1 - (lot.y1 < kerb.y1))


def _land(builder: BlockBuilder, _: Stream) -> None:
    corners = Rect(0, 0, PITCH_X, PITCH_Y).corners
    look = Look(Material.WALK, GroundStyle.MAP)
    builder.face([(*p, 0) for p in corners], look, Kind.GROUND, 0)


def _mark_avenue(plot: Plot) -> None:
    """Mark the avenue: a yellow center, dashed lanes, a crossing at either end."""
    middle = AVENUE // 2
    plot.fill(Rect(middle - 1, STREET + 6, middle, PITCH_Y - 6), Ground.YELLOW)
    for y in range(STREET + 8, PITCH_Y - 8, _DASH_PITCH):
        for x in (middle - 7, middle + 5):
            plot.fill(Rect(x, y, x + 1, y + _DASH), Ground.LINE)
    for x in range(2, AVENUE - 2, _STRIPE):
        for y in (STREET + 1, PITCH_Y - 1 - _ZEBRA):
            plot.fill(Rect(x, y, x + 2, y + _ZEBRA), Ground.WHITE)


def _mark_street(plot: Plot) -> None:
    """Mark the street: a dashed yellow center, a crossing at either end."""
    middle, is_dead_end = STREET // 2, plot.site.district is District.WATERFRONT
    for x in range(AVENUE + 8, PITCH_X - 8, _DASH_PITCH):
        plot.fill(Rect(x, middle, x + _DASH, middle + 1), Ground.YELLOW)
    for y in range(2, STREET - 2, _STRIPE):
        for x in (AVENUE + 1,) if is_dead_end else (AVENUE + 1, PITCH_X - 1 - _ZEBRA):
            plot.fill(Rect(x, y, x + _ZEBRA, y + 2), Ground.WHITE)


def enliven(plot: Plot) -> None:
    """Put cars and buses on the roads, and trees, lamps and people on the sidewalks."""
    if plot.site.has_avenue:
        _avenue_traffic(plot)
    if plot.site.has_street and not plot.site.is_ramp:
        _street_traffic(plot)
    _avenue_trees(plot)
    _street_trees(plot)
    if plot.site.common is None:
        _people(plot)
    if plot.site.is_embankment:
        _embankment(plot)


def _avenue_traffic(plot: Plot) -> None:
    stream, kerb = plot.stream, plot.site.kerb
    for y in range(int(kerb.y0) + 8, int(kerb.y1) - 8, _CAR_PITCH):
        for lane, likely in _AVENUE_LANES:
            if not stream.chance(likely) or (lane < SIDEWALK and plot.site.is_embankment):
                continue
            at = y + stream.below(3)
            if lane in _MIDDLE_LANES and stream.chance(_BUS_CHANCE) and at < kerb.y1 - 14:
                plot.put(bus, lane, at, along_x=False)
            else:
                plot.put(car, lane, at, along_x=False)


def _street_end(plot: Plot) -> float:
    """Return where the street ends: at the river it stops before the promenade."""
    at_river = plot.site.district is District.WATERFRONT
    return plot.site.lot.x1 - PROMENADE if at_river else plot.site.kerb.x1


def _street_traffic(plot: Plot) -> None:
    stream = plot.stream
    for x in range(int(plot.site.kerb.x0) + 8, int(_street_end(plot)) - 8, _CAR_PITCH):
        for lane, likely in _STREET_LANES:
            if stream.chance(likely):
                plot.put(car, x + stream.below(3), lane, along_x=True)


def _tree_chance(plot: Plot) -> float:
    return 0.8 if plot.site.density < DOWNTOWN_FROM else 0.45


def _avenue_trees(plot: Plot) -> None:
    """Line the sidewalks along the avenues, this block's and the next one's."""
    stream, kerb, lot = plot.stream, plot.site.kerb, plot.site.lot
    sides = [kerb.x0 + 2] if plot.site.has_avenue else []
    if lot.x1 < kerb.x1 and plot.site.district is not District.WATERFRONT:
        sides.append(kerb.x1 - 2)
    for y in range(int(kerb.y0) + 7, int(kerb.y1) - 6, _TREE_PITCH):
        for x in sides:
            if stream.chance(_tree_chance(plot)):
                plot.put(small_tree, x, y)
            elif stream.chance(0.5):
                plot.put(lamp, x, y)


def _street_trees(plot: Plot) -> None:
    stream, kerb, lot = plot.stream, plot.site.kerb, plot.site.lot
    sides = [kerb.y0 + 2] if plot.site.has_street and not plot.site.is_ramp else []
    if lot.y1 < kerb.y1:
        sides.append(kerb.y1 - 2)
    for x in range(int(kerb.x0) + 9, int(_street_end(plot)) - 6, _TREE_PITCH):
        for y in sides:
            if stream.chance(_tree_chance(plot)):
                plot.put(small_tree, x, y)


def _embankment(plot: Plot) -> None:
    """Line the walk along the river with lamps and trees, and let people stroll there."""
    for y in range(2, PITCH_Y - 4, _TREE_PITCH // 2):
        chance = plot.stream.random()
        if chance < 0.35:
            plot.put(small_tree, 2, y)
        elif chance < 0.6:
            plot.put(lamp, 2, y)
        elif chance < 0.85:
            plot.put(person, 2, y)


def _people(plot: Plot) -> None:
    stream, kerb = plot.stream, plot.site.kerb
    for _ in range(int(8 + 26 * plot.site.density)):
        in_from_edge = stream.uniform(1, 3)
        at_low = stream.chance(0.5)
        if stream.chance(0.5):
            x = stream.uniform(kerb.x0 + 1, kerb.x1 - 1)
            y = kerb.y0 + in_from_edge if at_low else kerb.y1 - in_from_edge
        else:
            x = kerb.x0 + in_from_edge if at_low else kerb.x1 - in_from_edge
            y = stream.uniform(kerb.y0 + 1, kerb.y1 - 1)
        plot.put(person, x, y)
