"""What rises above a deck: towers with cables, ribs with hangers, trusses."""

from collections.abc import Callable

import numpy as np

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Span, box
from isogen.mesh.vocabulary import Material
from isogen.scene.town.bridge_groups import Bridge
from isogen.scene.town.bridge_heights import Profile
from isogen.scene.town.bridge_looks import BridgeLook
from isogen.scene.town.bridge_piers import foot_of, stands_in_water
from isogen.scene.town.lines import directions_at, places_along
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, upright
from isogen.scene.town.wires import add_cable

HANGER_STEP_M = 6.0
TOWERS_AT = (0.22, 0.78)
ONE_TOWER_UNTIL_M = 130.0
"""Shorter cable-stayed bridges hang from one tower."""

TOWER_SHARE = 0.11
TOWER_RISES = (12.0, 76.0)
LEG_M = 1.5
STAY_M = 20.0
"""Longer cables are cut into pieces, each in its own cell."""

SAG_RISES = 2.5
RIB_SHARE = 0.17
TRUSS_RISES = 7.0
_STAY = Look(Material.WHITE)
_HANGER = Look(Material.GREY)

Height = Callable[[Floats], Floats]


def build_superstructure(plot: Plot, bridge: Bridge, profile: Profile, look: BridgeLook) -> None:
    """Build what carries a bridge from above, piece by piece, as far as the cell holds it."""
    length = bridge.axis.length
    if look.structure in {"suspension", "cable-stayed"}:
        is_hung = look.structure == "suspension"
        one = not is_hung and length < ONE_TOWER_UNTIL_M
        towers = [length * share for share in ((0.5,) if one else TOWERS_AT)]
        rise = _tower_rises(plot, length)
        for at_m in towers:
            _tower(plot, bridge, (at_m, float(profile.at(np.array([at_m]))[0]) + rise), look)
        if is_hung:
            _hang(plot, bridge, profile, _cable(length, towers, profile, rise), Look(look.steel))
        else:
            for at_m in towers:
                _stays(plot, bridge, profile, at_m, rise)
    elif look.structure == "rib":
        _ribs(plot, bridge, profile, Look(look.steel))
    elif look.structure == "truss":
        _truss(plot, bridge, profile, Look(look.steel))


def _tower_rises(plot: Plot, length: float) -> float:
    low, high = TOWER_RISES
    return min(max(plot.builder.rises(length * TOWER_SHARE), low), high)


def _tower(plot: Plot, bridge: Bridge, spot: tuple[float, float], look: BridgeLook) -> None:
    """Add two legs with cross beams; a foot of stone in the water."""
    at_m, top = spot
    place = as_plan(places_along(bridge.axis, np.array([at_m]))[0])
    if not plot.town.in_cell(place, plot.key):
        return
    frame = Frame(place, as_plan(directions_at(bridge.axis, np.array([at_m]))[0]))
    obj, paint = plot.builder.new_object(), Look(look.steel)
    foot, half = foot_of(plot.town, place), LEG_M
    low, high = -bridge.right_m - half, bridge.left_m + half
    if stands_in_water(plot.town, place):
        pad = Span(-half * 2, half * 2, low - 2, high + 2, foot, foot + 4)
        box(plot.builder, frame, pad, Look(Material.GRANITE), Look(Material.GREY), obj=obj)
    for b in (low - half, high - half):
        leg = Span(-half, half, b, b + 2 * half, foot, top)
        box(plot.builder, frame, leg, paint, paint, obj=obj)
    deck = top - (top - foot) * 0.5
    for z in (top - 4, (top + deck) / 2):
        beam = Span(-half * 0.8, half * 0.8, low, high, z, z + 3)
        box(plot.builder, frame, beam, paint, paint, obj=obj)
    ring = [frame.at(a, b) for a, b in ((-half, low), (half, low), (half, high), (-half, high))]
    plot.builder.cast(top, [ring])


def _cable(length: float, towers: list[float], profile: Profile, rise: float) -> Height:
    """Return the height of the main cable: a parabola between towers, straight to the ends."""
    first, last = towers
    tops = profile.at(np.array(towers)) + rise

    def height(at_m: Floats) -> Floats:
        middle, half = (first + last) / 2, (last - first) / 2
        away = np.abs(at_m - middle) / half
        low = float(profile.at(np.array([middle]))[0]) + SAG_RISES
        inner = low + (float(tops.min()) - low) * away**2
        ends = profile.at(np.array([0.0, length])) + 1
        outer = np.interp(at_m, [0, first, last, length], [ends[0], tops[0], tops[1], ends[1]])
        return np.where(away <= 1, inner, outer)

    return height


