"""How a server says that something is wrong."""

from dataclasses import dataclass

from isogen.errors import InputError, ModelRefusedError


@dataclass(eq=False)
class ApiError(Exception):
    """An answer that is no picture."""

    status: int
    """Of HTTP."""

    kind: str
    """For programs."""

    message: str
    """For people."""

    retry_after_s: int | None = None
    """When it is worth asking again."""

    def __post_init__(self) -> None:
        super().__init__(self.message)


def of_engine(error: Exception) -> ApiError:
    """Return what a caller is told about an error of the engine."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, InputError | ModelRefusedError):
        return ApiError(422, "refused", str(error))
    return ApiError(500, "inference_failed", f"{type(error).__name__}: {error}")
