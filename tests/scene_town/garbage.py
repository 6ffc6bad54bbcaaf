"""Towns of things that nobody should map, as the reader of any file hands them on."""

import numpy as np
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box, intersection

from isogen.geo.camera import Camera
from isogen.scene.flavors.load import PRESETS, bundled_flavor
from isogen.scene.osm.pieces import OsmType, Thing
from isogen.scene.osm.read import features_of
from isogen.scene.osm.split import GRID_M, as_multipolygon
from isogen.scene.osm.storeys import storeys
from isogen.scene.town.context import Town, TownSettings

HALF_M = 90.0
EXTENT = box(-HALF_M, -HALF_M, HALF_M, HALF_M)
SEAS = (
    Polygon(),
    box(-HALF_M, -HALF_M, -20, HALF_M),
    Polygon([(0, 0), (60, 5), (20, 70)]),
    EXTENT.difference(box(-50, -50, 50, 50)),
)

WORDS = {
    key: tuple(words.split())
    for key, words in {
        "building": "yes house apartments office retail industrial church mosque temple synagogue "
        "school hospital hotel garages shed hut roof greenhouse stadium train_station warehouse "
        "castle tower ruins construction farm barn silo water_tower bunker bridge grandstand "
        "kiosk terrace detached civic ship houseboat carport hangar lighthouse windmill x",
        "building:part": "yes no roof base tower column steps",
        "roof:shape": "flat gabled hipped pyramidal dome onion cone skillion mansard gambrel round "
        "half-hipped saltbox butterfly sawtooth crosspitched side_hipped many Gabled x",
        "religion": "christian muslim jewish buddhist hindu shinto sikh x",
        "man_made": "tower chimney silo storage_tank water_tower windmill crane mast lighthouse "
        "pier gasometer cooling_tower obelisk bridge breakwater dyke gantry beacon cross",
        "natural": "water wood scrub heath beach sand bare_rock cliff tree tree_row grassland "
        "wetland glacier coastline spring shingle",
        "landuse": "grass forest meadow farmland orchard vineyard residential commercial railway "
        "industrial construction cemetery allotments quarry basin military greenhouse_horticulture",
        "leisure": "park pitch track playground swimming_pool garden marina slipway stadium "
        "golf_course outdoor_seating bandstand water_park",
        "sport": "soccer tennis basketball baseball american_football running skateboard athletics",
        "highway": "motorway primary secondary residential service footway path steps cycleway "
        "pedestrian track construction platform bus_stop crossing street_lamp traffic_signals "
        "motorway_link turning_circle elevator",
        "railway": "rail tram subway platform turntable level_crossing buffer_stop station "
        "funicular monorail",
        "amenity": "parking place_of_worship marketplace school fountain bench cafe fuel "
        "grave_yard ferry_terminal shelter bicycle_parking",
        "power": "line minor_line tower pole plant substation generator portal",
        "waterway": "river stream canal weir dam lock_gate waterfall dock",
        "barrier": "wall fence hedge city_wall retaining_wall guard_rail bollard gate kerb",
        "bridge": "yes no viaduct aqueduct movable cantilever boardwalk covered",
        "bridge:structure": "suspension cable-stayed arch truss beam",
        "tunnel": "yes no culvert building_passage",
        "historic": "castle monument memorial ruins city_gate tomb aircraft ship fort",
        "place": "square islet island",
        "route": "ferry",
        "area": "yes no",
    }.items()
}
NUMBERS = (
    "12 m;3", "-1", "0", "1", "3", "40", "500", "1e5", "1e9", "99999", "12'6\"", "abc", "", "  5 ",
    "3,5", "0.5", "-3;2", "2-4", "nan", "inf", "-inf", "\N{ARABIC-INDIC DIGIT THREE}",
    "\N{VULGAR FRACTION ONE HALF}", "12m",
)  # fmt: skip
MEASURES = (
    "height", "min_height", "building:levels", "building:min_level", "roof:height", "roof:levels",
    "roof:angle", "width", "est_width", "lanes", "layer", "level", "diameter", "step_count",
    "capacity", "rotor:diameter", "incline", "circumference", "diameter_crown", "maxspeed",
)  # fmt: skip
COLORS = ("Red", "#FFF", "#abcdef", "LIGHT green", "brown;red", "#12", "", "#GGGGGG")
HEADINGS = ("NNE?", "N", "45", "-90", "1000", "W ", "nonsense", "", "270°")
OTHERS = {
    "roof:direction": HEADINGS,
    "direction": HEADINGS,
    "roof:orientation": ("Across", "along", "?"),
    "building:colour": COLORS,
    "roof:colour": COLORS,
    "roof:material": ("Tin", "roof_tiles", "thatch", "copper", "grass", "x"),
    "building:material": ("Brick", "WOOD", "glass", "concrete", "x;y"),
    "start_date": ("1890", "C19", "~1950", "1900s", "x", "", "2050-01-01", "-500"),
    "oneway": ("yes", "-1", "no"),
    "surface": ("asphalt", "sett", "gravel", "x"),
}
AREA_ROLES = (
    ("building",), ("building", "roof:shape"), ("building", "roof:shape"), ("building", "religion"),
    ("building", "man_made"), ("building", "amenity"), ("building:part", "roof:shape"),
    ("building:part",), ("landuse",), ("natural",), ("leisure", "sport"), ("leisure",),
    ("amenity",), ("man_made",), ("highway", "area"), ("railway",), ("place",), ("power",),
    ("waterway",), ("historic",),
)  # fmt: skip
LINE_ROLES = (
    ("highway",), ("highway", "bridge"), ("highway", "bridge", "bridge:structure"),
    ("highway", "tunnel"), ("railway",), ("railway", "bridge"), ("railway", "tunnel"),
    ("barrier",), ("waterway",), ("natural",), ("power",), ("man_made",), ("route",), ("leisure",),
)  # fmt: skip
POINT_ROLES = (
    ("highway",), ("amenity",), ("natural",), ("man_made",), ("historic",), ("power",),
    ("railway",), ("barrier",), ("leisure",),
)  # fmt: skip

