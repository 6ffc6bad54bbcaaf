"""Which rule draws which style of wall, and the shops at a wall's foot."""

from isogen.kernels import part
from isogen.mesh.vocabulary import WallStyle
from isogen.pixelart import masonry, modern, sites, works
from isogen.pixelart.inks import (
    BROWN,
    DARK,
    GLASS,
    WHITE,
    YELLOW,
    Ink,
    Spot,
    accent,
)
from isogen.pixelart.noise import hash3

SHOPFRONT = int(WallStyle.SHOPFRONT)

_SHOP_ROWS = 7
"""Rows of a shopfront."""


@part
def wall(style: int, s: Spot) -> Ink:
    """Return the ink of a wall without a storey count."""
    if style & SHOPFRONT and s.height > 12:
        if s.v < _SHOP_ROWS:
            return shopfront(s)
        raised = s.height - _SHOP_ROWS
        s = Spot(
            s.rules, s.material, s.trim, s.seed, s.u, s.width, s.v - _SHOP_ROWS, raised, _SHOP_ROWS,
            s.lit, s.tone, s.steep, s.x, s.y,
        )  # fmt: skip
    style &= SHOPFRONT - 1
    if style < WallStyle.GARAGE:
        return _house(style, s)
    if style < WallStyle.LOUVRES:
        return _works(style, s)
    if WallStyle.TRUSS <= style <= WallStyle.FRAME:
        return sites.site_wall(style, s)
    return _landmark(style, s)


@part
def _house(style: int, s: Spot) -> Ink:  # noqa: C901, PLR0911  one line per style
    if style == WallStyle.PUNCHED:
        return masonry.punched(s)
    if style == WallStyle.OFFICE_GRID:
        return modern.office_grid(s)
    if style == WallStyle.DECO_PIERS:
        return masonry.deco_piers(s)
    if style == WallStyle.RIBBON:
        return modern.ribbon(s)
    if style == WallStyle.CURTAIN:
        return modern.curtain(s)
    if style == WallStyle.SASH:
        return masonry.sash(s)
    if style == WallStyle.CLAPBOARD:
        return masonry.clapboard(s)
    if style == WallStyle.COLONNADE:
        return masonry.colonnade(s)
    return masonry.plain(s)


@part
def _works(style: int, s: Spot) -> Ink:  # noqa: PLR0911  one line per style
    if style == WallStyle.GARAGE:
        return modern.garage(s)
    if style == WallStyle.CORRUGATED:
        return works.corrugated(s)
    if style == WallStyle.CONTAINER:
        return works.container(s)
    if style == WallStyle.CAR_BODY:
        return works.car_body(s)
    if style == WallStyle.CAR_CABIN:
        return works.car_cabin(s)
    if style == WallStyle.QUAY:
        return works.quay(s)
    if style == WallStyle.PILES:
        return works.piles(s)
    return works.staves(s)


@part
def _landmark(style: int, s: Spot) -> Ink:  # noqa: C901, PLR0911, PLR0912  one line per style
    if style == WallStyle.LOUVRES:
        return modern.louvres(s)
    if style == WallStyle.STACK:
        return works.stack(s)
    if style == WallStyle.FIRE_ESCAPE:
        return masonry.fire_escape(s)
    if style == WallStyle.TALL_WINDOWS:
        return masonry.tall_windows(s)
    if style == WallStyle.DARK_CURTAIN:
        return modern.dark_curtain(s)
    if style == WallStyle.CHURCH:
        return masonry.church(s)
    if style == WallStyle.BILLBOARD:
        return modern.billboard(s)
    if style == WallStyle.SLOTS:
        return masonry.slots(s)
    if style == WallStyle.DORMER:
        return masonry.dormer(s)
    if style == WallStyle.DRUM:
        return masonry.drum(s)
    if style == WallStyle.VEHICLE:
        return works.vehicle(s)
    if style == WallStyle.SECTION:
        return works.section(s)
    if style == WallStyle.SLATS:
        return works.slats(s)
    if style == WallStyle.CLOCK:
        return masonry.clock(s)
    if style in (WallStyle.ASHLAR, WallStyle.HAZARD):
        return works.ashlar(s) if style == WallStyle.ASHLAR else works.hazard(s)
    if style == WallStyle.ARCADE:
        return masonry.arcade(s)
    return masonry.plain(s)


@part
def shopfront(s: Spot) -> Ink:
    """Return the ink of the shops in the lowest rows of a wall."""
    shops = max(s.width // 11, 1)
    shop = s.u * shops // s.width
    x = s.u - (shop * s.width + shops - 1) // shops
    wide = s.width // shops
    h = hash3(s.seed, shop, 5)
    if s.v == _SHOP_ROWS - 1:
        return s.material, s.tone + 1
    if s.v >= 4:
        return _awning(s, h, x, wide) if h & 8 else _sign(s, h, x, wide)
    if x == 0:
        return s.material, s.tone - 1
    return _display(s, h, x, wide)


@part
def _awning(s: Spot, h: int, x: int, wide: int) -> Ink:
    if s.v == 4 and x in (0, wide - 1):
        return DARK, 1
    color = accent(h)
    tone = s.tone if s.v == 5 else s.tone - 1
    return (color if (x >> 1) & 1 == 0 or color == WHITE else WHITE), tone


@part
def _sign(s: Spot, h: int, x: int, wide: int) -> Ink:
    if s.v == 5:
        return accent(h), (3 if s.lit else 2) if 0 < x < wide - 1 else 1
    return DARK, 1


@part
def _display(s: Spot, h: int, x: int, wide: int) -> Ink:
    door = 2 + (h >> 5) % max(wide - 4, 1)
    if x in (door, door + 1):
        return BROWN, 1 if s.v < 3 else 2
    if s.v == 0:
        return s.material, s.tone - 2
    if (h >> 9) & 1 and s.v == 2 and x % 3:
        return YELLOW, 4 if s.lit else 3
    if s.v < 3:
        return GLASS, 2 + (1 if s.lit and (s.u + s.v) % 5 == 0 else 0)
    return DARK, 1
