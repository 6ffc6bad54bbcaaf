"""All settings of a map: params.yaml, read once and checked."""

from isogen.params.generation_config import Conversion, params_from_generation_config
from isogen.params.model import Params
from isogen.params.reading import read_params
from isogen.params.text import default_params_yaml, params_yaml

__all__ = [
    "Conversion",
    "Params",
    "default_params_yaml",
    "params_from_generation_config",
    "params_yaml",
    "read_params",
]
