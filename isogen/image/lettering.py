"""Capital letters three pixels wide and five high, to label charts with."""

import numpy as np
from numpy.typing import NDArray

HEIGHT_PX = 5
ADVANCE_PX = 4
"""From one letter to the next."""

_FORMS = {
    "A": "757 55", "B": "656 56", "C": "344 43", "D": "655 56", "E": "746 47", "F": "746 44",
    "G": "345 53", "H": "557 55", "I": "722 27", "J": "111 52", "K": "556 55", "L": "444 47",
    "M": "577 55", "N": "655 55", "O": "755 57", "P": "757 44", "Q": "755 71", "R": "756 55",
    "S": "342 16", "T": "722 22", "U": "555 57", "V": "555 52", "W": "557 75", "X": "552 55",
    "Y": "552 22", "Z": "712 47", "0": "255 52", "1": "262 27", "2": "612 47", "3": "712 16",
    "4": "557 11", "5": "746 16", "6": "347 57", "7": "711 22", "8": "757 57", "9": "757 16",
    "-": "007 00", ".": "000 02", ",": "000 24", ":": "020 20", "/": "112 44", "'": "220 00",
    "(": "122 21", ")": "211 12", "+": "027 20",
}  # fmt: skip
"""The five rows of each letter from the top, as octal digits: 4 is the left pixel."""


def lettered(text: str) -> NDArray[np.bool_]:
    """Return the pixels of a line of text; what has no form is a gap.

    Returns:
        Shape (``HEIGHT_PX``, ``ADVANCE_PX`` times the letters), True where there is ink.
    """
    out = np.zeros((HEIGHT_PX, ADVANCE_PX * len(text)), np.bool_)
    for k, letter in enumerate(text.upper()):
        rows = _FORMS.get(letter, "000 00").replace(" ", "")
        for row, digit in enumerate(rows):
            bits = [bool(int(digit) & bit) for bit in (4, 2, 1)]
            out[row, ADVANCE_PX * k : ADVANCE_PX * k + 3] = bits
    return out
