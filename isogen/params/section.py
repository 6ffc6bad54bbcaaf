"""What all groups of settings have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

Label = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\p{C}\p{Zl}\p{Zp}]+$")
]
"""One line of text without control characters."""


class Section(BaseModel):
    """A group of settings; one that is left empty has its defaults."""

    model_config = ConfigDict(
        allow_inf_nan=False,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        strict=True,
        use_attribute_docstrings=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_default(cls, value: object) -> object:
        return {} if value is None else value
