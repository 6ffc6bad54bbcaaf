"""What a bridge is built of and how, from its tags, its age and its size."""

from dataclasses import dataclass

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import Ground, Material, WallStyle
from isogen.scene.osm.dates import year
from isogen.scene.town.bridge_groups import Bridge
from isogen.seeds import Stream

DEPTH_RISES = 1.6
"""Thickness of a deck."""

STONE_UNTIL = 1930
"""Bridges older than this stand on stone arches unless they say otherwise."""

RIB_FROM_M = 40.0
"""Younger arches of this length rise above the deck, shorter ones carry it."""

WIDE_FROM_M = 5.0
"""Narrower bridges are of timber or light steel."""

STEELS = (Material.VERDIGRIS, Material.TIN, Material.RUST, Material.CREAM, Material.RED)
_BUILT_OF = {
    "wood": Material.WOOD,
    "timber": Material.WOOD,
    "stone": Material.GRANITE,
    "brick": Material.BRICK,
    "steel": Material.TIN,
    "metal": Material.TIN,
    "concrete": Material.GREY,
}


@dataclass(frozen=True)
class BridgeLook:
    """How a bridge is drawn."""

    structure: str
    """"arch", "rib", "truss", "suspension", "cable-stayed" or "beam"."""

    deck: Ground
    fascia: Look
    parapet: Look
    pier: Look
    steel: Material
    """What ribs, towers and trusses are painted."""

    @property
    def is_arched(self) -> bool:
        """Whether stone arches carry the deck."""
        return self.structure == "arch"


def look_of(bridge: Bridge) -> BridgeLook:
    """Return how a bridge is drawn."""
    said = bridge.tags.get("material") or bridge.tags.get("bridge:material") or ""
    structure = _structure(bridge)
    wide = bridge.left_m + bridge.right_m
    material = _BUILT_OF.get(said)
    if material is None:
        light = Material.WOOD if bridge.kinds <= {"path"} and wide < WIDE_FROM_M else Material.GREY
        material = Material.GRANITE if structure == "arch" else light
    steel = Stream(bridge.id, 71).pick(STEELS)
    rails = structure != "arch" and material is not Material.WOOD
    style = WallStyle.ASHLAR if material in {Material.GRANITE, Material.BRICK} else WallStyle.PLAIN
    return BridgeLook(
        structure=structure,
        deck=_deck(bridge, material),
        fascia=Look(steel if rails and structure != "beam" else material),
        parapet=Look(Material.WHITE if rails else material),
        pier=Look(Material.WOOD if material is Material.WOOD else Material.GREY)
        if structure != "arch"
        else Look(material, style, seed=3),
        steel=steel,
    )


def _deck(bridge: Bridge, material: Material) -> Ground:
    if material is Material.WOOD:
        return Ground.WOOD
    return Ground.BALLAST if bridge.kinds <= {"rail"} else Ground.PAVE


def _structure(bridge: Bridge) -> str:
    said = bridge.tags.get("bridge:structure", "")
    if said in {"truss", "suspension", "cable-stayed"}:
        return said
    built = year(bridge.tags.get("start_date"))
    is_old = (built is not None and built < STONE_UNTIL) or "historic" in bridge.tags
    is_stone = bridge.tags.get("material") in {"stone", "brick"}
    if said == "arch" and not is_old and not is_stone and bridge.axis.length >= RIB_FROM_M:
        return "rib"
    return "arch" if said == "arch" or ((is_old or is_stone) and said in {"", "yes"}) else "beam"