# Corners of shapes of size 1 around the origin; what is as small as a grain is no slip here.
RINGS = (
    [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    [(-1, -0.3), (1, -0.3), (1, 0.3), (-1, 0.3)],
    [(-0.8, -1), (1, 0.2), (0.6, 0.9), (-1.2, -0.4)],
    [(0, 0), (0.5, 0), (1, 0), (1, 0.3), (0.5, 0.3), (0.5, 1), (0, 1), (0, 0.5)],
    [(np.cos(t), np.sin(t)) for t in np.arange(24) * np.pi / 12],
    [(np.cos(t), np.sin(t)) for t in np.arange(6) * np.pi / 3],
    [(0, 0), (1, 0), (2, 0)],
    [(0, 0), (1, 0), (1, 0.001), (0, 0.02)],
    [(0, 0), (0.001, 0), (0, 0.001)],
    [(0, 0), (0, 0), (0, 0)],
    [(-1, -1), (1, 1), (1, -1), (-1, 1)],
    [(0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (1, 2), (1, 1), (0, 1)],
    [(0, 0), (1, 0), (1, 1), (1, 3), (1, 1), (0, 1)],
    [(-1, -1), (-0.1, 0), (-1, 1), (1, 1), (0.1, 0.001), (1, -1)],
)
RUNS = (
    [(-1, 0), (1, 0.2)],
    [(-1, -1), (0, 0), (0.1, 1)],
    [(0, 0), (0, 0)],
    [(0, 0), (0.00001, 0)],
    [(0, 0), (1, 0), (0, 0)],
    [(0, 0), (1, 0), (1, 1), (0, 0)],
    [(0, 0), (0, 0), (1, 0), (1, 0), (0.5, 0)],
    [(-1, -1), (1, 1), (1, -1), (-1, 1)],
)
SIZES_M = (1.0, 3.0, 8.0, 20.0, 45.0, 120.0)

_coordinate = st.floats(-1.0, 1.0, allow_nan=False, width=16)
_places = st.tuples(_coordinate, _coordinate)
_measure = st.tuples(st.sampled_from(MEASURES), st.sampled_from(NUMBERS))
_other = st.sampled_from([(key, value) for key, values in OTHERS.items() for value in values])
_word = st.sampled_from([(key, value) for key, values in WORDS.items() for value in values])


@st.composite
def _tags(draw, roles):
    main = {key: draw(st.sampled_from(WORDS[key])) for key in draw(st.sampled_from(roles))}
    return {**dict(draw(st.lists(_measure | _other | _word, max_size=6))), **main}


@st.composite
def _corners(draw, shapes, least):
    """Return corners of a known or random shape, somewhere around the extent, on the grid."""
    scribble = st.lists(_places, min_size=least, max_size=8)
    shape = np.array(draw(st.sampled_from(shapes) | scribble), np.float64)
    middle = np.array(draw(_places)) * HALF_M * 1.1
    return np.round((middle + shape * draw(st.sampled_from(SIZES_M))) / GRID_M) * GRID_M


_areas = st.tuples(_tags(AREA_ROLES), _corners(RINGS, 3).map(Polygon))
_lines = st.tuples(_tags(LINE_ROLES), _corners(RUNS, 2).map(LineString))
_points = st.tuples(_tags(POINT_ROLES), _corners([[(0, 0)]], 1).map(lambda c: Point(c[0])))


@st.composite
def things(draw):
    """Mapped things with any tags and any shapes, broken ones too."""
    found = draw(st.lists(_areas | _lines | _points | _areas | _lines, min_size=15, max_size=45))
    return [Thing(OsmType.WAY, k, tags, shape) for k, (tags, shape) in enumerate(found)]


def features(mapped, sea):
    """What the reader makes of mapped things."""
    wet = as_multipolygon(intersection(sea, EXTENT))
    land = as_multipolygon(EXTENT.difference(wet))
    return features_of(EXTENT, (land, MultiPolygon(wet)), mapped, dropped=0)


@st.composite
def towns(draw):
    """A way to make the same town of garbage any number of times."""
    found = features(draw(things()), draw(st.sampled_from(SEAS)))
    camera = Camera(draw(st.sampled_from((42.0, -15.0, 0.0))), 45.0, 300 / 1024)
    flavor = bundled_flavor(draw(st.sampled_from(PRESETS)))
    settings = TownSettings(flavor=flavor, block=draw(st.booleans()))
    counts = tuple(s.count for s in storeys(found.buildings, found.areas, flavor.storeys))
    return lambda: Town(camera, found, counts, settings)
