"""The rhythm of a town's houses: neighbors differ, and blocks stay in harmony.

Houses choose their coats one after the other, in an order that hashing gives them. A house
sees only what those before it in that order, near it, have chosen, so that every cell, in
whatever order, comes to the same answer by looking at a few houses around.
"""

# pyright: reportUnknownMemberType=false
# shapely's stubs leave the types of **kwargs open.

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import shapely
from shapely import Polygon

from isogen.mesh.vocabulary import Facade, Material
from isogen.scene.flavors.load import PRESETS, bundled_flavor
from isogen.scene.flavors.schema import Flavor
from isogen.scene.osm.features import Feature
from isogen.scene.osm.uses import land_word
from isogen.scene.town.looks import BuildingLook, Draft, Situation, draft_of
from isogen.scene.town.near import Near, anchor_of
from isogen.seeds import Stream, mix

NEIGHBOR_M = 12.0
"""Houses that stand nearer than this are compared."""

FLAVOR_TAG = "isogen:flavor"
"""Tag that names the flavor of a single building."""

TOUCHING_M = 1.0
"""Houses nearer than this touch: they must differ, the others should."""

DISTRICT_M = 120.0
"""Side of the squares whose houses share their colors."""

_ROW_M2 = 320.0
_LIKE = 1.7
"""How much larger one house of a row may be than the other."""

_LOOK, _PRIORITY, _DISTRICT = 1, 0xC0A7, 0xD157
_CALM_M2 = 1500.0

_FAMILIES = (
    frozenset({Material.BRICK, Material.TERRA, Material.RUST, Material.RED}),
    frozenset({Material.OCHRE, Material.SAND, Material.TAN, Material.YELLOW}),
    frozenset({Material.CREAM, Material.IVORY, Material.WHITE}),
    frozenset({Material.PEACH, Material.ROSE}),
    frozenset({Material.GREY, Material.TIN, Material.SLATE, Material.GRAVEL}),
)
"""Materials that look alike from afar."""

_VIVID = frozenset({Material.ROSE, Material.MINT, Material.SKY, Material.TERRA, Material.RED})


class Coat(NamedTuple):
    """The colors of a house."""

    wall: Material
    roof: Material


class Houses(NamedTuple):
    """What the looks of a town are decided from."""

    buildings: Sequence[Feature[Polygon]]
    storeys: Sequence[int]
    near: Near
    """The buildings by place."""

    areas: Sequence[Feature[Polygon]]
    land: Near
    """The areas by place."""

    flavor: Flavor
    seed: int


class Looks:
    """The looks of a town's buildings, decided when they are asked for."""

    def __init__(self, houses: Houses) -> None:
        self._houses = houses
        self._drafts: dict[int, Draft] = {}
        self._looks: dict[int, BuildingLook] = {}
        self._land = frozenset(k for k, a in enumerate(houses.areas) if land_word(a.tags))

    def of(self, index: int) -> BuildingLook:
        """Return the look of a building, by its position."""
        # A stack instead of recursion: chains of neighbors have no fixed length.
        stack = [index]
        while stack:
            current = stack[-1]
            before = self._before(current)
            waiting = [k for k, _ in before if k not in self._looks]
            if waiting and current not in self._looks:
                stack += waiting
                continue
            stack.pop()
            if current not in self._looks:
                self._looks[current] = self._dressed(current, before)
        return self._looks[index]

    def of_part(self, part: Feature[Polygon], storeys: int) -> BuildingLook:
        """Return the look of a building part that belongs to no building."""
        return self._draft(part, storeys, in_row=False).look

    def _before(self, index: int) -> list[tuple[int, float]]:
        """Return the neighbors that choose before a building, and how far they are."""
        mine, rank = self._houses.buildings[index].geometry, self._rank(index)
        around = self._houses.near.within(mine, NEIGHBOR_M)
        first = [k for k in around if k != index and self._rank(k) < rank]
        others = [self._houses.buildings[k].geometry for k in first]
        return list(zip(first, shapely.distance(mine, others).tolist(), strict=True))

    def _rank(self, index: int) -> tuple[int, int]:
        return mix(self._houses.seed, self._houses.buildings[index].id, _PRIORITY), index

    def _dressed(self, index: int, before: list[tuple[int, float]]) -> BuildingLook:
        draft = self._draft_at(index)
        coats = [(Coat(self._looks[k].wall, self._looks[k].roof), d) for k, d in before]
        area = self._houses.buildings[index].geometry.area
        wall = _least(draft.walls, [(c.wall, d) for c, d in coats], calm=area > _CALM_M2)
        alike = [(c.roof, d) for c, d in coats]
        roof = _least(draft.roofs, alike, calm=False)
        facade = (
            draft.look.facade & ~Facade.SPECKLE
            if wall is not Material.BRICK
            else (draft.look.facade | Facade.SPECKLE)
        )
        return replace(draft.look, wall=wall, roof=roof, facade=facade)

    def _draft_at(self, index: int) -> Draft:
        found = self._drafts.get(index)
        if found is None:
            building, storeys = self._houses.buildings[index], self._houses.storeys[index]
            found = self._draft(building, max(storeys, 1), in_row=self._in_row(index))
            self._drafts[index] = found
        return found

    def _draft(self, feature: Feature[Polygon], storeys: int, *, in_row: bool) -> Draft:
        seed, flavor = self._houses.seed, _flavor_at(feature) or self._houses.flavor
        e, n = anchor_of(feature.geometry)
        district = seed, _DISTRICT, int(e // DISTRICT_M), int(n // DISTRICT_M)
        situation = Situation(flavor, self._land_at(feature.geometry), in_row, district)
        stream = Stream(seed, feature.id, _LOOK)
        return draft_of(feature.tags, feature.geometry, storeys, stream, situation)

    def _land_at(self, outline: Polygon) -> str | None:
        place = outline.representative_point()
        found = [k for k in self._houses.land.within(place, 0) if k in self._land]
        areas = [self._houses.areas[k] for k in found]
        smallest = min(areas, key=lambda a: (a.geometry.area, a.id), default=None)
        return land_word(smallest.tags) if smallest else None

    def _in_row(self, index: int) -> bool:
        """Tell whether a small house stands wall to wall with another of its size."""
        mine = self._houses.buildings[index].geometry
        if mine.area > _ROW_M2:
            return False
        touching = self._houses.near.within(mine, TOUCHING_M)
        sizes = [self._houses.buildings[k].geometry.area for k in touching if k != index]
        return any(max(s, mine.area) < _LIKE * min(s, mine.area) for s in sizes)


def _flavor_at(feature: Feature[Polygon]) -> Flavor | None:
    """Return the flavor that an override gives to a building."""
    named = feature.tags.get(FLAVOR_TAG)
    return bundled_flavor(named) if named in PRESETS else None


def _least(
    choices: tuple[Material, ...], others: list[tuple[Material, float]], *, calm: bool
) -> Material:
    """Return the choice that repeats the least of what is near; the likeliest of equals."""

    def cost(k: int) -> int:
        wanted = choices[k]
        out = 2 * k + (12 if calm and wanted in _VIVID else 0)
        for other, distance in others:
            touching = distance < TOUCHING_M
            if other is wanted:
                out += 200 if touching else 11
            elif touching and any(other in f and wanted in f for f in _FAMILIES):
                out += 5
        return out

    return choices[min(range(len(choices)), key=cost)]
