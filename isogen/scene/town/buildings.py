"""Builds any building: the one entry for outlines, and the one for parts that stand alone."""

from shapely import Polygon

from isogen.mesh.builder import MeshBuilder
from isogen.scene.osm.features import Feature
from isogen.scene.osm.tags import levels
from isogen.scene.town.buildings_kinds import Build, kind_of, sanctuary_of
from isogen.scene.town.context import Town
from isogen.scene.town.footing import stand
from isogen.scene.town.footprint import clean
from isogen.scene.town.looks import is_church, is_civic
from isogen.scene.town.parts import add_single_part, build_stack, has_shaped_parts
from isogen.scene.town.portico import build_civic
from isogen.scene.town.site import Site
from isogen.scene.town.small import build_ship
from isogen.scene.town.towers import build_tower, is_tower, tower_kind
from isogen.scene.town.worship import build_worship


def build_building(builder: MeshBuilder, town: Town, index: int) -> None:
    """Add a building and its parts.

    What is added depends only on the building, its parts and its neighbors, never on
    what the builder holds. Outlines too small to be seen add nothing.

    Args:
        builder: Where the faces go.
        town: Where the building stands.
        index: Its position in ``town.features.buildings``.
    """
    feature = town.features.buildings[index]
    outline = clean(feature.geometry)
    if outline is None:
        return
    site = _site(builder, town, feature, index, outline, max(town.storeys[index], 1))
    builder.source = feature.id
    stand(site)
    _builder_of(site)(site)
    builder.source = 0


def build_loose_part(builder: MeshBuilder, town: Town, part_index: int) -> None:
    """Add a building part that lies in no outline; one without any height adds nothing."""
    feature = town.features.parts[part_index]
    outline = clean(feature.geometry)
    if outline is None:
        return
    storeys = max(round(levels(feature.tags.get("building:levels")) or 1), 1)
    site = _site(builder, town, feature, -1, outline, storeys)
    builder.source = feature.id
    stand(site)
    add_single_part(site)
    builder.source = 0


def build_structure(builder: MeshBuilder, town: Town, feature: Feature[Polygon]) -> None:
    """Add what is built but no building: a chimney, a mast, a tank; nothing of other kinds."""
    outline = clean(feature.geometry)
    build = kind_of(feature.tags) or tower_kind(feature.tags)
    if outline is None or build is None:
        return
    builder.source = feature.id
    build(_site(builder, town, feature, -1, outline, 1))
    builder.source = 0


def _site(
    builder: MeshBuilder,
    town: Town,
    feature: Feature[Polygon],
    index: int,
    outline: Polygon,
    storeys: int,
) -> Site:
    look = town.looks.of(index) if index >= 0 else town.looks.of_part(feature, storeys)
    return Site(builder, town, feature, index, outline, look, builder.new_object())


def _builder_of(site: Site) -> Build:
    if site.tags.get("ship") == "yes":
        return build_ship
    build = kind_of(site.tags)
    if is_church(site.tags):
        sanctuary = sanctuary_of(site.tags)
        return sanctuary if sanctuary and not has_shaped_parts(site) else build_worship
    if build is not None and has_shaped_parts(site):
        build = build_stack
    if build is not None:
        return build
    if is_tower(site):
        return build_tower
    return build_civic if is_civic(site.tags) else build_stack
