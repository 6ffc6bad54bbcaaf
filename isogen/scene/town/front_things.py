"""What stands out from street fronts: bay windows, fire escapes, upright signs."""

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span, box, prism
from isogen.mesh.vocabulary import Facade, FlatStyle, Material, WallStyle
from isogen.scene.flavors.words import Age
from isogen.scene.town.facings import street_fronts
from isogen.scene.town.footprint import direction, distance
from isogen.scene.town.site import Site
from isogen.seeds import Stream

_GROUND = 6
"""Rises of a ground floor."""

_STOREY = 4
_BAY_HALF_M = 1.45
_BAY_DEPTH_M = 1.1
_BAY_STEP_M = 7.2
_ESCAPE_HALF_M = 2.3
_ESCAPE_DEPTH_M = 1.0
_SIGN_STEP_M = 5.0
_PURPOSE = 41

_SIGNS = (
    *(Material.RED, Material.WHITE, Material.YELLOW, Material.TEAL, Material.RED),
    *(Material.SKY, Material.WHITE, Material.PINK, Material.OCHRE),
)


def add_front_things(site: Site, foot: float, z: float) -> None:
    """Add what a flavor hangs on the street fronts of a house, between foot and eaves."""
    told, stream = site.look.furniture, site.stream(_PURPOSE)
    bays = stream.chance(told.bay_windows) and not site.look.facade & Facade.CURTAIN
    escapes = stream.chance(told.fire_escapes) and site.look.storeys > 2
    signs = stream.chance(told.signs) and site.look.storeys > 1
    if foot > 0 or not (bays or escapes or signs):
        return
    for a, b in street_fronts(site):
        length = distance(a, b)
        if bays and length > 2 * _BAY_HALF_M + 1:
            _bays(site, (a, b), z, stream)
        elif escapes and length > 2 * _ESCAPE_HALF_M + 2:
            _escape(site, (a, b), z, stream)
        if signs and length > 4:
            _signs(site, (a, b), z, stream)


def _bays(site: Site, edge: tuple[Plan, Plan], z: float, stream: Stream) -> None:
    """Add bay windows: from the first floor up, or from the ground where houses are low."""
    look, length = site.look, distance(*edge)
    count = max(int(length / _BAY_STEP_M), 1)
    low = look.furniture.pots or look.age is Age.HOME
    bottom = 0.0 if low else float(_GROUND)
    top = min(z - 1, _GROUND + _STOREY + 1.0) if low else z - 1
    if top - bottom < _STOREY:
        return
    floors = max(int((top - bottom - 1) / _STOREY), 1)
    front = Look(look.wall, 0, look.seed, floors, look.trim, look.facade & Facade.SPECKLE)
    if look.furniture.pots:
        front = Look(look.trim, 0, look.seed, floors, look.trim)
    cover = Look(look.roof if low else look.trim, FlatStyle.BRIGHT)
    frame, skip = Frame(edge[0], direction(*edge)), stream.below(3) if count > 3 else 9
    for k in range(count):
        if k % 4 != skip:
            middle = (k + 0.5) * length / count
            ring = [
                frame.at(middle - _BAY_HALF_M, 0),
                frame.at(middle - _BAY_HALF_M * 0.72, -_BAY_DEPTH_M),
                frame.at(middle + _BAY_HALF_M * 0.72, -_BAY_DEPTH_M),
                frame.at(middle + _BAY_HALF_M, 0),
            ]
            prism(site.builder, [ring], bottom, top, front, cover, obj=site.builder.new_object())


def _escape(site: Site, edge: tuple[Plan, Plan], z: float, stream: Stream) -> None:
    """Add iron balconies above each other, joined by ladders."""
    frame, length = Frame(edge[0], direction(*edge)), distance(*edge)
    middle = length * stream.uniform(0.3, 0.7)
    middle = min(max(middle, _ESCAPE_HALF_M + 0.5), length - _ESCAPE_HALF_M - 0.5)
    iron, obj = Look(Material.DARK), site.builder.new_object()
    rail = Look(Material.DARK, WallStyle.SLATS)
    for storey in range(1, site.look.storeys):
        level = _GROUND + _STOREY * (storey - 1) + 0.6
        if level + 2 > z:
            break
        low, high = middle - _ESCAPE_HALF_M, middle + _ESCAPE_HALF_M
        span = Span(low, high, -_ESCAPE_DEPTH_M, 0, level, level + 1)
        box(site.builder, frame, span, rail, iron, obj=obj)
        if storey > 1:
            side = low + 1.2 if storey % 2 else high - 1.8
            ladder = Span(side, side + 0.6, -0.5, -0.1, level - _STOREY + 1, level)
            box(site.builder, frame, ladder, iron, iron, obj=obj)


def _signs(site: Site, edge: tuple[Plan, Plan], z: float, stream: Stream) -> None:
    """Add upright signs that stand off the front."""
    frame, length = Frame(edge[0], direction(*edge)), distance(*edge)
    for k in range(max(int(length / _SIGN_STEP_M), 1)):
        place = 0.9 + k * _SIGN_STEP_M + stream.uniform(0, 1.5)
        tall = stream.between(6, 15)
        bottom = float(_GROUND + stream.below(3))
        material = stream.pick(_SIGNS)
        if place > length - 0.9 or bottom + 5 > z or not stream.chance(0.85):
            continue
        top = min(bottom + tall, z)
        span = Span(place, place + 0.75, -1.5, -0.15, bottom, top)
        look = Look(material, WallStyle.PLAIN, stream.below(1 << 15))
        box(site.builder, frame, span, look, Look(material, FlatStyle.BRIGHT))
