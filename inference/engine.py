"""What an engine is asked: one picture to edit, and the promise that it answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image

BatchKey = tuple[object, ...]


@dataclass(frozen=True)
class EditJob:
    """One picture to be edited."""

    image: Image.Image = field(compare=False)
    """RGB, of any size."""

    prompt: str
    negative_prompt: str | None = None
    """None is without classifier-free guidance, at half the cost; an empty text is with it."""

    true_cfg_scale: float = 2.0
    steps: int = 14
    guidance_scale: float | None = 3.0
    seed: int = 0
    window: tuple[int, int] | None = None
    """Pixel of the grid at the picture's top-left corner, when the caller tells."""

    @property
    def batch_key(self) -> BatchKey:
        """What jobs have in common that may be worked on together."""
        return (
            self.image.size,
            self.prompt,
            self.negative_prompt,
            self.true_cfg_scale,
            self.steps,
            self.guidance_scale,
        )


class Engine(Protocol):
    """Something that edits pictures; only one thread calls it at a time."""

    @property
    def name(self) -> str:
        """What it calls its model."""
        ...

    @property
    def revision(self) -> str | None:
        """Its weights or version: answers of two revisions may differ."""
        ...

    def load(self) -> None:
        """Make ready, which may take minutes; loading twice does nothing.

        Raises:
            IsogenError: What it needs is missing.
        """
        ...

    def edit(self, jobs: Sequence[EditJob]) -> list[Image.Image]:
        """Edit jobs of one batch key; the pictures are RGB and in the order of the jobs.

        Raises:
            InputError: It cannot do one of these jobs; asking again is of no use.
            ModelRefusedError: It will never do one of these jobs.
        """
        ...
