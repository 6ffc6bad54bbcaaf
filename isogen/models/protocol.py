"""What an infill model is asked and what it answers: the one protocol of all of them."""

from dataclasses import dataclass
from typing import Protocol

from isogen.digest import Digest, canonical_json, digest_of
from isogen.errors import InputError, ModelAnswerError
from isogen.params.infill import ModelParams

_PNG, _JPEG, _RIFF, _WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"WEBP"

Identity = tuple[tuple[str, str | int | float | bool | None], ...]
"""Names and values, besides the request, that decide what a model answers."""


@dataclass(frozen=True)
class EditRequest:
    """One picture to be completed."""

    template_png: bytes
    """The template: a lossless RGB PNG of 1024 x 1024 px."""

    prompt: str
    negative_prompt: str | None
    """None is without classifier-free guidance, which costs half; an empty text is with it."""

    seed: int
    """From 0 to 2^32 - 1; always chosen by the caller, so that asking again is safe."""

    references: tuple[bytes, ...] = ()
    """Examples of the style: RGB PNGs of 1024 x 1024 px, best first."""

    window: tuple[int, int] = (0, 0)
    """Pixel of the grid at the template's top-left corner; most models do not care."""


@dataclass(frozen=True)
class EditAnswer:
    """What a model made of a request, and what it took."""

    picture: bytes
    """The picture as it came: PNG, JPEG or WebP of any size."""

    model: str
    """What the service calls its model."""

    revision: str | None
    """Its weights or version, when the service tells."""

    attempts: int
    seconds: float
    """Of wall time, retries included."""

    cost_usd: float | None
    """What the service or the settings say that it cost; None when nobody knows."""


@dataclass(frozen=True)
class Check:
    """Whether a model could be called now, without having called it."""

    is_ready: bool
    told: str
    """What was found, in one line, keys masked."""

    hint: str = ""
    """What to do about it, when it is not ready."""

    is_set_up: bool = True
    """False when a key, an address, a library or a device is missing here, or wrong."""

    @classmethod
    def failed(cls, error: Exception, hint: str = "") -> "Check":
        """Return a check that ended with an error.

        Args:
            error: An InputError is a wrong set-up; any other may pass.
            hint: What to do when the error itself does not say.
        """
        return cls(
            is_ready=False,
            told=str(error),
            hint=getattr(error, "hint", "") or hint,
            is_set_up=not isinstance(error, InputError),
        )


class InfillModel(Protocol):
    """A model that completes templates; any number of threads may call it at once."""

    @property
    def name(self) -> str:
        """Its name in the settings."""
        ...

    @property
    def params(self) -> ModelParams:
        """Its settings."""
        ...

    @property
    def identity(self) -> Identity:
        """What decides its answers besides the request; never a key or a password."""
        ...

    def edit(self, request: EditRequest) -> EditAnswer:
        """Complete one picture; asking again with an equal request is idempotent.

        Raises:
            ModelRefusedError: It will never answer this request.
            ModelUnavailableError: It did not answer in time; trying again later is safe.
            ModelAnswerError: It answered with something that is no picture.
            MissingKeyError: A key or an address is not in the environment.
        """
        ...

    def check(self) -> Check:
        """Tell whether it could be called, by a request that costs nothing."""
        ...

    def close(self) -> None:
        """Let go of connections and memory; closing twice does nothing."""
        ...


def request_key(identity: Identity, request: EditRequest) -> Digest:
    """Return the digest of everything that decides an answer: equal keys are never paid twice."""
    return digest_of(
        canonical_json(
            {
                "model": dict(identity),
                "template": digest_of(request.template_png),
                "prompt": request.prompt,
                "negative_prompt": request.negative_prompt,
                "seed": request.seed,
                "references": [digest_of(png) for png in request.references],
                "window": request.window,
            }
        )
    )


def checked_picture(data: bytes, model: str) -> bytes:
    """Return a picture as it came.

    Raises:
        ModelAnswerError: It does not begin as a PNG, a JPEG or a WebP does.
    """
    if data.startswith((_PNG, _JPEG)) or (data[:4] == _RIFF and data[8:12] == _WEBP):
        return data
    raise ModelAnswerError(
        f"model {model} answered with {len(data)} bytes that are no PNG, JPEG or WebP"
    )
