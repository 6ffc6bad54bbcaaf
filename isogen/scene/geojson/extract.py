"""Brings a GeoJSON file into a project, with what it says about itself and its digest."""

from pathlib import Path

from isogen.files import write_beside
from isogen.scene.geojson.document import read_document
from isogen.scene.osm.extract import RECORD, SourceRecord, copy_file

EXTRACT = "extract.geojson"

_UNKNOWN = "not stated"


def copy_geojson(source: Path, folder: Path) -> SourceRecord:
    """Check a file, copy it into a folder and write its record beside it.

    Attribution and licence are the texts ``attribution``, ``licence`` (or ``license``) and
    ``url`` beside the features. A second call with the same file gives the same bytes.

    Raises:
        InputError: There is no such file.
        SourceError: It is no GeoJSON, not in WGS84, or a feature is broken.
        StorageError: The disk refused.
    """
    document = read_document(source)
    about = document.about
    sha256, size = copy_file(source, folder / EXTRACT)
    record = SourceRecord(
        source.name,
        sha256,
        size,
        document.bounds,
        about.get("attribution", about.get("name", source.name)),
        about.get("licence", about.get("license", _UNKNOWN)),
        about.get("url", ""),
        about.get("timestamp"),
    )
    write_beside(folder / RECORD, record.to_json())
    return record
