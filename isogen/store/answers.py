"""Answers of models as they came, by the key of their request: nothing is paid for twice."""

from hashlib import sha256
from pathlib import Path

from isogen.digest import Digest, is_digest
from isogen.errors import DataError
from isogen.files import Durability, write_beside

_SEAL_BYTES = 32


class Answers:
    """A cache, ``ab/<key>``; any number of threads and processes may put and get.

    Each file is the answer, so that viewers open it, and a seal of 32 bytes after it. The
    folder may be removed at any time; what was in it is then paid for again when it is
    asked for again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, key: Digest) -> Path:
        """Return where the answer to a request lies, or would lie.

        Raises:
            DataError: ``key`` is not written as a digest.
        """
        if not is_digest(key):
            raise DataError(f"{key!r} is not a digest: expected 64 hexadecimal digits")
        return self.folder / key[:2] / key

    def get(self, key: Digest) -> bytes | None:
        """Return the answer to a request; None when there is none, or it is broken."""
        try:
            data = self.path_of(key).read_bytes()
        except OSError:
            return None
        answer = data[:-_SEAL_BYTES]
        return answer if data[-_SEAL_BYTES:] == _seal(key, answer) else None

    def put(self, key: Digest, answer: bytes) -> None:
        """Keep the answer to a request, in the place of an earlier one.

        It survives a crash of the program, not of the machine.

        Raises:
            StorageError: The disk refused; nothing is left behind.
        """
        data = answer + _seal(key, answer)
        write_beside(self.path_of(key), data, durability=Durability.FAST)


def _seal(key: Digest, answer: bytes) -> bytes:
    """Return what tells a whole answer to this request from any other file."""
    state = sha256(key.encode())
    state.update(answer)
    return state.digest()
