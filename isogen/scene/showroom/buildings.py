"""The buildings of the showroom: every kind, every roof, and what parts make of them."""

from dataclasses import dataclass

Ring = list[tuple[float, float]]
Tags = dict[str, str]


@dataclass(frozen=True)
class Exhibit:
    """A building with its parts, meters around the middle of its stand."""

    things: tuple[tuple[Ring, Tags], ...]


def rect(width: float, depth: float, e: float = 0.0, n: float = 0.0) -> Ring:
    """Return a rectangle around a place."""
    w, d = width / 2, depth / 2
    return [(e - w, n - d), (e + w, n - d), (e + w, n + d), (e - w, n + d)]


def ell(width: float, depth: float, leg: float) -> Ring:
    """Return the outline of two wings at a right angle."""
    w, d = width / 2, depth / 2
    return [(-w, -d), (w, -d), (w, -d + leg), (-w + leg, -d + leg), (-w + leg, d), (-w, d)]


def disk(radius: float, e: float = 0.0, n: float = 0.0) -> Ring:
    """Return sixteen corners on a circle."""
    turns = [(1.0, 0.0), (0.924, 0.383), (0.707, 0.707), (0.383, 0.924)]
    quarter = [(x, y) for x, y in turns]
    ring = quarter + [(-y, x) for x, y in quarter]
    ring += [(-x, -y) for x, y in ring]
    return [(e + radius * x, n + radius * y) for x, y in ring]


def one(ring: Ring, **tags: str) -> Exhibit:
    """Return a building without parts; two underscores in a key stand for a colon."""
    return Exhibit(((ring, _keys(tags)),))


def several(*things: tuple[Ring, Tags]) -> Exhibit:
    """Return a building with its parts."""
    return Exhibit(things)


def part(ring: Ring, **tags: str) -> tuple[Ring, Tags]:
    """Return a building part."""
    return ring, {"building:part": "yes"} | _keys(tags)


def _keys(tags: Tags) -> Tags:
    return {key.replace("__", ":"): value for key, value in tags.items()}


def _roof(shape: str, **tags: str) -> Exhibit:
    return one(rect(22, 13), building="yes", building__levels="2", roof__shape=shape, **tags)


def _worship(religion: str, ring: Ring, **tags: str) -> Exhibit:
    return one(ring, building="yes", amenity="place_of_worship", religion=religion, **tags)


