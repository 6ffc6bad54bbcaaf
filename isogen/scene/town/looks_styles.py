"""How each age built: its plasters, trims, roofs and ornaments. Lists are weighted by repeats."""

from dataclasses import dataclass
from enum import IntEnum

from isogen.mesh.vocabulary import Facade, Material

M = Material
_PLAIN, _HEADS, _PILASTERS = Facade.NONE, Facade.HEADS, Facade.PILASTERS
_TALL, _ORIELS, _RIBBON = Facade.TALL, Facade.ORIELS, Facade.RIBBON
_CURTAIN, _SPECKLE = Facade.CURTAIN, Facade.SPECKLE


class Age(IntEnum):
    """When, or for what, a building was made."""

    CLASSICAL = 0
    """Before 1870: low, calm, plastered in ochre and cream."""
    JUGEND = 1
    """To 1922: oriels, corner turrets, mansards, strong plasters, brick."""
    PLAIN = 2
    """To 1944: smooth plaster, few ornaments."""
    MODERN = 3
    """To 1989: flat roofs, ribbon windows."""
    RECENT = 4
    """After 1989: glass, light panels."""
    HOME = 5
    """Houses of one or two families."""
    SHED = 6
    """Garages, kiosks, sheds."""
    WORKS = 7
    """Factories, barns, warehouses."""


@dataclass(frozen=True)
class Style:
    """What an age chose from."""

    walls: tuple[Material, ...]
    trims: tuple[Material, ...]
    roofs: tuple[Material, ...]
    flat_roofs: tuple[Material, ...]
    facades: tuple[Facade, ...]
    high_facades: tuple[Facade, ...]
    """Of buildings with more than five storeys."""
    flat_share: float
    """Share of flat roofs, in [0, 1]."""


_LIGHT = (M.IVORY, M.WHITE, M.CREAM, M.WHITE)
_SHEET = (
    *(M.TIN, M.RUST, M.DARK, M.TIN, M.RUST, M.TIN, M.VERDIGRIS, M.DARK, M.RUST, M.TIN),
    *(M.BROWN, M.SLATE, M.RUST, M.TIN),
)
_FLAT = (M.TIN, M.DARK, M.GRAVEL, M.TIN, M.WHITE, M.DARK)

STYLES = {
    Age.CLASSICAL: Style(
        walls=(M.OCHRE, M.CREAM, M.IVORY, M.OCHRE, M.PEACH, M.CREAM, M.ROSE, M.SKY, M.MINT),
        trims=(M.WHITE, M.IVORY, M.WHITE),
        roofs=(M.TIN, M.TIN, M.RUST, M.DARK, M.VERDIGRIS, M.TIN, M.RUST, M.SLATE),
        flat_roofs=(M.TIN, M.DARK),
        facades=(_HEADS, _HEADS | _PILASTERS, _TALL | _HEADS, _TALL | _HEADS | _PILASTERS),
        high_facades=(_HEADS, _HEADS | _PILASTERS),
        flat_share=0.02,
    ),
    Age.JUGEND: Style(
        walls=(
            *(M.OCHRE, M.CREAM, M.IVORY, M.PEACH, M.SAND, M.ROSE, M.MINT, M.TAN, M.CREAM),
            *(M.SKY, M.OCHRE, M.ROSE, M.PEACH, M.IVORY, M.TERRA, M.BRICK),
        ),
        trims=_LIGHT,
        roofs=_SHEET,
        flat_roofs=_FLAT,
        facades=(_HEADS, _HEADS | _PILASTERS, _ORIELS | _HEADS, _HEADS, _ORIELS | _HEADS),
        high_facades=(_HEADS, _ORIELS | _HEADS, _HEADS | _PILASTERS, _ORIELS, _ORIELS | _HEADS),
        flat_share=0.04,
    ),
    Age.PLAIN: Style(
        walls=(M.CREAM, M.PEACH, M.SAND, M.IVORY, M.ROSE, M.OCHRE, M.MINT, M.WHITE, M.TAN),
        trims=_LIGHT,
        roofs=(M.TIN, M.RUST, M.DARK, M.TIN, M.RUST, M.DARK, M.BROWN),
        flat_roofs=_FLAT,
        facades=(_PLAIN, _HEADS, _PLAIN, _PILASTERS),
        high_facades=(_PLAIN, _HEADS, _PILASTERS, _SPECKLE),
        flat_share=0.15,
    ),
    Age.MODERN: Style(
        walls=(M.IVORY, M.WHITE, M.BRICK, M.SAND, M.GREY, M.CREAM, M.TAN, M.BROWN, M.PEACH),
        trims=(M.WHITE, M.IVORY, M.WHITE, M.GREY),
        roofs=(M.DARK, M.TIN, M.DARK, M.TIN, M.BROWN),
        flat_roofs=_FLAT,
        facades=(_RIBBON, _PLAIN, _SPECKLE, _RIBBON, _PLAIN),
        high_facades=(_RIBBON, _PLAIN, _RIBBON, _PILASTERS, _CURTAIN),
        flat_share=0.9,
    ),
    Age.RECENT: Style(
        walls=(M.WHITE, M.GREY, M.TAN, M.BRICK, M.WHITE, M.SKY, M.DARK, M.IVORY),
        trims=(M.WHITE, M.GREY, M.WHITE),
        roofs=(M.DARK, M.TIN, M.WHITE),
        flat_roofs=(M.TIN, M.DARK, M.WHITE, M.TIN, M.GRAVEL, M.WHITE),
        facades=(_CURTAIN, _RIBBON, _PLAIN, _CURTAIN),
        high_facades=(_CURTAIN, _RIBBON, _CURTAIN),
        flat_share=0.95,
    ),
    Age.HOME: Style(
        walls=(
            *(M.WHITE, M.CREAM, M.OCHRE, M.BRICK, M.IVORY, M.SKY, M.MINT, M.ROSE, M.RUST),
            *(M.GREY, M.PEACH, M.TAN, M.RUST),
        ),
        trims=(M.WHITE, M.WHITE, M.IVORY),
        roofs=(M.TERRA, M.DARK, M.RUST, M.BROWN, M.TERRA, M.TIN, M.SLATE, M.BRICK, M.DARK),
        flat_roofs=(M.DARK, M.GRAVEL, M.TIN),
        facades=(_PLAIN, _HEADS, _PLAIN, _SPECKLE),
        high_facades=(_PLAIN,),
        flat_share=0.08,
    ),
    Age.SHED: Style(
        walls=(M.WOOD, M.RUST, M.WHITE, M.GREY, M.CREAM, M.OCHRE, M.BROWN),
        trims=(M.WHITE,),
        roofs=(M.DARK, M.RUST, M.TIN, M.BROWN),
        flat_roofs=(M.DARK, M.TIN, M.GRAVEL),
        facades=(_PLAIN,),
        high_facades=(_PLAIN,),
        flat_share=0.5,
    ),
    Age.WORKS: Style(
        walls=(M.GREY, M.BRICK, M.WHITE, M.TIN, M.SLATE, M.CREAM, M.BRICK),
        trims=(M.GREY, M.WHITE),
        roofs=(M.TIN, M.DARK, M.RUST, M.GREY),
        flat_roofs=(M.TIN, M.DARK, M.GREY, M.GRAVEL),
        facades=(_RIBBON, _SPECKLE, _PLAIN),
        high_facades=(_RIBBON, _PLAIN),
        flat_share=0.55,
    ),
}
