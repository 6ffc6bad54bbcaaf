"""The settings, section by section.

The docstring of a setting is also its comment in the file that ``isogen init`` writes and
the hint of the message that refuses a wrong value: it says the unit and what is allowed.
"""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    Tag,
)

from isogen.geo.camera import Camera
from isogen.geo.grid import Region
from isogen.geo.wgs84 import Projection
from isogen.params.infill import AnyModelParams
from isogen.params.named_models import NamedModels, find_model
from isogen.params.painting import GenerateParams
from isogen.params.section import Label, Section

VIEW_PX = 1024
"""Height in screen pixels of the view that ``view_height_m`` speaks of: one tile."""

SOURCE_TAG, RECTANGLE_TAG, BOUNDS_TAG = "is source", "is a rectangle", "is a bounds file"
REGION_TAGS = (SOURCE_TAG, RECTANGLE_TAG, BOUNDS_TAG)
"""What pydantic calls the choices of a region: part of its locations, not of ours."""

Density = Annotated[float, Field(ge=0, le=2)]
Index = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
Corner = Annotated[tuple[Index, Index], Strict(strict=False)]
FilePath = Annotated[Path, Strict(strict=False)]


class OriginParams(Section):
    """A place in WGS84."""

    lat: float = Field(default=60.1718, ge=-90, le=90)
    """Degrees north, from -90 to 90."""

    lng: float = Field(default=24.9455, ge=-180, le=180)
    """Degrees east, from -180 to 180."""

    height_m: float = Field(default=0.0, ge=-1000, le=10000)
    """Meters of the ground above the WGS84 ellipsoid, from -1000 to 10000."""


class RectangleRegion(Section):
    """All quadrants between two corners."""

    model_config = ConfigDict(title=RECTANGLE_TAG)

    first: Corner = Field(alias="from")
    """[x, y] of one corner quadrant, included; each from -1000000 to 1000000."""

    last: Corner = Field(alias="to")
    """[x, y] of the opposite corner quadrant, included; each from -1000000 to 1000000."""

    @property
    def region(self) -> Region:
        """The quadrants.

        Raises:
            BoundsError: There are too many.
        """
        return Region.rectangle(self.first, self.last)


class BoundsRegion(Section):
    """All quadrants that show some of a GeoJSON area."""

    model_config = ConfigDict(title=BOUNDS_TAG)

    bounds: FilePath
    """A GeoJSON file; relative to the folder of params.yaml."""


def _region_tag(value: Any) -> str | None:  # noqa: ANN401  YAML
    if isinstance(value, BoundsRegion) or (isinstance(value, dict) and "bounds" in value):
        return BOUNDS_TAG
    if isinstance(value, dict | RectangleRegion):
        return RECTANGLE_TAG
    return SOURCE_TAG if value == "source" else None


RegionSetting = Annotated[
    Annotated[Literal["source"], Tag(SOURCE_TAG)]
    | Annotated[RectangleRegion, Tag(RECTANGLE_TAG)]
    | Annotated[BoundsRegion, Tag(BOUNDS_TAG)],
    Discriminator(
        _region_tag,
        custom_error_type="region",
        custom_error_message=(
            "Input should be source, {from: [x, y], to: [x, y]} or {bounds: FILE}"
        ),
    ),
]


class MapParams(Section):
    """What is shown, and from where."""

    name: Label = "Helsinki"
    """Name of the map: text of 1 to 200 characters."""

    origin: OriginParams = OriginParams()
    """The place that the map is projected around: pixel (512, 512)."""

    azimuth_deg: float = Field(default=42.0, ge=-360, le=360)
    """Compass heading of screen-up: degrees clockwise from north, from -360 to 360.
    `isogen init EXTRACT` writes the one at which most walls and streets run diagonally."""

    elevation_deg: float = Field(default=45.0, ge=15, le=75)
    """Angle of the view above the horizon: degrees, from 15 to 75."""

    view_height_m: float = Field(default=300.0, ge=10, le=100_000)
    """Meters that 1024 screen pixels show, from 10 to 100000."""

    pixel_size: Literal[1, 2, 3, 4] = 2
    """Screen pixels across one art pixel: 1, 2, 3 or 4."""

    region: RegionSetting = "source"
    """Quadrants to make: source (all that the source covers), {from: [x, y], to: [x, y]}
    (corner quadrants, both included) or {bounds: FILE} (what a GeoJSON area touches)."""


