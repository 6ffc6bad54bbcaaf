"""The endless city as a source of cells."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from isogen.errors import BoundsError, InputError
from isogen.geo.camera import Camera, Floats
from isogen.mesh.builder import MeshBuilder
from isogen.mesh.cell import CellFacts, CellKey, CellParts, cell_box
from isogen.mesh.model import CELL_FACES
from isogen.scene.procedural.blocks import lay_out
from isogen.scene.procedural.lattice import PITCH_X, PITCH_Y, BlockKey, Lattice
from isogen.scene.procedural.solids import BlockBuilder

EXTENT_M = 1_000_000.0
"""Half side of the square in which the city is built: positions have 32 bits."""

Classes = NDArray[np.uint8]


@dataclass(frozen=True)
class ProceduralSource:
    """A city without end, of a seed. What a cell holds follows from its key alone."""

    camera: Camera
    seed: int

    @property
    def extent(self) -> Floats:
        """A square far larger than any map, plane meters, shape (4, 2)."""
        return EXTENT_M * np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])

    @cached_property
    def _lattice(self) -> Lattice:
        return Lattice(self.camera)

    def facts(self, key: CellKey) -> CellFacts:  # noqa: ARG002  the same everywhere
        """Count nothing: what is invented is neither told nor inferred."""
        return CellFacts()

    def build(self, key: CellKey) -> CellParts:
        """Build one cell; the same key always gives the same parts.

        Raises:
            BoundsError: The cell lies outside the extent.
            InputError: The camera sees so much in a cell that its faces have no names left.
        """
        box = cell_box(key, self.camera)
        self._check(key, box)
        builder = MeshBuilder(self.camera)
        for block in self._lattice.anchored(key):
            lay_out(self.seed, block).raise_on(BlockBuilder(builder, self._lattice, block))
        mesh = builder.mesh()
        if len(mesh.faces) > CELL_FACES:
            raise InputError(
                f"cell {tuple(key)} has {len(mesh.faces)} faces, at most {CELL_FACES} fit",
                hint="Raise the camera's elevation_deg or its pixel_size.",
            )
        return CellParts(mesh, builder.casters(), self.ground(box))

    def ground(self, box: tuple[int, int, int, int]) -> Classes:
        """Paint the ground of any box of the plane: x0, y0, x1, y1 in art pixels.

        Returns:
            Ground classes of shape (y1 - y0, x1 - x0); a pixel's class does not depend
            on the box.
        """
        x, y = self._lattice.under_pixels(box)
        columns, rows = x // PITCH_X, y // PITCH_Y
        i0, j0 = int(columns.min()), int(rows.min())
        shape = (int(rows.max()) - j0 + 1) * PITCH_Y, (int(columns.max()) - i0 + 1) * PITCH_X
        mosaic = np.zeros(shape, np.uint8)
        wide = shape[1] // PITCH_X
        touched = np.bincount(((rows - j0) * wide + columns - i0).ravel())
        for number in np.flatnonzero(touched).tolist():
            j, i = divmod(number, wide)
            block = lay_out(self.seed, BlockKey(i + i0, j + j0))
            mosaic[j * PITCH_Y : (j + 1) * PITCH_Y, i * PITCH_X : (i + 1) * PITCH_X] = block.ground
        return mosaic[y - j0 * PITCH_Y, x - i0 * PITCH_X]

    def _check(self, key: CellKey, box: tuple[int, int, int, int]) -> None:
        corners = np.array([(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])], np.float64)
        if np.abs(self.camera.from_art(corners)).max() > EXTENT_M:
            raise BoundsError(
                f"cell {tuple(key)} lies more than {EXTENT_M / 1000:.0f} km from the origin",
                hint="Ask for quadrants nearer to the origin.",
            )
