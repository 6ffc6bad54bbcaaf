"""The words that flavors are written in, besides those of the mesh vocabulary."""

from enum import IntEnum


class Age(IntEnum):
    """When, or for what, a building was made: which details are its own."""

    CLASSICAL = 0
    """Before 1870: low, calm, plastered."""
    JUGEND = 1
    """To 1922: oriels, corner turrets, mansards, strong colors, brick."""
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


class Shape(IntEnum):
    """Shape of a roof."""

    FLAT = 0
    HIPPED = 1
    GABLED = 2
    MANSARD = 3
    GAMBREL = 4
    PYRAMIDAL = 5
    SKILLION = 6
    ROUND = 7
    DOME = 8
    ONION = 9
    CONE = 10
    HALF_HIPPED = 11
    SIDE_HIPPED = 12
    SALTBOX = 13
    SAWTOOTH = 14
    CROSSPITCHED = 15
    BUTTERFLY = 16
    GABLED_ROW = 17
    IRIMOYA = 18


class Use(IntEnum):
    """What a building is for."""

    APARTMENTS = 0
    HOUSE = 1
    """One family, on its own plot."""
    TERRACE = 2
    """One family, wall to wall with its neighbors."""
    OFFICE = 3
    RETAIL = 4
    INDUSTRIAL = 5
    CIVIC = 6
    SCHOOL = 7
    SHED = 8


class Crown(IntEnum):
    """Sort of a tree."""

    BROADLEAF = 0
    CONIFER = 1
    BIRCH = 2
    PALM = 3
    CYPRESS = 4
    BLOSSOM = 5


class Kerb(IntEnum):
    """Small thing that stands beside streets."""

    PHONE_BOX = 0
    POST_BOX = 1
    HYDRANT = 2
    NEWS_RACKS = 3
    VENDING_MACHINES = 4
    SCOOTER = 5


class Fence(IntEnum):
    """What parts a garden from the street."""

    NONE = 0
    HEDGE = 1
    PICKET = 2
    WALL = 3
    IRON = 4
