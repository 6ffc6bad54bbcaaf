"""Where the pictures of quadrants lie while an infill model paints: in the map, or beyond it."""

from collections.abc import Iterable

from isogen.geo.grid import Quadrant
from isogen.stages.infill_work import Source
from isogen.stages.painted import MapLayers
from isogen.stages.planning import MapPlan
from isogen.store.layer import LayerStore
from isogen.store.row import Row


class Places:
    """Where the pictures of quadrants lie: in the map, or in its padding."""

    def __init__(self, layers: MapLayers, plan: MapPlan) -> None:
        """Say where pictures lie and go.

        Args:
            layers: Of the map and its padding; those of the generations are open for writing.
            plan: What is going to be painted; what it adopts lies in the map by now.
        """
        self._generation, self._padding = layers.generations, layers.padding_generations
        self._renders = layers.renders, layers.padding_renders
        self._beyond = plan.padding
        self._in_padding = plan.padding | plan.beside

    def count_padding(self, quadrants: Iterable[Quadrant]) -> int:
        """Return how many of these are painted beyond what was asked for."""
        return sum(quadrant in self._beyond for quadrant in quadrants)

    def layer_of(self, quadrant: Quadrant) -> LayerStore:
        """Return the layer that holds, or will hold, the generation of a quadrant."""
        return self._padding if quadrant in self._in_padding else self._generation

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
