"""Tells pictures from other answers, before anybody decodes them."""

from isogen.errors import ModelAnswerError

_PNG, _JPEG, _RIFF, _WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"WEBP"


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
