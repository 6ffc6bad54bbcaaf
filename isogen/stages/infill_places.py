"""Where the pictures of quadrants lie while an infill model paints: in the map, or beyond it."""

from collections.abc import Iterable

from isogen.geo.grid import Quadrant
from isogen.stages.infill_work import Source
from isogen.stages.planning import MapPlan, padding_quadrants, painted_quadrants
from isogen.stages.project import Project
from isogen.store.layer import LayerStore
from isogen.store.row import Row


class Places:
    """Where the pictures of quadrants lie: in the map, or in its padding."""

    def __init__(
        self, project: Project, plan: MapPlan, generation: LayerStore, beyond: LayerStore
    ) -> None:
        """Look up what is painted where.

        Args:
            project: The project.
            plan: What is going to be painted.
            generation: The map's layer, open for writing.
            beyond: The padding's, likewise.
        """
        self._generation, self._padding = generation, beyond
        self._renders = project.layer("render"), project.padding.layer("render")
        art = painted_quadrants(project, with_art=True) - padding_quadrants(project)
        self._in_map = painted_quadrants(project) | art | plan.wanted
        self._beyond = plan.padding

    def count_padding(self, quadrants: Iterable[Quadrant]) -> int:
        """Return how many of these are painted beyond what was asked for."""
        return sum(quadrant in self._beyond for quadrant in quadrants)

    def layer_of(self, quadrant: Quadrant) -> LayerStore:
        """Return the layer that holds, or will hold, the generation of a quadrant."""
        is_own = quadrant in self._in_map and quadrant not in self._beyond
        return self._generation if is_own else self._padding

    def generation(self, quadrant: Quadrant) -> Source:
        """Return the picture of a painted quadrant."""
        layer = self.layer_of(quadrant)
        return Source(layer.objects, _known(layer, quadrant).sha256)

    def render(self, quadrant: Quadrant) -> Source:
        """Return the render of a quadrant that is to be painted."""
        layer = self._renders[quadrant in self._beyond]
        return Source(layer.objects, _known(layer, quadrant).sha256)


def _known(layer: LayerStore, quadrant: Quadrant) -> Row:
    row = layer.row(quadrant.x, quadrant.y)
    assert row is not None  # noqa: S101  the plan counts on what is there
    return row