EXHIBITS: dict[str, Exhibit] = {
    # Homes and offices.
    "apartments": one(ell(38, 34, 13), building="apartments", building__levels="5"),
    "house": one(rect(11, 9), building="house"),
    "bungalow": one(rect(16, 10), building="bungalow"),
    "terrace": one(rect(42, 10), building="terrace", building__levels="2"),
    "semidetached": one(rect(15, 10), building="semidetached_house", building__levels="2"),
    "hotel": one(rect(34, 16), building="hotel", building__levels="8"),
    "office": one(rect(32, 26), building="office", building__levels="9"),
    "farm": one(ell(18, 16, 8), building="farm"),
    # Trade.
    "retail": one(rect(38, 20), building="retail", building__levels="2"),
    "supermarket": one(rect(40, 30), building="supermarket"),
    "kiosk": one(rect(4, 3.4), building="kiosk"),
    "market": one(rect(40, 17), building="marketplace", building__levels="2"),
    "fuel": one(rect(18, 11), building="roof", amenity="fuel"),
    "pavilion": one(rect(11, 11), building="pavilion"),
    "parking": one(rect(40, 30), building="parking", building__levels="5"),
    "garages": one(rect(33, 6), building="garages"),
    # Works.
    "factory": one(rect(42, 36), building="industrial", building__levels="2"),
    "warehouse": one(rect(42, 26), building="warehouse"),
    "hangar": one(rect(38, 30), building="hangar"),
    "barn": one(rect(22, 13), building="barn"),
    "greenhouse": one(rect(36, 24), building="greenhouse"),
    "silo": one(rect(26, 9), building="silo", height="24"),
    "storage_tank": one(disk(12), building="storage_tank", height="12"),
    "gasometer": one(disk(15), building="gasometer", height="30"),
    "water_tower": one(disk(7), building="water_tower", height="32"),
    "cooling_tower": one(disk(17), building="cooling_tower", height="70"),
    "chimney": one(disk(3), building="chimney", height="60"),
    "lighthouse": one(disk(4), building="lighthouse", height="30"),
    "windmill": one(disk(5), building="windmill", height="18"),
    "communications": one(
        disk(6), building="tower", tower__type="communication", man_made="tower", height="80"
    ),
    "transformer": one(rect(5, 5), building="transformer_tower"),
    "bunker": one(rect(20, 14), building="bunker"),
    # Public.
    "school": one(ell(40, 30, 13), building="school", building__levels="3"),
    "hospital": one(rect(40, 22), building="hospital", building__levels="7"),
    "fire_station": one(rect(28, 16), building="fire_station", building__levels="2"),
    "station": one(rect(44, 24), building="train_station", building__levels="2"),
    "train_shed": one(rect(44, 30), building="train_shed"),
    "townhall": one(
        rect(44, 24),
        building="townhall",
        amenity="townhall",
        building__levels="3",
        start_date="1850",
    ),
    "stadium": one(disk(29), building="stadium"),
    "grandstand": one(rect(44, 13), building="grandstand"),
    "castle": one(rect(40, 34), building="castle"),
    "ruins": one(rect(28, 18), building="ruins"),
    "construction": one(rect(30, 22), building="construction", building__levels="7"),
    "museum": one(rect(36, 26), building="museum", building__levels="3"),
    # Worship.
    "church": one(rect(34, 14), building="church"),
    "chapel": one(rect(12, 7), building="chapel"),
    "cathedral": one(
        [
            (-21, -7),
            (4, -7),
            (4, -15),
            (14, -15),
            (14, -7),
            (21, -7),
            (21, 7),
            (14, 7),
            (14, 15),
            (4, 15),
            (4, 7),
            (-21, 7),
        ],
        building="cathedral",
    ),
    "orthodox": _worship("christian", rect(24, 15), denomination="russian_orthodox"),
    "mosque": _worship("muslim", rect(36, 32)),
    "synagogue": _worship("jewish", rect(26, 18)),
    "pagoda": one(rect(14, 14), building="pagoda"),
    "buddhist": _worship("buddhist", rect(24, 18)),
    "shinto": _worship("shinto", rect(14, 11)),
    "hindu": _worship("hindu", rect(22, 16)),
    # Roofs.
    "gabled": _roof("gabled"),
    "half-hipped": _roof("half-hipped"),
    "hipped": _roof("hipped"),
    "pyramidal": one(rect(14, 14), building="yes", building__levels="2", roof__shape="pyramidal"),
    "skillion": _roof("skillion", roof__direction="S"),
    "skillion_east": _roof("skillion", roof__direction="90"),
    "gambrel": _roof("gambrel"),
    "mansard": _roof("mansard"),
    "saltbox": _roof("saltbox"),
    "round": _roof("round"),
    "sawtooth": _roof("sawtooth"),
    "crosspitched": one(
        rect(16, 15), building="yes", building__levels="2", roof__shape="crosspitched"
    ),
    "side_hipped": _roof("side_hipped"),
    "across": _roof("gabled", roof__orientation="across"),
    "steep": _roof("gabled", roof__angle="60"),
    "levels": _roof("hipped", roof__levels="2"),
    "dome": one(disk(9), building="yes", building__levels="2", roof__shape="dome"),
    "onion": one(disk(6), building="yes", building__levels="3", roof__shape="onion"),
    "cone": one(disk(7), building="yes", building__levels="3", roof__shape="cone"),
    "butterfly": _roof("butterfly"),
    # Parts.
    "gateway": several(
        (rect(36, 14), _keys({"building": "yes"})),
        part(rect(14, 14, -11), building__levels="4", roof__shape="gabled"),
        part(rect(14, 14, 11), building__levels="4", roof__shape="gabled"),
        part(rect(8, 14), building__levels="4", building__min_level="2"),
    ),
    "tower_on_podium": several(
        (rect(34, 26), _keys({"building": "yes", "building:colour": "#a04030"})),
        part(rect(34, 26), building__levels="2"),
        part(rect(16, 16), building__levels="11", building__min_level="2"),
        part(disk(6), min_height="38", height="46", roof__shape="dome", roof__colour="green"),
    ),
    "overhang": several(
        (rect(20, 20), _keys({"building": "yes"})),
        part(rect(10, 10), building__levels="3"),
        part(rect(20, 20), building__levels="7", building__min_level="3"),
    ),
}
