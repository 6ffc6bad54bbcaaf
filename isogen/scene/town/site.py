"""One building about to be built: where, from what, and how it looks."""

from dataclasses import dataclass, replace

from shapely import Polygon

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Plan
from isogen.mesh.vocabulary import Facade, Material
from isogen.scene.osm.features import Feature
from isogen.scene.osm.tags import Tags
from isogen.scene.town.context import Town
from isogen.scene.town.looks import BuildingLook
from isogen.seeds import Stream

_AWAY = 0.05


@dataclass(frozen=True)
class Site:
    """What the builders of buildings pass on."""

    builder: MeshBuilder
    town: Town
    feature: Feature[Polygon]

    index: int
    """Position among the town's buildings; -1 for a part that stands alone."""

    outline: Polygon
    """The footprint as it is drawn: shell counter-clockwise, holes clockwise."""

    look: BuildingLook
    obj: int

    @property
    def tags(self) -> Tags:
        """What the map says about the building."""
        return self.feature.tags

    def stream(self, purpose: int) -> Stream:
        """Return the random values of this building for one purpose."""
        return Stream(self.town.settings.seed, self.feature.id, purpose)

    def wall(self, height: float | None = None) -> Look:
        """Return how its street fronts are drawn, for a height in rises or its own storeys."""
        look = self.look
        floors = look.storeys if height is None else max(int((height - 4) / 4), 1)
        facade = look.facade if height is None else look.facade & ~Facade.SHOPS
        return Look(look.wall, 0, look.seed, floors, look.trim, facade)

    def blank(self, material: Material | None = None) -> Look:
        """Return a wall without windows."""
        return Look(self.look.wall if material is None else material, 0, self.look.seed)

    def on(self, outline: Polygon, look: BuildingLook | None = None) -> "Site":
        """Return the same building on another outline, as a new object."""
        obj = self.builder.new_object()
        return replace(self, outline=outline, look=look or self.look, obj=obj)

    def faces_viewer(self, inward: Plan) -> bool:
        """Tell whether an edge with this inner normal shows its outside to the viewer."""
        east, north = self.builder.camera.forward
        return inward[0] * east + inward[1] * north > -_AWAY

    def nearness(self, place: Plan) -> float:
        """Return how near a place is to the viewer: meters, for comparing places."""
        east, north = self.builder.camera.forward
        return -(place[0] * east + place[1] * north)

    def toward_viewer(self, frame: Frame) -> Frame:
        """Return the frame, turned around if ``along`` leads away from the viewer."""
        if self.nearness(frame.along) >= 0:
            return frame
        return Frame(frame.center, (-frame.along[0], -frame.along[1]))
