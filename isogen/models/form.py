"""Writes forms with files (multipart/form-data)."""

from collections.abc import Iterable, Mapping

_LINE = b"\r\n"


def encode_form(
    fields: Mapping[str, str], pictures: Iterable[tuple[str, bytes]], *, boundary: str
) -> tuple[str, bytes]:
    """Return the type and the body of a form.

    Args:
        fields: Text by name; names are English letters and underscores.
        pictures: Names and bytes of PNG files.
        boundary: What stands in no field and no file: a digest of them.
    """
    parts: list[bytes] = []
    for name, text in fields.items():
        parts += [_head(boundary, f'name="{name}"'), _LINE, text.encode(), _LINE]
    for name, picture in pictures:
        about = f'name="{name}"; filename="{name}.png"'
        parts += [_head(boundary, about), b"Content-Type: image/png\r\n", _LINE, picture, _LINE]
    parts.append(f"--{boundary}--\r\n".encode())
    return f"multipart/form-data; boundary={boundary}", b"".join(parts)


def _head(boundary: str, about: str) -> bytes:
    return f"--{boundary}\r\nContent-Disposition: form-data; {about}\r\n".encode()
