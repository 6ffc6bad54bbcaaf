"""Files written so that a crash leaves the old one or the new one, never a part."""

import errno
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from enum import StrEnum
from itertools import count
from pathlib import Path

from isogen.errors import StorageError

Opener = Callable[[str, int, int], int]
"""Opens a path with flags and mode, as ``os.open`` does."""

TEMP_SUFFIX = ".tmp"
"""End of the names of files that are not finished."""

_WRITE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
_FULL = ("the disk is full", "Free some space and run again: what is done is kept.")
_FORBIDDEN = ("writing is not permitted", "Check who owns the folder, and its mode.")
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: ("the file is larger than is allowed here", "Raise the limit of file sizes."),
    errno.EROFS: ("the disk is read-only", "Mount it writable, or choose another data folder."),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
}
_serial = count()


class Durability(StrEnum):
    """What a file must survive once it is written."""

    FULL = "full"
    """A power failure: contents and directory entries are flushed to the disk."""

    FAST = "fast"
    """A crash of the program, not of the machine."""


@contextmanager
def storage_errors(path: Path) -> Generator[None]:
    """Turn what the operating system refuses into a StorageError that names ``path``."""
    try:
        yield
    except OSError as error:
        known = _REASONS.get(error.errno or 0)
        reason, hint = known or (error.strerror or str(error), "Check the disk.")
        raise StorageError(f"cannot write {path}: {reason}", hint=hint) from error


def write_beside(
    path: Path,
    data: bytes,
    *,
    durability: Durability = Durability.FULL,
    mode: int = 0o644,
    opener: Opener = os.open,
) -> None:
    """Write a file under a name of its own, then rename it to ``path``.

    Missing folders are made. Whatever stops it, no temporary file is left and
    ``path`` is what it was, or the new file.

    Raises:
        StorageError: The disk refused.
    """
    with storage_errors(path):
        descriptor, temp = _open_beside(path, mode, durability, opener)
        try:
            try:
                write_all(descriptor, data)
                if durability is Durability.FULL:
                    os.fsync(descriptor)
            finally:
                os.close(descriptor)
            os.replace(temp, path)  # noqa: PTH105  strings: this is the hot path of the store
        except BaseException:
            with suppress(OSError):
                os.unlink(temp)  # noqa: PTH108
            raise
        if durability is Durability.FULL:
            sync_folder(path.parent)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte; the operating system may take fewer at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def make_folder(path: Path, durability: Durability) -> None:
    """Make a folder and those above it, unless they exist."""
    if path.is_dir():
        return
    make_folder(path.parent, durability)
    path.mkdir(exist_ok=True)
    if durability is Durability.FULL:
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Flush the names in a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open_beside(path: Path, mode: int, durability: Durability, opener: Opener) -> tuple[int, str]:
    while True:
        temp = f"{path.parent}/.{path.name}.{os.getpid()}-{next(_serial)}{TEMP_SUFFIX}"
        try:
            return opener(temp, _WRITE_NEW, mode), temp
        except FileNotFoundError:
            make_folder(path.parent, durability)
        except FileExistsError:
            continue  # left by a process that was killed and had the same id
