"""Re-hashes everything a project holds and names every fault."""

from collections.abc import Iterator
from dataclasses import dataclass

from isogen.digest import digest_of
from isogen.errors import DataError, IsogenError
from isogen.scene.files import cell_path, index_path, read_checked, read_index, shadow_path
from isogen.scene.osm.extract import RECORD
from isogen.scene.sources import EXTRACTS
from isogen.stages.project import LAYERS, Project, Reporter, Silent
from isogen.stages.source import read_source
from isogen.store.check import repair_layer, verify_layer
from isogen.store.layer import LayerStore


@dataclass(frozen=True)
class Problem:
    """Something that is not as its record says."""

    where: str
    what: str


def verify_project(project: Project, reporter: Reporter | None = None) -> Iterator[Problem]:
    """Yield every fault of the source, the scene and the layers.

    Reads every byte; changes nothing.
    """
    reporter = reporter or Silent()
    yield from _verify_source(project)
    yield from _verify_scene(project)
    for name, layer in _layers(project):
        reporter.note(f"verify: {name}")
        for fault in verify_layer(layer):
            if fault.is_harmless:
                reporter.note(f"verify: {name}: {fault.message}")
            else:
                yield Problem(f"layer {name}", fault.message)


def repair_project(project: Project, reporter: Reporter | None = None) -> tuple[int, int]:
    """Take bad objects and their rows out, so that the next run makes them again.

    Returns:
        How many faults were mended, and how many could not be.
    """
    reporter = reporter or Silent()
    mended, left = _repair_scene(project, reporter), 0
    for problem in _verify_source(project):
        reporter.note(f"repair: {problem.what}: run `isogen source` again")
        left += 1
    for name, layer in _layers(project):
        try:
            repair = repair_layer(layer)
        except DataError as error:
            reporter.note(f"repair: {error}: {error.hint}")
            left += 1
            continue
        reporter.note(
            f"repair: {name}: {len(repair.dropped)} quadrants to be made again, "
            f"{repair.removed_objects} objects and {repair.removed_leftovers} leftovers removed"
        )
        mended += len(repair.dropped)
    return mended, left


def _layers(project: Project) -> Iterator[tuple[str, LayerStore]]:
    """Yield the layers of the map, then those of its padding, with names for people."""
    for name in LAYERS:
        yield name, project.layer(name)
    padding = project.padding
    if (project.root / padding.kept_in).is_dir():
        for name in LAYERS:
            yield f"{name} of the padding", padding.layer(name)


def _verify_source(project: Project) -> Iterator[Problem]:
    if not (project.sources / RECORD).is_file():
        return
    try:
        source = read_source(project)
    except DataError as error:
        yield Problem("source", str(error))
        return
    if source.bbox is None:
        return
    extract = project.sources / EXTRACTS.get(project.params.scene.source, RECORD)
    if not extract.is_file():
        yield Problem("source", f"{extract} is gone: run `isogen source`")
    elif digest_of(extract.read_bytes()) != source.sha256:
        yield Problem("source", f"{extract} does not match its digest: run `isogen source`")


def _verify_scene(project: Project) -> Iterator[Problem]:
    if not index_path(project.scene).is_file():
        return
    try:
        index = read_index(project.scene)
    except DataError as error:
        yield Problem("scene", str(error))
        return
    for key, record in index.cells.items():
        files = [(cell_path(project.scene, key), record.sha256)]
        if record.shadow_sha256 is not None:
            files.append((shadow_path(project.scene, key), record.shadow_sha256))
        for path, digest in files:
            try:
                read_checked(path, digest)
            except DataError as error:
                yield Problem("scene", str(error))


def _repair_scene(project: Project, reporter: Reporter) -> int:
    """Remove the files of the scene that are not what the index says."""
    if not index_path(project.scene).is_file():
        return 0
    try:
        cells = read_index(project.scene).cells
    except DataError as error:
        reporter.note(f"repair: scene: {error}: its index is removed")
        index_path(project.scene).unlink()
        return 1
    mended = 0
    for key, record in cells.items():
        path = cell_path(project.scene, key)
        try:
            read_checked(path, record.sha256)
            if record.shadow_sha256 is not None:
                read_checked(shadow_path(project.scene, key), record.shadow_sha256)
        except IsogenError as error:
            reporter.note(f"repair: scene: {error}")
            path.unlink(missing_ok=True)
            shadow_path(project.scene, key).unlink(missing_ok=True)
            mended += 1
    return mended
