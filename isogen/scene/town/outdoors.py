"""What stands in the open, by what an area is: graves, swings, parasols, stacks, boulders."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import shapely
from shapely import Polygon

from isogen.mesh.solids import Frame, Plan
from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.frames import longest_side
from isogen.scene.town.ground_fields import PLOT_MM
from isogen.scene.town.outfit import (
    build_bale,
    build_boulder,
    build_containers,
    build_crates,
    build_digger,
    build_grave,
    build_heap,
    build_hut,
    build_parasol,
    build_pipes,
    build_slide,
    build_spider,
    build_swing,
    build_table,
    build_tent,
    build_towel,
)
from isogen.scene.town.parcels import Parcel
from isogen.scene.town.people import build_person
from isogen.scene.town.plot import LAWN, Plot
from isogen.scene.town.props import as_plan
from isogen.scene.town.scatter import Strewn, spaced
from isogen.scene.town.trees import Shape, plant
from isogen.scene.town.vehicles import build_van
from isogen.scene.town.yards import Yard
from isogen.seeds import Stream

CLEAR_M = 1.6
PIER_M = 2.0

_Build = Callable[[Plot, Frame, Stream], None]


class _Rule(NamedTuple):
    """What stands in an area, in rows along its longest side."""

    pitch_m: tuple[float, float]
    share: float
    """Share of the places that bear something."""

    builds: tuple[_Build, ...]
    inset_m: float
    """How far things keep from the area's edge."""

    grounds: tuple[Ground, ...]
    """Ground classes that bear them."""

    room_m: float = 0.0
    """The ground is one of these this far around a place, too."""

    trees: bool = False
    """Whether the things are trees, which a setting makes fewer."""


def _thing(build: Callable[..., None]) -> _Build:
    return lambda plot, frame, chance: build(plot.builder, frame, chance)


def _dot(build: Callable[..., None]) -> _Build:
    return lambda plot, frame, chance: build(plot.builder, frame.center, chance)


def _tree(shape: Shape) -> _Build:
    def build(plot: Plot, frame: Frame, chance: Stream) -> None:
        plant(plot.builder, frame.center, shape, chance, plot.town.growth)

    return build


def _loaded(plot: Plot, frame: Frame, chance: Stream) -> None:
    if plot.town.settings.traffic > 0:
        build_van(plot.builder, frame, chance)


def _bather(plot: Plot, frame: Frame, chance: Stream) -> None:
    if plot.town.settings.people > 0:
        build_person(plot.builder, frame.center, chance)


_BOULDERS = (_dot(build_boulder),)
_PLAY = tuple(_thing(build) for build in (build_slide, build_swing, build_spider, build_spider))
_STACKS = (
    *(_thing(build_containers) for _ in range(4)),
    _thing(build_crates),
    _thing(build_pipes),
    _loaded,
)
_SITE = tuple(
    _thing(build) for build in (build_digger, build_pipes, build_crates, build_containers)
)
_HEAPS = (_dot(build_heap), _dot(build_heap))
_SHORE = (_dot(build_parasol), _dot(build_towel), _dot(build_towel), _bather)
_ORCHARD = (_tree(Shape.FRUIT),)
_SANDS = (Ground.SAND, Ground.WET_SAND)
_SOILS = (Ground.SOIL, Ground.DIRT)
_FLOORS = (Ground.SAND, Ground.RUBBER, Ground.GRASS)
_YARD_FLOORS = (Ground.LOT,)
_STRAW = (Ground.GRAIN, Ground.FURROW, Ground.MEADOW)

RULES: Mapping[tuple[str, str], _Rule] = {
    ("landuse", "cemetery"): _Rule((2.6, 3.4), 0.72, (_dot(build_grave),), 4.0, (Ground.GRASS,)),
    ("amenity", "grave_yard"): _Rule((2.6, 3.4), 0.6, (_dot(build_grave),), 3.0, (Ground.GRASS,)),
    ("leisure", "playground"): _Rule((7.0, 6.0), 0.85, _PLAY, 2.2, _FLOORS, 1.2),
    ("natural", "beach"): _Rule((5.5, 5.0), 0.32, _SHORE, 1.5, _SANDS, 0.8),
    ("landuse", "orchard"): _Rule((6.0, 6.5), 0.94, _ORCHARD, 2.5, LAWN, 1.0, trees=True),
    ("landuse", "plant_nursery"): _Rule((4.0, 5.0), 0.8, (_tree(Shape.BUSH),), 2.0, _SOILS),
    ("landuse", "farmland"): _Rule((15.0, 13.0), 0.3, (_dot(build_bale),), 6.0, _STRAW, 2.4),
    ("landuse", "quarry"): _Rule((9.0, 8.0), 0.5, (*_BOULDERS, *_HEAPS), 3.0, (Ground.ROCK,)),
    ("landuse", "landfill"): _Rule((8.0, 8.0), 0.6, _HEAPS, 3.0, _SOILS, 1.0),
    ("landuse", "construction"): _Rule((11.0, 9.0), 0.5, (*_SITE, *_HEAPS), 4.0, _SOILS, 2.0),
    ("landuse", "brownfield"): _Rule((14.0, 12.0), 0.3, (*_BOULDERS, *_HEAPS), 4.0, _SOILS),
    ("landuse", "industrial"): _Rule((7.4, 4.6), 0.3, _STACKS, 5.0, _YARD_FLOORS, 2.8),
    ("landuse", "port"): _Rule((7.0, 3.4), 0.62, _STACKS, 5.0, _YARD_FLOORS, 2.6),
    ("industrial", "port"): _Rule((7.0, 3.4), 0.62, _STACKS, 5.0, _YARD_FLOORS, 2.6),
    ("natural", "bare_rock"): _Rule((9.0, 9.0), 0.3, _BOULDERS, 1.0, (Ground.ROCK,)),
    ("natural", "scree"): _Rule((4.0, 4.0), 0.5, _BOULDERS, 1.0, (Ground.ROCK,)),
    ("natural", "heath"): _Rule((13.0, 13.0), 0.2, _BOULDERS, 2.0, (Ground.HEATH,)),
    ("tourism", "camp_site"): _Rule((9.0, 8.0), 0.5, (_thing(build_tent),), 4.0, LAWN, 1.5),
    ("tourism", "caravan_site"): _Rule((10.0, 9.0), 0.5, (_loaded,), 4.0, LAWN, 2.0),
    ("tourism", "picnic_site"): _Rule((9.0, 9.0), 0.5, (_thing(build_table),), 3.0, LAWN, 1.0),
    ("leisure", "outdoor_seating"): _Rule((3.4, 3.4), 0.8, (_dot(build_parasol),), 1.0,
                                         (Ground.PLAZA,)),
}  # fmt: skip
"""What stands in an area by its tag."""

