"""One tree of errors. Each class carries the exit code of the command line.

A message names the thing, what was expected and what was found; ``hint`` says
what to do about it.
"""

from typing import ClassVar


class IsogenError(Exception):
    """Something failed that isogen can name."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputError(IsogenError):
    """The request is wrong."""

    exit_code = 2


class ParamsError(InputError):
    """A setting is unknown or has a value that is not allowed."""


class BoundsError(InputError):
    """A place, region or polygon is not one that can be drawn."""


class MissingKeyError(InputError):
    """A key or an address that a model needs is not in the environment."""


class DataError(IsogenError):
    """Stored files disagree with their record, or cannot be read."""

    exit_code = 3


class SourceError(DataError):
    """An input file (an extract, a table) is broken or not what it claims."""


class DigestMismatchError(DataError):
    """Bytes do not have the digest they are named by."""


class ObjectMissingError(DataError):
    """A record names an object that is not in the store."""


class SchemaVersionError(DataError):
    """A file was written by a version that this one does not know."""


class StorageError(IsogenError):
    """The disk refused: full, read-only or not permitted."""


class LockedError(IsogenError):
    """Another process is writing the same layer."""


class PlanError(IsogenError):
    """No legal step is left."""


class ServiceError(IsogenError):
    """Something outside failed; trying again is safe."""

    exit_code = 4


class RenderTimeoutError(ServiceError):
    """A frame was not complete in time."""


class ModelUnavailableError(ServiceError):
    """A model did not answer."""


class ModelRefusedError(IsogenError):
    """A model will never answer this request."""


class ModelAnswerError(ServiceError):
    """A model answered with something that is no picture."""
