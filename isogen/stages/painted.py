"""What of a map is painted: its layers and those of its padding, each read once."""

from collections.abc import Sequence
from dataclasses import dataclass

from isogen.geo.grid import Quadrant
from isogen.params.painting import PIXELART
from isogen.scene.files import index_path
from isogen.scene.reader import SceneReader
from isogen.stages.project import Project
from isogen.stages.render import render_steps
from isogen.store.layer import LayerStore
from isogen.store.row import Row

_BUILT_IN = PIXELART
"""How the makers of the built-in artist begin: what it painted, an infill model paints again."""


@dataclass(frozen=True)
class MapLayers:
    """The layers that an infill model looks at and paints."""

    renders: LayerStore
    generations: LayerStore

    padding_renders: LayerStore
    padding_generations: LayerStore

    @classmethod
    def of(cls, project: Project) -> "MapLayers":
        """Name the layers of a project; nothing is read before it is asked for."""
        beyond = project.padding
        return cls(
            project.layer("render"),
            project.layer("generation"),
            beyond.layer("render"),
            beyond.layer("generation"),
        )

    def render_of(self, quadrant: Quadrant) -> Row | None:
        """Return a render of the map or, where it has none, of its padding."""
        return self.renders.row(*quadrant) or self.padding_renders.row(*quadrant)


@dataclass(frozen=True)
class Painted:
    """Quadrants of the map whose pictures are there."""

    paid: dict[Quadrant, Row]
    """Painted by an infill model, or a person, from the renders that are there."""

    art: frozenset[Quadrant]
    """Painted by the built-in artist; empty unless asked for."""


def is_painted(row: Row, render: Row | None, generations: LayerStore) -> bool:
    """Tell whether a quadrant needs no call of a model.

    Args:
        row: Its row in the layer of generations.
        render: Its row in the layer of renders; absent while it is not rendered.
        generations: The layer that the row is of.

    Returns:
        True when an infill model, or a person, made it from the render that is there, and
        its object is there; settings of the model do not matter.
    """
    if row.maker.startswith(_BUILT_IN):
        return False
    is_of_render = render is None or not row.parents or render.sha256 in row.parents
    return is_of_render and generations.objects.has(row.sha256)


def painted_in_map(layers: MapLayers, *, with_art: bool) -> Painted:
    """Look at every quadrant of the map, painted or not; each object is looked for once.

    Args:
        layers: Of the map.
        with_art: Whether what the built-in artist painted is looked for too.
    """
    layer, renders = layers.generations, layers.renders
    rows = layer.rows()
    art = [row for row in rows if with_art and row.maker.startswith(_BUILT_IN)]
    return Painted(
        {row.quadrant: row for row in rows if is_painted(row, renders.row(row.x, row.y), layer)},
        frozenset(row.quadrant for row in art if layer.objects.has(row.sha256)),
    )


def padding_quadrants(project: Project, layers: MapLayers) -> frozenset[Quadrant]:
    """Return the quadrants that earlier runs painted beyond what was asked for.

    Those do not count whose render is not of the scene as it is now: nobody renders them
    again unless they are painted again.
    """
    layer = layers.padding_generations
    if not len(layer) or not index_path(project.scene).is_file():
        return frozenset()
    reader = SceneReader(project.scene, project.params.camera)
    rows = layer.rows()
    drawn = render_steps(reader, [row.quadrant for row in rows])
    present = [
        (row, step, layers.render_of(row.quadrant)) for row, step in zip(rows, drawn, strict=True)
    ]
    return frozenset(
        row.quadrant
        for row, step, render in present
        if render is not None
        and any(render.recipe == output.recipe for output in step.outputs)
        and is_painted(row, render, layer)
    )


def is_part(layers: MapLayers, quadrants: Sequence[Quadrant]) -> bool:
    """Tell whether what is painted of some quadrants was painted by one step of all of them.

    Parents begin with the renders of all that is painted together.
    """
    renders = [layers.render_of(q) for q in quadrants]
    together = tuple(row.sha256 for row in renders if row is not None)
    both = layers.generations, layers.padding_generations
    rows = [layer.row(*q) for q in quadrants for layer in both]
    return all(row.parents[: len(quadrants)] == together for row in rows if row)
