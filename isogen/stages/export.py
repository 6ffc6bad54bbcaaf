"""Layers to what leaves isogen: Deep Zoom folders and the static site."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import log2
from pathlib import Path

from isogen.errors import InputError, ObjectMissingError
from isogen.export import dzi, site
from isogen.export.build import build_tiles
from isogen.export.dzi import DeepZoom, deep_zoom
from isogen.export.folder import check_replaceable, write_folder
from isogen.export.pyramid import Codec, Grid, Leaf, Pyramid, Tile, plan_pyramid
from isogen.export.site import Attribution, Site, SiteLayer, View
from isogen.geo.grid import Quadrant, Region
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.run.local import run_each, worker_count
from isogen.stages.project import Project, Reporter, Silent
from isogen.stages.source import read_source

SITE_LAYERS = (("generation", "Pixel art"), ("render", "Render"))
"""Layers that the site shows, with their titles; the first one comes first."""

_TILES_PER_WORKER = 200
_VOID_TONE = 1


@dataclass(frozen=True)
class ExportSummary:
    """What an export came to."""

    folder: Path
    quadrants: int
    tiles_made: int
    """Tiles that were not in the cache."""

    changed: bool
    """Whether the folder was written."""


def export_dzi(
    project: Project,
    *,
    layer: str = "generation",
    out: Path | None = None,
    force: bool = False,
    jobs: int = 0,
    reporter: Reporter | None = None,
) -> ExportSummary:
    """Write a layer as Deep Zoom: only tiles above changed quadrants are made.

    Args:
        project: What is exported.
        layer: Name of the layer.
        out: Folder to write instead of the one for exports; an earlier export is replaced.
        force: Replace ``out`` whatever is in it.
        jobs: Most worker processes; 0 means one per core.
        reporter: Told of the progress.

    Raises:
        ObjectMissingError: The layer has no quadrants.
        InputError: ``out`` holds what is not of an earlier export.
        StorageError: The disk refused.
    """
    if out:
        _check_apart(project, out)
        check_replaceable(out, dzi.TOP_NAMES, dzi.is_deep_zoom, force=force)
    leaves = _leaves(project, layer)
    zoom = deep_zoom(_pyramid_of(project, leaves))
    made = _build(zoom, jobs, f"tiles of {layer}", reporter or Silent())
    folder = out or project.exports / "dzi" / layer
    return ExportSummary(folder, len(leaves), made, write_folder(zoom.files(), folder))


def export_site(
    project: Project,
    *,
    out: Path | None = None,
    force: bool = False,
    jobs: int = 0,
    reporter: Reporter | None = None,
) -> ExportSummary:
    """Write the static site with every layer that people look at.

    Args:
        project: What is exported.
        out: Folder to write instead of the one for exports; an earlier export is replaced.
        force: Replace ``out`` whatever is in it.
        jobs: Most worker processes; 0 means one per core.
        reporter: Told of the progress.

    Raises:
        ObjectMissingError: There is no generation yet.
        InputError: The viewer page is not built, or ``out`` holds what is not of an
            earlier export.
        StorageError: The disk refused.
    """
    if out:
        _check_apart(project, out)
        check_replaceable(out, site.TOP_NAMES, site.is_site, force=force)
    leaves = {name: _leaves(project, name) for name, _ in SITE_LAYERS}
    grid = Grid.covering(q for held in leaves.values() for q in held)
    layers: list[SiteLayer] = []
    made = 0
    for name, title in SITE_LAYERS:
        zoom = deep_zoom(_pyramid_of(project, leaves[name], grid))
        made += _build(zoom, jobs, f"tiles of {name}", reporter or Silent())
        layers.append(SiteLayer(name, title, zoom))
    made_site = _site(project, tuple(layers), leaves["generation"])
    folder = out or project.exports / "site"
    changed = write_folder(made_site.files(), folder)
    return ExportSummary(folder, len(leaves["generation"]), made, changed)


def _check_apart(project: Project, out: Path) -> None:
    """Refuse to replace a folder that the project lies in, even when forced."""
    if project.root.resolve().is_relative_to(out.resolve()):
        raise InputError(
            f"the project lies in {out}, which an export would replace",
            hint="Choose another folder.",
        )


def _site(project: Project, layers: tuple[SiteLayer, ...], quadrants: Iterable[Quadrant]) -> Site:
    source, params = read_source(project), project.params
    zoom = params.export.site.default_zoom
    void = project.style().palette(params.generate.palette).colors[VOID_RAMP * TONES + _VOID_TONE]
    return Site(
        title=params.title,
        projection=params.projection,
        layers=layers,
        attribution=(
            Attribution(source.attribution, source.url),
            Attribution("isogen"),
        ),
        view=None if zoom is None else View(*_middle(quadrants), log2(zoom)),
        void_color="#" + bytes(void).hex(),
    )


def _middle(quadrants: Iterable[Quadrant]) -> tuple[float, float]:
    """Return screen x and y of the middle of what quadrants cover."""
    x0, y0, x1, y1 = Region.of(quadrants).box
    return (x0 + x1) / 2, (y0 + y1) / 2


def _leaves(project: Project, layer: str) -> dict[Quadrant, Leaf]:
    store = project.layer(layer)
    leaves = {
        Quadrant(r.x, r.y): Leaf(r.sha256, store.objects.path_of(r.sha256)) for r in store.rows()
    }
    if not leaves:
        raise ObjectMissingError(
            f"layer {layer} has no quadrants yet",
            hint="Run `isogen render` and `isogen generate` first.",
        )
    return leaves


def _pyramid_of(
    project: Project, leaves: dict[Quadrant, Leaf], grid: Grid | None = None
) -> Pyramid:
    codec = Codec(project.params.export.codec)
    return plan_pyramid(leaves, project.cache / "pyramid", codec, grid)


def _build(zoom: DeepZoom, jobs: int, what: str, reporter: Reporter) -> int:
    reporter.begin(what, sum(len(level) for level in zoom.stages))

    def spread(function: Callable[[Tile], None], tiles: Iterable[Tile], /) -> Iterator[None]:
        wanted = list(tiles)
        workers = worker_count(jobs, len(wanted), _TILES_PER_WORKER)
        for done in run_each(function, wanted, workers=workers, start=_start):
            reporter.advance()
            yield done.result

    made = build_tiles(zoom.stages, spread)
    reporter.end()
    return made


def _start() -> None:
    """Prepare nothing: a tile knows all it needs."""
