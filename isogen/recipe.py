"""What decides an object's pixels: maker, inputs, settings."""

from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from isogen.digest import Digest, canonical_json, digest_of

Setting = str | int | float | bool | None


@dataclass(frozen=True)
class Recipe:
    """Everything that decides an object's bytes; its digest is the memo key.

    What is not in here must not change the bytes. Two recipes with equal
    digests may share one object.
    """

    maker: str
    """Name and version of the code part, as ``pixelart/3``: bumped when its bytes change."""

    inputs: tuple[Digest, ...]
    """Digests of every object read, in the order in which the maker reads them."""

    settings: tuple[tuple[str, Setting], ...] = ()
    """Named values, each name once; kept sorted by name, given in any order."""

    def __post_init__(self) -> None:
        names = [name for name, _ in self.settings]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.maker}: a setting is given twice in {sorted(names)}")
        object.__setattr__(self, "settings", tuple(sorted(self.settings, key=itemgetter(0))))

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 over the canonical JSON of the three parts."""
        return digest_of(
            canonical_json(
                {"inputs": self.inputs, "maker": self.maker, "settings": dict(self.settings)}
            )
        )