def _edges(bridge: Bridge) -> tuple[float, float]:
    return -bridge.right_m, bridge.left_m


def _mine(plot: Plot, bridge: Bridge, at_m: Floats) -> list[int]:
    """Return the stretches between distances along the axis whose middles the cell holds."""
    middles = places_along(bridge.axis, (at_m[:-1] + at_m[1:]) / 2)
    return np.flatnonzero(plot.mine(middles)).tolist()


def _hang(plot: Plot, bridge: Bridge, profile: Profile, height: Height, cable: Look) -> None:
    """Hang a deck from two curves by uprights."""
    count = max(int(bridge.axis.length / HANGER_STEP_M), 4)
    at_m = np.linspace(0, bridge.axis.length, count + 1)
    tops, decks = height(at_m), profile.at(at_m)
    for offset in _edges(bridge):
        places, obj = bridge.across(at_m, offset), plot.builder.new_object()
        for k in _mine(plot, bridge, at_m):
            a, b = ((*as_plan(places[j]), float(tops[j])) for j in (k, k + 1))
            add_cable(plot.builder, a, b, cable, obj)
            if tops[k] > decks[k] + 2:
                heights = (float(decks[k]), float(tops[k]))
                upright(plot.builder, as_plan(places[k]), 0.5, heights, _HANGER, obj)


def _stays(plot: Plot, bridge: Bridge, profile: Profile, tower_m: float, rise: float) -> None:
    """Fan cables out from the top of a tower to both sides of the deck."""
    length = bridge.axis.length
    reach = min(tower_m, length - tower_m) * 0.96
    top = float(profile.at(np.array([tower_m]))[0]) + rise - 2
    for offset in _edges(bridge):
        obj = plot.builder.new_object()
        for share in (-1.0, -0.8, -0.6, -0.4, -0.22, 0.22, 0.4, 0.6, 0.8, 1.0):
            foot_m = tower_m + reach * share
            marks = np.array([foot_m, tower_m])
            low = float(profile.at(marks)[0])
            high = top - (1 - abs(share)) * rise * 0.35
            _stay(plot, bridge, (marks, offset), (low, high), obj)


def _stay(
    plot: Plot,
    bridge: Bridge,
    line: tuple[Floats, float],
    heights: tuple[float, float],
    obj: int,
) -> None:
    """Add one straight cable in pieces, each in the cell that holds its middle."""
    marks, offset = line
    count = max(int(abs(float(marks[1] - marks[0])) / STAY_M), 1)
    at_m = np.linspace(float(marks[0]), float(marks[1]), count + 1)
    rises = np.linspace(*heights, count + 1)
    places = bridge.across(at_m, offset)
    foot, head = places[0], bridge.across(marks[1:], offset)[0]
    for k in _mine(plot, bridge, at_m):
        a, b = ((*as_plan(foot + (head - foot) * j / count), float(rises[j])) for j in (k, k + 1))
        add_cable(plot.builder, a, b, _STAY, obj)


def _ribs(plot: Plot, bridge: Bridge, profile: Profile, steel: Look) -> None:
    """Let two arches rise over the deck."""
    length = bridge.axis.length
    crown = plot.builder.rises(length * RIB_SHARE)

    def height(at_m: Floats) -> Floats:
        share = at_m / length
        return profile.at(at_m) + crown * 4 * share * (1 - share)

    _hang(plot, bridge, profile, height, steel)


def _truss(plot: Plot, bridge: Bridge, profile: Profile, steel: Look) -> None:
    """Frame the deck between two walls of posts, chords and diagonals."""
    count = max(int(bridge.axis.length / HANGER_STEP_M) // 2 * 2, 2)
    at_m = np.linspace(0, bridge.axis.length, count + 1)
    decks = profile.at(at_m)
    tops = decks + TRUSS_RISES
    tops[[0, -1]] = decks[[0, -1]]
    for offset in _edges(bridge):
        places, obj = bridge.across(at_m, offset), plot.builder.new_object()
        for k in _mine(plot, bridge, at_m):
            low = [(*as_plan(places[j]), float(decks[j])) for j in (k, k + 1)]
            high = [(*as_plan(places[j]), float(tops[j])) for j in (k, k + 1)]
            brace = (low[0], high[1]) if k % 2 else (high[0], low[1])
            add_cable(plot.builder, high[0], high[1], steel, obj)
            add_cable(plot.builder, *brace, steel, obj)
            upright(plot.builder, low[0][:2], 0.7, (low[0][2], high[0][2]), steel, obj)
