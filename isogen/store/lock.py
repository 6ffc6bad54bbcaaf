"""One writer at a time."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from isogen.errors import LockedError
from isogen.files import Durability, make_folder, storage_errors


@contextmanager
def writer_lock(path: Path, what: str) -> Generator[None]:
    """Hold a lock file while the block runs; a process that is killed lets go of it.

    Args:
        path: The lock file, with the holder's process id in a file beside it.
        what: What is written under it, for the message.

    Raises:
        LockedError: Another process, or another place of this one, holds it.
        StorageError: The lock file cannot be written.
    """
    holder = path.with_suffix(".pid")
    lock = FileLock(path)
    with storage_errors(path):
        make_folder(path.parent, Durability.FAST)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise LockedError(
                f"{what} is being written by process {_read_holder(holder)}",
                hint="Wait until it is done, or stop it.",
            ) from error
    try:
        with storage_errors(holder):
            holder.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def _read_holder(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip() or "unknown"
    except (OSError, UnicodeDecodeError):
        return "unknown"  # it has only just begun, or is just ending
