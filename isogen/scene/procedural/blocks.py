"""Lays out any block of the city from the seed and its key alone."""

from collections.abc import Callable
from functools import lru_cache

from isogen.scene.procedural.bridge import bridge_span
from isogen.scene.procedural.civic import civic
from isogen.scene.procedural.dense import downtown, midtown, rows
from isogen.scene.procedural.docks import industrial, waterfront
from isogen.scene.procedural.lattice import BlockKey, Rect
from isogen.scene.procedural.parks import common, park
from isogen.scene.procedural.plan import District, site_of
from isogen.scene.procedural.plot import Plot
from isogen.scene.procedural.quiet import estate, mall, school, suburb
from isogen.scene.procedural.river import river
from isogen.scene.procedural.stadium import stadium
from isogen.scene.procedural.streets import enliven, pave

_LAYOUTS: dict[District, Callable[[Plot, Rect], None]] = {
    District.RIVER: river,
    District.WATERFRONT: waterfront,
    District.COMMON: common,
    District.PARK: park,
    District.STADIUM: stadium,
    District.INDUSTRIAL: industrial,
    District.DOWNTOWN: downtown,
    District.MIDTOWN: midtown,
    District.CIVIC: civic,
    District.ROWS: rows,
    District.ESTATE: estate,
    District.SCHOOL: school,
    District.MALL: mall,
    District.SUBURB: suburb,
}


@lru_cache(maxsize=512)
def lay_out(seed: int, key: BlockKey) -> Plot:
    """Return a block's plot; kept for the next cells, which touch the same blocks."""
    site = site_of(seed, key)
    plot = Plot(seed, site)
    layout = _LAYOUTS[site.district]
    if site.district is District.RIVER:
        layout(plot, Rect(0, 0, *plot.ground.shape[::-1]))
        return plot
    pave(plot)
    layout(plot, site.lot)
    enliven(plot)
    if site.is_ramp:
        plot.put(bridge_span, key.i)
    return plot
