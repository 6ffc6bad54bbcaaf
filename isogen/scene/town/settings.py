"""What a town leaves to taste."""

from dataclasses import dataclass, field

from isogen.scene.flavors import Flavor, bundled_flavor


@dataclass(frozen=True)
class TownSettings:
    """What a town leaves to taste."""

    seed: int = 0
    """Mixed into every choice left to chance."""

    trees: float = 1.0
    """Trees that are not mapped, relative to the usual number; not negative."""

    traffic: float = 1.0
    """Cars, trams and trains, relative to the usual number; not negative."""

    people: float = 1.0
    """People, relative to the usual number; not negative."""

    boats: float = 1.0
    """Boats, relative to the usual number; not negative."""

    block: bool = True
    """Whether the land and the water are seen cut open along the edge of the map."""

    flavor: Flavor = field(default_factory=lambda: bundled_flavor("nordic"))
    """How the region builds, and what people do around their houses."""
