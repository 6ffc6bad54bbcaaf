"""Lattices, scaffolds, doors, signs, tanks, and rough stone: walls of special buildings."""

from isogen.kernels import part
from isogen.mesh.vocabulary import WallStyle
from isogen.pixelart.inks import BROWN, DARK, GREY, WHITE, YELLOW, Ink, Spot, accent, below_top
from isogen.pixelart.noise import hash3


@part
def site_wall(style: int, s: Spot) -> Ink:  # noqa: PLR0911  one line per style
    """Return the ink of a wall of a special building."""
    if style == WallStyle.TRUSS:
        return truss(s)
    if style == WallStyle.SCAFFOLD:
        return scaffold(s)
    if style == WallStyle.LOADING:
        return loading(s)
    if style == WallStyle.DOORS:
        return doors(s)
    if style == WallStyle.SIGN:
        return sign(s)
    if style == WallStyle.PLATES:
        return plates(s)
    if style == WallStyle.RUBBLE:
        return rubble(s)
    return frame(s)


@part
def truss(s: Spot) -> Ink:
    """A lattice: chords, and diagonals that cross in every bay."""
    if s.u in (0, s.width - 1) and s.width > 2:
        return s.material, s.tone + 1
    if s.v % 4 == 0:
        return s.material, s.tone
    on = (s.u + s.v) % 4 == 0 or (s.u - s.v) % 4 == 0
    return (s.material, s.tone) if on else (DARK, 1)


@part
def scaffold(s: Spot) -> Ink:
    """Netting behind poles and planks, torn here and there."""
    if s.v % 4 == 0:
        return (GREY, 4) if s.u % 5 == 0 else (BROWN, 4 if s.lit else 3)
    if s.u % 5 == 0:
        return GREY, 4 if s.lit else 3
    torn = hash3(s.u // 5, s.v // 4, s.seed) & 7 == 0
    if torn:
        return GREY, 1
    return s.material, s.tone - (hash3(s.u >> 1, s.v >> 1, s.seed) & 3 == 0)


@part
def loading(s: Spot) -> Ink:
    """Ribbed sheets over a row of dock doors with dark bumpers."""
    x = (s.u + 3) % 9
    inner = 2 < s.u < s.width - 3
    if below_top(s) == 0:
        return s.trim, s.tone + 1
    if s.v < 5 and inner and x < 6:
        if s.v == 4 or x in (0, 5):
            return DARK, 1
        if s.v == 0:
            return (YELLOW, 4) if s.u & 1 else (DARK, 1)
        return WHITE, (s.tone + 1 if s.v & 1 else s.tone)
    if s.v == below_band(s):
        return s.trim, s.tone
    return s.material, s.tone - (s.u & 1)


@part
def below_band(s: Spot) -> int:
    """Return the row of the colored band under the eaves."""
    return s.height - 3


@part
def doors(s: Spot) -> Ink:
    """Tall leaves in a frame, braced crosswise, with small panes where they are high."""
    if s.v == s.height - 1 or s.u in (0, s.width - 1):
        return s.trim, s.tone + 1
    leaf = max(min(s.width // 2, 8), 3)
    if s.u % leaf == 0 and s.u < s.width - 2:
        return s.material, s.tone - 2
    if s.height > 5 and s.v == s.height - 3 and s.u % leaf in (2, 3):
        return DARK, 2 if s.lit else 1
    return s.material, s.tone - (s.v & 1)


@part
def sign(s: Spot) -> Ink:
    """A board with a word that nobody can read from here."""
    if s.height < 3:
        return s.material, s.tone + 1 - (s.u % 3 == 0)
    if s.v in (0, s.height - 1) or s.u < 2 or s.u >= s.width - 2:
        return s.material, s.tone + (s.v == s.height - 1)
    letter, x = (s.u - 2) // 4, (s.u - 2) % 4
    if x == 3 or (hash3(s.seed, letter, 3) & 7) == 0:
        return s.material, s.tone
    stroke = hash3(s.seed, letter, x * 7 + s.v) & 3
    return (s.trim, 5 if s.lit else 4) if stroke else (s.material, s.tone)


@part
def plates(s: Spot) -> Ink:
    """Welded plates with a stair that climbs around."""
    if below_top(s) == 0:
        return s.material, s.tone + 1
    if s.seed & 1 and (s.u + 2 * s.seed) % 40 == (s.v * 2) % 40:
        return DARK, 2
    if s.v % 5 == 4:
        return s.material, s.tone - 1
    joint = (s.u + (s.v // 5) * 5) % 11 == 0
    rust = hash3(s.u >> 1, s.seed, 7) & 63 == 0 and s.v % 5 < 4
    return s.material, s.tone - (joint or rust)


@part
def rubble(s: Spot) -> Ink:
    """Rough stone in uneven courses, with slits far apart."""
    course = s.v >> 1
    stone = (s.u + (hash3(course, s.seed, 3) & 3)) // 3
    h = hash3(stone, course, s.seed)
    if s.height > 9 and s.u % 14 == 7 and 4 <= s.v < 7:
        return DARK, 1
    joint = s.v & 1 == 0 and h & 3 == 0
    return s.material, s.tone - joint + (h & 15 == 1) - (h & 15 == 2)


@part
def frame(s: Spot) -> Ink:
    """Open floors of a shell: slabs and columns before the dark inside."""
    row = s.v % 4
    if row == 3 or below_top(s) == 0:
        return s.material, s.tone + 1
    if s.u % 8 in (0, 1) or s.u >= s.width - 2:
        return s.material, s.tone
    h = hash3(s.u // 8, s.v // 4, s.seed)
    if h & 7 == 0:
        return accent(h >> 5), 2
    return DARK, 1 + (row == 0)
