"""What is painted beyond the map, as context for it: rendered, put aside, taken over."""

from collections.abc import Iterable, Sequence

from isogen.geo.grid import Quadrant, row_major
from isogen.scene.reader import SceneReader
from isogen.stages.painted import MapLayers, is_painted
from isogen.stages.project import Project, Reporter
from isogen.stages.quadrant_work import render_quadrant
from isogen.stages.quadrants import Request, run_steps
from isogen.stages.render import render_steps
from isogen.store.layer import LayerStore
from isogen.store.row import Row
from isogen.store.writer import LayerWriter


def render_padding(project: Project, quadrants: Iterable[Quadrant], reporter: Reporter) -> None:
    """Render quadrants of the padding from the scene as it is; there may be nothing to see."""
    chosen = sorted(quadrants, key=row_major)
    if not chosen:
        return
    reader = SceneReader(project.scene, project.params.camera)
    request = Request(
        steps=render_steps(reader, chosen),
        function=render_quadrant,
        what="render padding",
        keep_others=True,
        jobs=1,
    )
    run_steps(project.padding, request, reporter)


def move_row(row: Row, source: LayerStore, target: LayerStore, writer: LayerWriter) -> None:
    """Record a row in another layer as well, and copy its object there.

    Raises:
        DataError: The object is missing or broken.
        StorageError: The disk refused.
    """
    target.objects.put(source.objects.get(row.sha256))
    writer.record(row, seconds=0.0, attempts=0)


def take_over(
    layers: MapLayers, adopted: Iterable[Quadrant], writer: LayerWriter, aside: LayerWriter
) -> None:
    """Let padding become part of the map; what the map has painted is no padding any more.

    Padding that stayed beside the map's own picture of a quadrant would come back when that
    picture is lost, and not go with what was painted around it since.

    Args:
        layers: Of the map and its padding.
        adopted: Quadrants of the map that are painted as padding.
        writer: Of the map's layer of generations.
        aside: Of the padding's.

    Raises:
        DataError: A picture is missing or broken.
        StorageError: The disk refused.
    """
    layer, beyond = layers.generations, layers.padding_generations
    for quadrant in sorted(adopted, key=row_major):
        row = beyond.row(*quadrant)
        assert row is not None  # noqa: S101  the plan saw it
        move_row(row, beyond, layer, writer)
    renders = layers.renders
    own = [(row.quadrant, writer.state.rows.get(row.quadrant)) for row in beyond.rows()]
    aside.drop(q for q, row in own if row and is_painted(row, renders.row(*q), layer))


def put_aside(layers: MapLayers, rows: Sequence[Row], writer: LayerWriter) -> None:
    """Keep what leaves the map as padding, with its render: it was paid for.

    Args:
        layers: Of the map and its padding.
        rows: What an infill model painted and is no part of the map any more.
        writer: Of the padding's layer of generations.

    Raises:
        DataError: A picture is missing or broken.
        StorageError: The disk refused.
    """
    generations, aside = layers.generations, layers.padding_generations
    renders, renders_aside = layers.renders, layers.padding_renders
    with renders_aside.writing() as render_writer:
        for row in rows:
            move_row(row, generations, aside, writer)
            render = renders.row(row.x, row.y)
            if render is not None and renders.objects.has(render.sha256):
                move_row(render, renders, renders_aside, render_writer)
