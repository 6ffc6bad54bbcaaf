"""Versions of the libraries that make pictures: checked against these, installed by the server."""

from importlib.metadata import PackageNotFoundError, version

from isogen.errors import InputError

HINT = "pip install 'isogen[diffusers]'"

TESTED = {
    "accelerate": "1.15.0",
    "diffusers": "0.42.1",
    "peft": "0.21.2",
    "torch": "2.13.0",
    "transformers": "5.23.0",
}

SERVER = {
    "fastapi": "0.165.0",
    "numpy": "2.4.6",
    "orjson": "3.13.0",
    "pillow": "13.0.0",
    "pybase64": "1.5.1",
    "python-multipart": "0.0.34",
    "torchvision": "0.28.0",
}
"""What a server on a bare machine needs besides; torchvision reads pictures for the encoder."""

EXACT = ("diffusers", "peft", "transformers")
"""Of these another version may put out another picture, without a word about it."""


def check_versions() -> None:
    """Make sure that the libraries are there, and are those that were tested.

    Raises:
        InputError: One is missing, or is of another version where that matters.
    """
    for name, tested in TESTED.items():
        try:
            found = version(name)
        except PackageNotFoundError as error:
            raise InputError(f"{name} is not installed", hint=HINT) from error
        if name in EXACT and found != tested:
            raise InputError(
                f"{name} {found} was not tested with this model, expected {tested}", hint=HINT
            )
