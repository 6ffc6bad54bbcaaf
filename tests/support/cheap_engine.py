"""An engine that needs no model: it answers at once, or when it is told to."""

import threading
from dataclasses import dataclass, field

from PIL import Image, ImageOps

from isogen.errors import ModelRefusedError


@dataclass
class CheapEngine:
    """Turns colors around and adds the seed to red; a gate holds it back."""

    name: str = "cheap"
    revision: str | None = "1"
    gate: threading.Event = field(default_factory=threading.Event)
    working: threading.Event = field(default_factory=threading.Event)
    batches: list[list[int]] = field(default_factory=list)
    """Seeds, batch by batch, as they were worked on."""

    refused: set[int] = field(default_factory=set)
    """Seeds that it refuses, with the whole batch."""

    def __post_init__(self):
        self.gate.set()

    def load(self):
        """Nothing is needed."""

    def edit(self, jobs):
        self.working.set()
        assert self.gate.wait(20)
        self.batches.append([job.seed for job in jobs])
        return [self._edited(job) for job in jobs]

    @property
    def seeds(self):
        """Seeds of everything worked on."""
        return [seed for batch in self.batches for seed in batch]

    def _edited(self, job):
        if job.prompt == "refuse" or job.seed in self.refused:
            raise ModelRefusedError("this picture is not wanted")
        if job.prompt == "break":
            raise ZeroDivisionError("broken")
        red, green, blue = ImageOps.invert(job.image).split()
        return Image.merge("RGB", (red.point(lambda v: (v + job.seed) % 256), green, blue))
