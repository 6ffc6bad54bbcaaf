"""Write a folder of files as one change: all of the new ones, or still the old ones."""

import filecmp
import os
import shutil
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from isogen.errors import InputError, ObjectMissingError, StorageError

File = tuple[str, bytes | Path]
"""A name with forward slashes, and the bytes or the file that holds them."""


def check_replaceable(
    folder: Path, names: Collection[str], is_export: Callable[[Path], bool], *, force: bool = False
) -> None:
    """Refuse a folder that holds what isogen did not write; nothing is changed.

    Args:
        folder: What is to be replaced; absent and empty ones are fine.
        names: All that an export has at its top level.
        is_export: Tells whether a folder has the marks of an export.
        force: Accept any folder, whatever is in it.

    Raises:
        InputError: It is no folder, or holds something foreign.
        StorageError: It cannot be read.
    """
    try:
        held = sorted(entry.name for entry in folder.iterdir())
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise InputError(f"{folder} is not a folder", hint="Choose another folder.") from error
    except OSError as error:
        raise StorageError(
            f"cannot read {folder}: {error.strerror}", hint="Check who may read there."
        ) from error
    foreign = [name for name in held if name not in names]
    if not foreign and not is_export(folder):
        foreign = held
    if foreign and not force:
        raise InputError(
            f"{folder} is not an earlier export: it holds {foreign[0]}",
            hint="Choose another folder, or use --force to lose what is in this one.",
        )


def write_folder(files: Iterable[File], folder: Path) -> bool:
    """Make a folder hold exactly these files.

    The new folder is made beside the old one and takes its place when it is complete.
    Files are linked to where they lie when the disk allows it, else copied.

    Args:
        files: Names, each once, with what they hold.
        folder: Made when absent; what else lies in it is removed.

    Returns:
        False when the folder held these files already and was left alone.

    Raises:
        ObjectMissingError: A file to link to is not there.
        StorageError: The disk refused.
    """
    wanted = dict(files)
    try:
        if _holds(folder, wanted):
            return False
        _replace(folder.resolve(), wanted)  # a link stays one, and `.` has a name
    except OSError as error:
        raise StorageError(
            f"cannot write {folder}: {error}",
            hint="Free some space, or check who may write there.",
        ) from error
    return True


def _holds(folder: Path, wanted: dict[str, bytes | Path]) -> bool:
    found = {
        (Path(base) / name).relative_to(folder).as_posix()
        for base, _, names in os.walk(folder)
        for name in names
    }
    return found == wanted.keys() and all(_same(folder / n, c) for n, c in wanted.items())


def _same(path: Path, content: bytes | Path) -> bool:
    if isinstance(content, bytes):
        return path.stat().st_size == len(content) and path.read_bytes() == content
    if not content.is_file():
        return False
    return path.samefile(content) or filecmp.cmp(path, content, shallow=False)


def _replace(folder: Path, wanted: dict[str, bytes | Path]) -> None:
    new, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        _fill(new, wanted)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if old.exists() and not folder.exists():
            old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _fill(folder: Path, wanted: dict[str, bytes | Path]) -> None:
    folder.mkdir(parents=True)
    made: set[PurePosixPath] = set()
    for name, content in wanted.items():
        path = folder / name
        parent = PurePosixPath(name).parent
        if parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(parent)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            _link(content, path)


def _link(source: Path, path: Path) -> None:
    """Give a file a second name, or copy it where links are refused or used up."""
    with suppress(OSError):
        os.link(source, path)
        return
    try:
        shutil.copyfile(source, path)
    except FileNotFoundError as error:
        raise ObjectMissingError(
            f"{source} is missing", hint="Run `isogen verify` to see what else is."
        ) from error
