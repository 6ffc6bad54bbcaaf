"""The words that a scene and the artist share: kinds, materials, styles, ground classes.

Values are stored in scene files: append, never renumber.
"""

from enum import IntEnum, IntFlag


class Kind(IntEnum):
    """What sort of surface a face is; decides which rules draw it."""

    WALL = 0
    FLAT = 1
    SLOPE = 2
    BALL = 3
    GROUND = 4


class Material(IntEnum):
    """A ramp of tones in the palette."""

    BRICK = 0
    BROWN = 1
    TAN = 2
    CREAM = 3
    GREY = 4
    WHITE = 5
    DARK = 6
    GLASS = 7
    TEAL = 8
    GRAVEL = 9
    TERRA = 10
    COPPER = 11
    ROAD = 12
    WALK = 13
    GRASS = 14
    TREE = 15
    AUTUMN = 16
    PINK = 17
    WATER = 18
    WOOD = 19
    RED = 20
    YELLOW = 21
    SAND = 22
    SLATE = 23
    PANE = 24
    OCHRE = 25
    PEACH = 26
    MINT = 27
    SKY = 28
    ROSE = 29
    IVORY = 30
    RUST = 31
    TIN = 32
    GRANITE = 33
    VERDIGRIS = 34
    SETTS = 35
    LINDEN = 36
    SEA = 37
    STEEL = 38
    LEAF = 39
    SNOW = 40
    STRAW = 41


class WallStyle(IntEnum):
    """How a wall without a storey count is drawn."""

    PLAIN = 0
    PUNCHED = 1
    OFFICE_GRID = 2
    DECO_PIERS = 3
    RIBBON = 4
    CURTAIN = 5
    SASH = 6
    CLAPBOARD = 7
    COLONNADE = 8
    GARAGE = 9
    CORRUGATED = 10
    CONTAINER = 11
    CAR_BODY = 12
    CAR_CABIN = 13
    QUAY = 14
    PILES = 15
    STAVES = 16
    LOUVRES = 17
    STACK = 18
    FIRE_ESCAPE = 19
    TALL_WINDOWS = 20
    DARK_CURTAIN = 21
    CHURCH = 22
    BILLBOARD = 23
    SLOTS = 24
    DORMER = 25
    DRUM = 26
    VEHICLE = 27
    SECTION = 28
    SLATS = 29
    CLOCK = 30
    ARCADE = 31
    TRUSS = 32
    """A lattice of steel."""
    SCAFFOLD = 33
    LOADING = 34
    """Sheets over a row of dock doors."""
    DOORS = 35
    """Tall leaves in a frame of trim."""
    SIGN = 36
    """A board with letters of trim."""
    PLATES = 37
    """Welded plates of a tank."""
    RUBBLE = 38
    """Rough stone with slits."""
    FRAME = 39
    """The open floors of a shell."""
    ASHLAR = 40
    HAZARD = 41
    SHOPFRONT = 64
    """Added to another style: shops on the ground floor."""


class FlatStyle(IntEnum):
    """How a horizontal face is drawn."""

    PLAIN = 0
    GRAVEL = 1
    MEMBRANE = 2
    FANS = 3
    HELIPAD = 4
    SKYLIGHT = 5
    PLANTED = 6
    DECK = 7
    POOL = 8
    SOLAR = 9
    PARKING = 10
    RIBBED = 11
    BRIGHT = 12
    PAVERS = 13
    CORRUGATED = 14
    SEATS = 15
    """Rows of seats with people."""
    TURF = 16
    """Mown grass: light, or dark where the seed is odd."""
    LAID = 20
    """As the ground class that its seed names."""


class SlopeStyle(IntEnum):
    """How a sloping face is drawn."""

    PLAIN = 0
    TILES = 1
    AXIS_SEAMS = 2
    GLAZED = 3
    HATCHED = 4
    SHEET_METAL = 5


class BallStyle(IntEnum):
    """How an ellipsoid is drawn."""

    FOLIAGE = 0
    DOME = 1


class GroundStyle(IntEnum):
    """Where a ground face takes its class from."""

    MAP = 0
    WATER = 1
    WAKE = 2


class Facade(IntFlag):
    """Ornaments of a wall with a storey count."""

    NONE = 0
    SHOPS = 1
    PILASTERS = 2
    HEADS = 4
    ORIELS = 8
    RIBBON = 16
    TALL = 32
    """Storeys of five rises instead of four."""
    SPECKLE = 64
    CURTAIN = 128
    BALCONIES = 256
    """Railed balconies before some bays of the upper storeys."""
    SHUTTERS = 512
    """Colored shutters beside the windows."""
    AWNINGS = 1024
    """Striped awnings over the shops."""
    CORNICE = 2048
    """A deep cornice of trim under the eaves."""
    BLANK = 4096
    """A party wall: no windows."""
    BACK = 8192
    """A courtyard side: plain, small windows, down pipes."""
    ARCADE = 16384
    """Arches on the ground floor."""
    BANDS = 32768
    """A course of trim at every floor."""


class Ground(IntEnum):
    """Class of a pixel of the ground raster."""

    WATER = 0
    ROAD = 1
    WALK = 2
    GRASS = 3
    PATH = 4
    LOT = 5
    WHITE = 6
    YELLOW = 7
    PLAZA = 8
    COURT = 9
    POOL = 10
    WOOD = 11
    DIRT = 12
    PARKING = 13
    FLOWERS = 14
    BRICK = 15
    MOWN = 16
    SAND = 17
    LINE = 18
    CURB = 19
    RED_COURT = 20
    FOAM = 21
    SETT = 22
    BALLAST = 23
    RAIL = 24
    TRAM_RAIL = 25
    PAVE = 26
    YARD = 27
    SCRUB = 28
    GRAVEL_PATH = 29
    SLEEPER = 30
    GRANITE = 31
    SHALLOW = 32
    FIELD = 33
    HEDGE = 34
    MEADOW = 35
    """Tall grass with wild flowers; also land of which nothing is known."""
    FOREST = 36
    """The floor of a wood."""
    HEATH = 37
    MARSH = 38
    ROCK = 39
    CROP = 40
    """Green rows of a field or of vegetables."""
    GRAIN = 41
    """Ripe rows of a field."""
    SOIL = 42
    """Dug or ploughed earth."""
    FURROW = 43
    """What lies between two rows."""
    WET_SAND = 44
    RUBBER = 45
    """Colored floor of a playground."""
    FANS = 46
    """Setts laid in arcs."""
    ICE = 47
    CYCLE_LANE = 48
    BUS_LANE = 49
    GRAVEL_ROAD = 50
    CONCRETE = 51
    HATCHED = 52
    """Asphalt under slanting white lines: keep off."""
    SHELF = 60
    """Water between the shallows and the deep."""


SHADE_SHIFT = 6
"""Bits of a ground raster that hold the class; the two above hold how its slope lies in
the light: 0 level, 1 turned from it, 2 steeply turned from it, 3 turned toward it.
So no class may be 63 or more (255 is void)."""

CLASS_MASK = (1 << SHADE_SHIFT) - 1