_YARD_RULE = _Rule((8.0, 5.2), 0.32, _STACKS, 2.0, (Ground.LOT,), 2.8)
_HUT_INSET_MM = 4000
_SALT = 81


def build_outdoors(plot: Plot) -> None:
    """Build what stands in the open areas and the works' yards of a cell."""
    for area in plot.areas():
        rule = next((r for (k, v), r in RULES.items() if area.tags.get(k) == v), None)
        if rule is not None:
            _fill(plot, area.id, area.geometry, rule)
        if area.tags.get("landuse") == "allotments":
            _build_huts(plot, area)
    for _, parcel in plot.town.parcels.near(plot.outline):
        if parcel.yard is Yard.WORKS and not _is_mapped(plot, parcel):
            _fill(plot, parcel.house.id, parcel.outline, _YARD_RULE)


def _is_mapped(plot: Plot, parcel: Parcel) -> bool:
    """Tell whether a works' yard lies in an area that is filled as a whole."""
    place = parcel.house.geometry.representative_point()
    found = [plot.town.features.areas[i].tags for i in plot.town.areas.within(place, 0)]
    return any(tags.get("landuse") in {"industrial", "port"} for tags in found)


def _fill(plot: Plot, owner: int, shape: Polygon, rule: _Rule) -> None:
    inner = shape.buffer(-rule.inset_m)
    frame = longest_side(shape)
    for part in shapely.get_parts(inner):
        seed = plot.town.settings.seed, owner ^ _SALT
        strewn = spaced(part, plot.outline, frame, rule.pitch_m, seed)
        share = rule.share * (plot.town.settings.trees if rule.trees else 1.0)
        strewn = strewn.only(strewn.shares() < share)
        _build_all(plot, strewn, frame, rule)


def _build_all(plot: Plot, strewn: Strewn, frame: Frame, rule: _Rule) -> None:
    strewn = strewn.only(plot.mine(strewn.places))
    for step in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
        around = strewn.places + np.array(step) * rule.room_m
        strewn = strewn.only(plot.lies_on(around, rule.grounds))
    strewn = strewn.only(plot.are_open(strewn.places, CLEAR_M))
    strewn = strewn.only(~plot.town.trees_by_place.touched(strewn.places, 1.5))
    for place, bits in zip(strewn.places, strewn.bits.tolist(), strict=True):
        chance = plot.chance(bits)
        build = chance.pick(rule.builds)
        build(plot, Frame(as_plan(place), frame.along), chance)


def _build_huts(plot: Plot, area: Feature[Polygon]) -> None:
    """Build a hut in a corner of each allotment."""
    frame = longest_side(area.geometry)
    pitch = PLOT_MM[0] / 1000, PLOT_MM[1] / 1000
    shift = pitch[0] / 2 - _HUT_INSET_MM / 1000, pitch[1] / 2 - 3.0
    moved = Frame(frame.at(shift[0] - pitch[0], shift[1] - pitch[1]), frame.along)
    inner = area.geometry.buffer(-2.0)
    for part in shapely.get_parts(inner):
        seed = plot.town.settings.seed, area.id
        strewn = spaced(part, plot.outline, moved, pitch, seed)
        strewn = strewn.only(plot.mine(strewn.places) & (strewn.shares() < 0.85))
        strewn = strewn.only(plot.are_open(strewn.places, CLEAR_M))
        for place, bits in zip(strewn.places, strewn.bits.tolist(), strict=True):
            chance = plot.chance(bits)
            at: Plan = as_plan(place)
            build_hut(plot.builder, Frame(at, frame.along), chance)
            if chance.chance(0.5 * plot.town.settings.trees):
                beside = moved.along[0] * 5 + at[0], moved.along[1] * 5 + at[1]
                plant(plot.builder, beside, Shape.FRUIT, chance, plot.town.growth)
