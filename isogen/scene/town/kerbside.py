"""What stands beside streets in some regions: phone boxes, vending machines, hydrants."""

from collections.abc import Mapping

import numpy as np

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Span
from isogen.mesh.vocabulary import Ground, Material, WallStyle
from isogen.scene.flavors.schema import pick
from isogen.scene.flavors.words import Kerb
from isogen.scene.town.lines import directions_at, places_along
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block, upright
from isogen.scene.town.roads import ARTERIES, STREETS
from isogen.scene.town.street_things import Build, build_hydrant, build_phone_box, build_post_box

STEP_M = 26.0
ASIDE_M = 2.2
CLEAR_M = 0.9
SHARE = 0.45
LEAST_BUILT = 0.14
"""Where houses cover less of the land than this, nothing stands at the kerb."""

STREET_KINDS = ARTERIES | STREETS | {"tertiary"}
_SALT = 93


def build_vending_machines(builder: MeshBuilder, frame: Frame) -> None:
    """Add two vending machines side by side."""
    for a, look in ((-0.65, Look(Material.RED)), (0.65, Look(Material.WHITE))):
        obj = builder.new_object()
        side = Look(look.material, WallStyle.BILLBOARD)
        block(builder, frame, Span(a - 0.55, a + 0.55, -0.45, 0.45, 0, 2.4), side, look, obj)


def build_scooter(builder: MeshBuilder, frame: Frame) -> None:
    """Add a parked scooter."""
    obj = builder.new_object()
    paint = Look(Material.RED)
    block(builder, frame, Span(-0.9, 0.9, -0.3, 0.3, 0, 0.8), Look(Material.DARK), paint, obj)
    block(builder, frame, Span(-0.8, 0.1, -0.3, 0.3, 0.8, 1.3), paint, Look(Material.DARK), obj)
    upright(builder, frame.at(0.7, 0), 0.6, (0.8, 1.8), Look(Material.TIN), obj)


def build_news_racks(builder: MeshBuilder, frame: Frame) -> None:
    """Add a row of boxes that sell newspapers."""
    for k, material in enumerate((Material.GLASS, Material.RED, Material.YELLOW)):
        a, look = (k - 1) * 0.8, Look(material)
        span = Span(a - 0.33, a + 0.33, -0.3, 0.3, 0, 1.4)
        block(builder, frame, span, look, look, builder.new_object())


_BUILDS: Mapping[Kerb, Build] = {
    Kerb.PHONE_BOX: build_phone_box,
    Kerb.POST_BOX: build_post_box,
    Kerb.HYDRANT: build_hydrant,
    Kerb.NEWS_RACKS: build_news_racks,
    Kerb.VENDING_MACHINES: build_vending_machines,
    Kerb.SCOOTER: build_scooter,
}


def build_kerbside(plot: Plot) -> None:
    """Build what the flavor puts beside the streets of a cell."""
    things = plot.town.settings.flavor.habits.kerbside
    if not things:
        return
    for road in plot.town.roads_near(plot.outline, ASIDE_M + 20):
        at_m = np.arange(STEP_M * 0.8, road.line.length, STEP_M)
        if road.kind not in STREET_KINDS or road.is_bridge or not len(at_m):
            continue
        along = directions_at(road.line, at_m)
        aside = np.stack([along[:, 1], -along[:, 0]], axis=1)
        places = places_along(road.line, at_m) + aside * (road.width_m / 2 + ASIDE_M)
        free = plot.mine(places) & plot.lies_on(places, (Ground.PAVE,))
        free &= plot.are_open(places, CLEAR_M)
        free &= plot.town.parcels.built_shares(places) > LEAST_BUILT
        for k in np.flatnonzero(free).tolist():
            chance = plot.chance(road.id, _SALT, k)
            if chance.chance(SHARE):
                frame = Frame(as_plan(places[k]), as_plan(along[k]))
                _BUILDS[pick(things, chance)](plot.builder, frame)
