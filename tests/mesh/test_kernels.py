from pathlib import Path

import numba
import numpy as np

from isogen import pixelart
from isogen.kernels import imported_by, part


@part
def _half(x: int, y: float) -> float:
    return x // 2 + y


@numba.njit  # without a cache: it is compiled here
def _mixed(narrow: np.int32, wide: int) -> float:
    return _half(narrow, 1) + _half(wide, 1.0) + _half(narrow > wide, narrow)


def test_a_part_is_compiled_once_for_all_numbers():
    assert _mixed(np.int32(6), 4) == (3 + 1) + (2 + 1) + (0 + 6)
    assert len(_half.signatures) == 1


def test_a_change_of_a_module_that_is_imported_from_its_package_is_seen():
    walls = Path(pixelart.__file__).with_name("walls.py")
    assert {"works.py", "masonry.py", "inks.py"} <= {path.name for path in imported_by(walls)}
