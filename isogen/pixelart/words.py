"""Words and colors in the files of a style."""

from collections.abc import Callable
from enum import IntEnum
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from isogen.mesh.vocabulary import Ground, Material


def _named(words: type[IntEnum], what: str) -> Callable[[str], str]:
    """Return a check that a text is a word of the vocabulary, in small letters."""

    def check(name: str) -> str:
        if name != name.lower() or name.upper() not in words.__members__:
            raise PydanticCustomError("name", "no {what} has this name", {"what": what})
        return name

    return check


MaterialName = Annotated[str, AfterValidator(_named(Material, "material"))]
GroundName = Annotated[str, AfterValidator(_named(Ground, "ground class"))]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
ColorOrBlank = Annotated[str, StringConstraints(pattern=r"^(#[0-9a-f]{6})?$")]
