"""What stands in gardens and around blocks of flats: hedges, trees, sheds, play, cars."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span
from isogen.mesh.vocabulary import FlatStyle, Ground, Material
from isogen.scene.flavors.words import Fence
from isogen.scene.town.brush import GREEN
from isogen.scene.town.ground_gardens import Garden, garden_of
from isogen.scene.town.ground_yards import yard_chance
from isogen.scene.town.outfit import build_hut, build_swing, build_trampoline, build_washing
from isogen.scene.town.parcels import Edge, Parcel, Side, length_of
from isogen.scene.town.plot import LAWN, Plot
from isogen.scene.town.props import as_plan, block
from isogen.scene.town.trees import Shape, plant
from isogen.scene.town.vehicles import build_car
from isogen.scene.town.yards import Yard
from isogen.seeds import Stream

HEDGE_STEP_M = 1.5
HEDGE_M = 0.8
HEDGE_RISES = 1.7
CLEAR_M = 0.9
"""Things of a garden keep this far from houses; trees keep more."""

TREE_CLEAR_M = 2.6
LAWN_TREE_CLEAR_M = 3.5
LAWN_TREE_M2 = 130.0
"""A block of flats has a tree for each of so many square meters around it."""

_HEDGED = {Side.NEIGHBOR: 0.66, Side.STREET: 0.42, Side.OPEN: 0.5}
"""Share of the sides of a garden that a hedge or a fence closes."""


class _Rail(NamedTuple):
    """A low wall of one sort."""

    half_m: float
    rises: float
    sides: Look
    top: Look


_HEDGES = (
    _Rail(HEDGE_M / 2, HEDGE_RISES, Look(Material.LEAF), Look(Material.LINDEN, FlatStyle.PLANTED)),
    _Rail(HEDGE_M / 2, HEDGE_RISES, Look(Material.TREE), Look(Material.LEAF, FlatStyle.PLANTED)),
)
_FENCES: Mapping[Fence, _Rail | None] = {
    Fence.NONE: None,
    Fence.PICKET: _Rail(0.12, 1.2, Look(Material.WHITE), Look(Material.WHITE)),
    Fence.WALL: _Rail(0.22, 1.6, Look(Material.IVORY), Look(Material.GREY)),
    Fence.IRON: _Rail(0.1, 1.4, Look(Material.DARK), Look(Material.DARK)),
}
"""What a fence looks like; where none is given it is a hedge."""

_SALT = 71
_PLANT = (*GREEN, Ground.FLOWERS)
_SOFT = (*LAWN, Ground.HEDGE, Ground.FLOWERS)
_STEPS = np.array([(1.0, 0), (-1.0, 0), (0, 1.0), (0, -1.0)])
"""Around a thing the ground is soft."""


class _Thing(NamedTuple):
    """Something that is built where there is room for it."""

    place: Plan
    clear_m: float
    build: Callable[[Plot, Plan, Stream], None]


def build_gardens(plot: Plot) -> None:
    """Build what stands around the houses of a cell."""
    for index, parcel in plot.town.parcels.near(plot.outline):
        if parcel.yard in {Yard.GARDEN, Yard.LAWN}:
            _furnish(plot, index, parcel)


def _furnish(plot: Plot, index: int, parcel: Parcel) -> None:
    if parcel.yard is Yard.GARDEN:
        garden = garden_of(parcel, yard_chance(plot.town.settings.seed, parcel))
        _park(plot, garden, parcel)
        _enclose(plot, index, parcel)
        things = list(_in_garden(plot, parcel, garden))
    else:
        things = list(_around_flats(plot, parcel))
    if not things:
        return
    places = np.array([thing.place for thing in things])
    around = (places[:, None] + _STEPS).reshape(-1, 2)
    free = plot.mine(places) & plot.lies_on(places, LAWN)
    free &= plot.lies_on(around, _SOFT).reshape(-1, len(_STEPS)).all(axis=1)
    numbers = np.flatnonzero(free)
    margins = np.array([thing.clear_m for thing in things])[numbers]
    open_numbers: list[int] = numbers[plot.are_open(places[numbers], margins)].tolist()
    for number in open_numbers:
        thing = things[number]
        thing.build(plot, thing.place, plot.chance(parcel.house.id, _SALT, number))


def _park(plot: Plot, garden: Garden, parcel: Parcel) -> None:
    """Put a car on the drive."""
    if garden.car is None:
        return
    chance = plot.chance(parcel.house.id, _SALT, -1)
    ends = np.array([garden.car]) + np.array([[-2.2], [0.0], [2.2]]) * garden.frame.along
    stands = bool(plot.mine(ends[1:2]).all()) and not bool(plot.lies_on(ends, _PLANT).any())
    if stands and plot.town.are_clear(ends, 0.6).all() and plot.town.settings.traffic > 0:
        build_car(plot.builder, Frame(garden.car, garden.frame.along), chance)


def _in_garden(plot: Plot, parcel: Parcel, garden: Garden) -> Iterator[_Thing]:
    """Return what a garden may hold: trees, most of them at the back, bushes, play, a hut."""
    chance = plot.chance(parcel.house.id, _SALT)
    frame, depth, width = garden.frame, garden.depth, garden.width
    for share, (along0, along1), clear_m, build in _WISHES:
        along = depth + chance.uniform(abs(along0), abs(along1))
        place = frame.at(along if along0 > 0 else -along, chance.uniform(-1.2, 1.2) * (width + 3))
        dense = plot.town.settings.trees if build in {_tree, _bush} else 1.0
        if chance.chance(share * dense):
            yield _Thing(place, clear_m, build)


def _around_flats(plot: Plot, parcel: Parcel) -> Iterator[_Thing]:
    """Return the trees and bushes around a block of flats."""
    chance = plot.chance(parcel.house.id, _SALT)
    e0, n0, e1, n1 = parcel.outline.bounds
    for _ in range(int(parcel.open_land.area / LAWN_TREE_M2)):
        place = chance.uniform(e0, e1), chance.uniform(n0, n1)
        kind = chance.random()
        if kind < 0.75 * plot.town.settings.trees:
            tall = kind < 0.35 * plot.town.settings.trees
            yield _Thing(place, LAWN_TREE_CLEAR_M, _park_tree if tall else _tree)
        beside = place[0] + chance.uniform(-3, 3), place[1] + chance.uniform(-3, 3)
        if kind < 0.9 * plot.town.settings.trees:
            yield _Thing(beside, CLEAR_M, _bush)


def _tree(plot: Plot, place: Plan, chance: Stream) -> None:
    shape = chance.pick((Shape.FRUIT, Shape.SMALL, Shape.SMALL, Shape.WILD, Shape.FRUIT))
    plant(plot.builder, place, shape, chance, plot.town.growth)


def _park_tree(plot: Plot, place: Plan, chance: Stream) -> None:
    plant(plot.builder, place, Shape.WILD, chance, plot.town.growth)


def _bush(plot: Plot, place: Plan, chance: Stream) -> None:
    plant(plot.builder, place, Shape.BUSH, chance)


def _hut(plot: Plot, place: Plan, chance: Stream) -> None:
    build_hut(plot.builder, Frame(place, plot.builder.camera.right), chance)


def _trampoline(plot: Plot, place: Plan, chance: Stream) -> None:
    build_trampoline(plot.builder, place, chance)


def _swing(plot: Plot, place: Plan, chance: Stream) -> None:
    build_swing(plot.builder, Frame(place, plot.builder.camera.right), chance)


def _washing(plot: Plot, place: Plan, chance: Stream) -> None:
    build_washing(plot.builder, Frame(place, plot.builder.camera.right), chance)


_WISHES = (
    *((0.6, (-4.0, -13.0), TREE_CLEAR_M, _tree) for _ in range(5)),
    *((0.4, (2.6, 7.0), TREE_CLEAR_M, _tree) for _ in range(3)),
    *((0.55, (-1.2, -9.0), CLEAR_M, _bush) for _ in range(3)),
    *((0.55, (1.2, 9.0), CLEAR_M, _bush) for _ in range(3)),
    (0.3, (-4.0, -9.0), 2.0, _hut),
    (0.16, (-4.0, -9.0), 2.0, _trampoline),
    (0.12, (-4.0, -9.0), 2.0, _swing),
    (0.14, (-4.0, -9.0), 2.0, _washing),
)
"""How likely, between which distances before (or, negative, behind) the house, how clear of
houses, and what."""


def _enclose(plot: Plot, index: int, parcel: Parcel) -> None:
    """Build hedges and fences along a garden; one that two gardens share stands once."""
    for number, edge in enumerate(parcel.edges):
        other = edge.neighbor
        shared = other >= 0 and plot.town.parcels.is_garden(other)
        if shared and other < index:
            continue
        chance = plot.chance(parcel.house.id, _SALT, 1000 + number)
        if chance.chance(_HEDGED[edge.side]):
            _hedge(plot, edge, chance, inset_m=0.4 if edge.side is Side.STREET else 0.0)


def _hedge(plot: Plot, edge: Edge, chance: Stream, inset_m: float) -> None:
    """Build a hedge where an edge runs over grass, in runs between what crosses it."""
    count = int(length_of(edge) / HEDGE_STEP_M)
    if count < 2:
        return
    start, end = np.array(edge.start), np.array(edge.end)
    along = (end - start) / length_of(edge)
    inward = np.array([-along[1], along[0]])
    start = start + inward * inset_m
    middles = start + (np.arange(count)[:, None] + 0.5) * HEDGE_STEP_M * along
    free = plot.mine(middles) & plot.lies_on(middles, LAWN)
    free[free] = plot.are_open(middles[free], CLEAR_M)
    hedge = chance.pick(_HEDGES)
    look = _FENCES.get(_picked(plot, chance), hedge)
    obj = plot.builder.new_object() if free.any() else 0
    for first, last in _runs(free):
        middle = (middles[first] + middles[last]) / 2
        half = (last - first + 1) * HEDGE_STEP_M / 2
        if look is not None:
            span = Span(-half, half, -look.half_m, look.half_m, 0, look.rises)
            frame = Frame(as_plan(middle), as_plan(along))
            block(plot.builder, frame, span, look.sides, look.top, obj)


def _picked(plot: Plot, chance: Stream) -> Fence:
    """Pick what encloses a garden by the weights of the flavor."""
    weights = sorted(plot.town.settings.flavor.habits.fences.items())
    left = chance.random() * sum(weight for _, weight in weights)
    for fence, weight in weights:
        left -= weight
        if left < 0:
            return fence
    return Fence.HEDGE


def _runs(claims: np.ndarray) -> Iterator[tuple[int, int]]:
    """Return the first and last position of every run of true claims."""
    padded = np.concatenate([[False], claims, [False]])
    changes = np.flatnonzero(padded[1:] != padded[:-1]).reshape(-1, 2)
    for first, after in changes.tolist():
        yield first, after - 1
