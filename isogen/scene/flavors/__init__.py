"""How regions build: typologies, colors, roofs and habits, as small TOML files."""

from isogen.scene.flavors.load import bundled_flavor, flavor_of, read_flavor, told_flavor
from isogen.scene.flavors.schema import Flavor, Furniture, Typology

__all__ = [
    "Flavor",
    "Furniture",
    "Typology",
    "bundled_flavor",
    "flavor_of",
    "read_flavor",
    "told_flavor",
]