class SceneParams(Section):
    """What stands there."""

    source: Literal["osm", "geojson", "procedural"] = "osm"
    """Where the scene comes from: osm (an OpenStreetMap extract), geojson (footprints, streets
    and ground of any city's open data) or procedural (an endless invented city)."""

    extract: Label = "Helsinki"
    """What is drawn: a bundled extract (helsinki or kotka) or a .osm.pbf file for osm, a
    .geojson file for geojson; relative to the folder of params.yaml."""

    flavor: Label = "auto"
    """How the region builds, for osm: auto (by the country of map.origin), nordic,
    central-european, mediterranean, british, american, japanese, generic, or a .toml file,
    relative to the folder of params.yaml."""

    overrides: FilePath | None = None
    """A GeoJSON file of what you say about single buildings, over what the map says, or null;
    relative to the folder of params.yaml."""

    seed: int = Field(default=7, ge=0, lt=1 << 32)
    """Decides all that is left to chance: a whole number from 0 to 4294967295."""

    edge: Literal["block", "mist", "paper"] = "block"
    """How the map ends where the source does: block (a cut through soil, rock and water), mist
    (it fades into the paper) or paper (a clean edge)."""

    tree_density: Density = 1.0
    """Trees, as a multiple of the usual number, from 0 to 2."""

    car_density: Density = 1.0
    """Cars, as a multiple of the usual number, from 0 to 2."""

    people_density: Density = 1.0
    """People, as a multiple of the usual number, from 0 to 2."""

    terrain: FilePath | None = None
    """Elevation of the ground, for osm: a GeoTIFF, a terrain-RGB or Terrarium PNG, or a folder
    of such tiles (z/x/y.png), relative to the folder of params.yaml; null is flat. Heights are
    taken relative to the ground at map.origin."""

    terrain_scale: float = Field(default=1.0, gt=0, le=10)
    """Heights of the terrain are drawn this many times as high as they are, up to 10."""


class RenderParams(Section):
    """How the scene is seen."""

    engine: Literal["raster"] = "raster"
    """What renders: raster (built in)."""


class DziParams(Section):
    """Deep Zoom pyramid; it has no settings of its own."""


class SiteParams(Section):
    """Static site."""

    title: Label | None = None
    """Title of the page: text of 1 to 200 characters, or null for the name of the map."""

    default_zoom: float | None = Field(default=None, gt=0, le=64)
    """Screen pixels per map pixel when the page opens, up to 64, or null to show the whole
    map."""


class ExportParams(Section):
    """What is written for others."""

    codec: Literal["png", "webp"] = "png"
    """Format of pyramid tiles: png or webp (both lossless)."""

    dzi: DziParams = DziParams()
    """Deep Zoom pyramid; it has no settings of its own."""

    site: SiteParams = SiteParams()
    """The static site."""


class StoreParams(Section):
    """How pictures are kept."""

    durability: Literal["full", "fast"] = "full"
    """full survives a power failure; fast leaves the flushing to the operating system."""


class RunParams(Section):
    """How work is done; changes no picture."""

    jobs: int = Field(default=0, ge=0, le=4096)
    """Processes at work at once, up to 4096; 0 is one per core. ISOGEN_JOBS overrides it."""


class Params(Section):
    """All settings. A section or setting that is left out has its default."""

    map: MapParams = MapParams()
    """What is shown, and from where."""

    scene: SceneParams = SceneParams()
    """What stands there."""

    render: RenderParams = RenderParams()
    """How the scene is seen."""

    generate: GenerateParams = GenerateParams()
    """How the picture is painted."""

    models: NamedModels = {}  # noqa: RUF012
    """Infill models by name, for generate.model. Known without an entry: modal, oxen, gemini,
    diffusers and local; an entry of one of these names changes some of its settings."""

    export: ExportParams = ExportParams()
    """What is written for others."""

    store: StoreParams = StoreParams()
    """How pictures are kept."""

    run: RunParams = RunParams()
    """How the work is done; changes no picture."""

    @cached_property
    def camera(self) -> Camera:
        """The camera of the map."""
        m = self.map
        return Camera(m.azimuth_deg, m.elevation_deg, m.view_height_m / VIEW_PX, m.pixel_size)

    @cached_property
    def projection(self) -> Projection:
        """The projection of the map."""
        origin = self.map.origin
        return Projection(origin.lat, origin.lng, origin.height_m, self.camera)

    def infill_model(self, name: str) -> AnyModelParams:
        """Return the settings of an infill model.

        Raises:
            ParamsError: Neither the settings nor isogen know one of that name.
        """
        return find_model(self.models, name)

    @property
    def title(self) -> str:
        """Title of the site."""
        return self.export.site.title or self.map.name
