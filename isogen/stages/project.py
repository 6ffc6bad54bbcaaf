"""A project on disk: its folder, its settings, and where everything lies."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from isogen.errors import InputError
from isogen.files import Durability
from isogen.params import Params, read_params
from isogen.pixelart.style import Style, load_style
from isogen.store.layer import LayerStore

PARAMS_FILE = "params.yaml"

PADDING = Path("data/padding")
"""Folder of what is painted beyond the map, laid out like the map's own."""

LAYERS = ("faces", "render", "generation")
"""Layers that a map is made of, in the order in which they are made."""


class Reporter(Protocol):
    """Hears how far a stage is; the command line shows it, tests count it."""

    def begin(self, what: str, total: int) -> None:
        """Start a task of ``total`` steps."""
        ...

    def advance(self, steps: int = 1) -> None:
        """Count steps as done."""
        ...

    def tell(self, state: str) -> None:
        """Say how the task stands besides: what it has cost, what failed; the last word counts."""
        ...

    def end(self) -> None:
        """Finish the task."""
        ...

    def note(self, text: str) -> None:
        """Say something a person should know."""
        ...


class Silent:
    """A reporter that nobody listens to."""

    def begin(self, what: str, total: int) -> None:
        """Do nothing."""

    def advance(self, steps: int = 1) -> None:
        """Do nothing."""

    def tell(self, state: str) -> None:
        """Do nothing."""

    def end(self) -> None:
        """Do nothing."""

    def note(self, text: str) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class Project:
    """A folder with a params.yaml."""

    root: Path

    kept_in: Path = Path("data")
    """Folder of the layers and what happened to them, relative to the root."""

    @cached_property
    def params(self) -> Params:
        """The settings, read once.

        Raises:
            InputError: There is no params.yaml.
            ParamsError: A setting is wrong.
        """
        path = self.root / PARAMS_FILE
        if not path.is_file():
            raise InputError(
                f"there is no {PARAMS_FILE} in {self.root.resolve()}",
                hint="Run `isogen init` here, or name the project with --project.",
            )
        return read_params(path)

    @property
    def sources(self) -> Path:
        """Folder of the inputs."""
        return self.root / "data" / "sources"

    @property
    def scene(self) -> Path:
        """Folder of the scene."""
        return self.root / "data" / "scene"

    @property
    def cache(self) -> Path:
        """Folder of what may be removed at any time."""
        return self.root / "data" / "cache"

    @property
    def exports(self) -> Path:
        """Folder of what is made for others."""
        return self.root / "data" / "exports"

    @property
    def reports(self) -> Path:
        """Folder of measures and contact sheets."""
        return self.root / "data" / "reports"

    @property
    def styles(self) -> Path:
        """Folder of the project's own styles."""
        return self.root / "styles"

    def style(self) -> Style:
        """Return the style that the settings name, as its files say now.

        Raises:
            InputError: There is no such style.
            ParamsError: A file of it says what is not allowed.
        """
        return load_style(self.params.generate.style, self.styles)

    @property
    def padding(self) -> "Project":
        """The project with the layers of what is painted beyond the map, as context for it."""
        return replace(self, kept_in=PADDING)

    def layer(self, name: str) -> LayerStore:
        """Open a layer's store."""
        return LayerStore(
            self.root / self.kept_in, name, durability=Durability(self.params.store.durability)
        )
