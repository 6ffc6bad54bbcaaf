"""The ages of buildings, by the name under which builders know them."""

from isogen.scene.flavors.words import Age

__all__ = ["Age"]
