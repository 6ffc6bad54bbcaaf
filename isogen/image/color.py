"""The colors of an answer against what is known: how far they drifted, and the way back."""

from dataclasses import dataclass

Row = tuple[float, float, float, float]


@dataclass(frozen=True)
class ColorMap:
    """An affine map of colors in linear light, each channel from 0 to 1."""

    rows: tuple[Row, Row, Row] = (
        (1.0, 0.0, 0.0, 0.0),
        (0.0, 1.0, 0.0, 0.0),
        (0.0, 0.0, 1.0, 0.0),
    )
    """Of red, green and blue: the weights of red, green and blue, and what is added."""

    @property
    def is_identity(self) -> bool:
        """Whether it changes nothing."""
        return self == IDENTITY


IDENTITY = ColorMap()
