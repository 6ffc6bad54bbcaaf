import numpy as np
import pytest

from isogen.geo.camera import Camera
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.cell import CellKey, CellParts, cell_side
from isogen.mesh.solids import Frame, Span, box, gable
from isogen.mesh.vocabulary import Facade, FlatStyle, Ground, Kind, Material, WallStyle
from isogen.render.draw import load_cells

HERE = CellKey(0, 0)


@pytest.fixture(scope="session")
def camera():
    return Camera(-15.0, 45.0, 300 / 1024, 2)


def _village(camera, key):
    """A ground with a house, a tower, a tree and a pond near two edges of the cell."""
    builder, side = MeshBuilder(camera), cell_side(camera)

    def at(x, y):
        e, n = camera.from_art(np.array([x + key.i * side, y + key.j * side], float)).tolist()
        return e, n

    ring = [(*at(x, y), 0.0) for x, y in ((0, side), (side, side), (side, 0), (0, 0))]
    builder.polygon(ring, Look(Material.WALK), Kind.GROUND, 0)
    look = Look(Material.OCHRE, seed=77, floors=4, trim=Material.WHITE, flags=Facade.HEADS)
    obj = box(
        builder, Frame(at(60, 470), camera.right), Span(-14, 14, -9, 9, 0, 20), look, None,
        casts=True,
    )  # fmt: skip
    roof = Look(Material.TIN, 5, seed=9)
    gable(
        builder, Frame(at(60, 470), camera.right), Span(-14, 14, -9, 9, 20, 30), roof,
        Look(Material.OCHRE), obj,
    )  # fmt: skip
    box(
        builder, Frame(at(470, 60), camera.forward), Span(-9, 9, -9, 9, 0, 90),
        Look(Material.GLASS, WallStyle.CURTAIN, seed=3), Look(Material.GREY, FlatStyle.HELIPAD),
        casts=True,
    )  # fmt: skip
    builder.ball((*at(100, 490), 6.0), 3.0, 5.0, Look(Material.TREE, seed=5), builder.new_object())
    ground = np.full((side, side), Ground.GRASS, np.uint8)
    ground[400:, 120:300] = Ground.WATER
    ground[200:260] = Ground.ROAD
    return CellParts(builder.mesh(), builder.casters(), ground)


@pytest.fixture(scope="session")
def parts(camera):
    keys = [CellKey(i, j) for j in range(-1, 2) for i in range(-1, 2)]
    return {key: _village(camera, key) for key in keys}


@pytest.fixture(scope="session")
def cells(parts, camera):
    return load_cells(parts, camera)
