"""Which trees grow in a place, where no tag says it."""

from dataclasses import dataclass

from isogen.scene.flavors.schema import Habits
from isogen.scene.flavors.words import Crown

BLOSSOM_SHARE = 0.25
"""A flavor's trees in flower are in flower for a quarter of the year."""


@dataclass(frozen=True)
class Growth:
    """Shares of trees that nobody has described, each in [0, 1]; the rest are broadleaved."""

    conifers: float = 0.13
    """Of the trees in woods and groves."""

    birches: float = 0.1
    cypresses: float = 0.02
    palms: float = 0.0
    """Of the trees in streets and gardens, too."""

    blossoms: float = 0.02
    """Trees in flower, in parks and gardens."""

    autumn: float = 0.012
    """Trees that have turned."""


TEMPERATE = Growth()


def growth_of(habits: Habits) -> Growth:
    """Return the growth that a flavor's weights of crowns ask for."""
    weights = habits.crowns
    whole = sum(weights.values()) or 1.0

    def share(crown: Crown) -> float:
        return round(weights.get(crown, 0) / whole, 9)

    return Growth(
        conifers=share(Crown.CONIFER),
        birches=share(Crown.BIRCH),
        cypresses=share(Crown.CYPRESS),
        palms=share(Crown.PALM),
        blossoms=share(Crown.BLOSSOM) * BLOSSOM_SHARE,
    )
