"""Objects: immutable files named by the digest of their bytes."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from isogen.digest import DIGEST_LENGTH, Digest, digest_of, is_digest
from isogen.errors import DataError, DigestMismatchError, ObjectMissingError
from isogen.files import Durability, Opener, storage_errors, write_beside

SUFFIX = ".png"
_TAIL = DIGEST_LENGTH + len(SUFFIX)
_READ_ONLY = 0o444  # an editor that saves in place would break the name
_REPAIR = "Run `isogen repair`, or pull the object again."


class Objects:
    """A folder of objects, ``ab/<digest>.png``; any number of processes may put and get."""

    def __init__(
        self,
        folder: Path,
        *,
        durability: Durability = Durability.FULL,
        opener: Opener = os.open,
    ) -> None:
        self.folder = folder
        self.durability = durability
        self._opener = opener

    def path_of(self, digest: str) -> Path:
        """Return where an object lies, or would lie.

        Raises:
            DataError: ``digest`` is not written as a digest.
        """
        return Path(self._name_of(digest))

    def has(self, digest: str) -> bool:
        """Tell whether there is an object of that name; its bytes are not looked at."""
        return os.path.exists(self._name_of(digest))  # noqa: PTH110  asked once per quadrant

    def put(self, data: bytes) -> Digest:
        """Store bytes once and return their name; putting them again only compares.

        Raises:
            StorageError: The disk refused; nothing is left behind.
        """
        digest = digest_of(data)
        path = self._name_of(digest)
        # A file with other bytes was broken by something else: it is written anew.
        with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123
            if file.read() == data:
                return digest
        write_beside(
            Path(path),
            data,
            durability=self.durability,
            mode=_READ_ONLY,
            opener=self._opener,
        )
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes of an object, checked against its name.

        Raises:
            ObjectMissingError: There is none.
            DigestMismatchError: Its bytes are others.
            DataError: It cannot be read.
        """
        path = self._name_of(digest)
        try:
            with open(path, "rb") as file:  # noqa: PTH123
                data = file.read()
        except FileNotFoundError as error:
            raise ObjectMissingError(f"{path} is missing", hint=_REPAIR) from error
        except OSError as error:
            raise DataError(f"{path} cannot be read: {error.strerror}", hint=_REPAIR) from error
        found = digest_of(data)
        if found != digest:
            raise DigestMismatchError(
                f"{path} does not match its digest: expected {digest}, found {found}",
                hint=_REPAIR,
            )
        return data

    def remove(self, digest: str) -> bool:
        """Remove an object; tell whether it was there.

        Raises:
            StorageError: The disk refused.
        """
        path = self.path_of(digest)
        with storage_errors(path):
            try:
                path.unlink()
            except FileNotFoundError:
                return False
        return True

    def digests(self) -> Iterator[Digest]:
        """Yield the names of all objects, sorted."""
        for path in self._files():
            if self._is_object(path):
                yield Digest(path[-_TAIL : -len(SUFFIX)])

    def strays(self) -> Iterator[Path]:
        """Yield the files that are not objects, unfinished and foreign ones, sorted."""
        for path in self._files():
            if not self._is_object(path):
                yield Path(path)

    def _files(self) -> Iterator[str]:
        """Yield the paths of all files; strings, because there may be very many."""
        for path, is_folder in _entries(str(self.folder)):
            if is_folder:
                yield from (inner for inner, _ in _entries(path))
            else:
                yield path

    def _is_object(self, path: str) -> bool:
        digest = path[-_TAIL : -len(SUFFIX)]
        return is_digest(digest) and path == self._name_of(digest)

    def _name_of(self, digest: str) -> str:
        if not is_digest(digest):
            raise DataError(f"{digest!r} is not a digest: expected 64 hexadecimal digits")
        return f"{self.folder}/{digest[:2]}/{digest}{SUFFIX}"


def _entries(folder: str) -> list[tuple[str, bool]]:
    """Return the paths in a folder, sorted, and whether each is a folder itself."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry.path, entry.is_dir()) for entry in entries)
    except FileNotFoundError:
        return []
