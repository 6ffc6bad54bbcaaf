"""Measure the store on synthetic objects: ``python benchmarks/store.py [COUNT] [FOLDER]``.

Prints a table. Objects have 12 kB, a layer has COUNT of them (64,000), and
FOLDER is where it is made (a temporary folder, removed afterwards).
"""

import hashlib
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np

from isogen.digest import Digest, digest_of
from isogen.files import Durability
from isogen.store.check import verify_layer
from isogen.store.layer import LayerStore
from isogen.store.manifest import read_manifest, write_manifest
from isogen.store.objects import Objects
from isogen.store.row import Row, Status

T = TypeVar("T")
OBJECT_BYTES = 12_000
SYNCED = 2_000
"""How many of what is flushed to the disk one by one are measured."""

WIDTH = 256
PROMPT = "Fill in the outlined section with the missing pixels"


def main() -> None:
    """Make a layer and measure everything that is done to it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 64_000
    root = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())  # noqa: PLR2004
    try:
        measure(root / "bench", count)
    finally:
        shutil.rmtree(root / "bench", ignore_errors=True)


def measure(root: Path, count: int) -> None:
    """Measure each step, on what the ones before have made."""
    synced = Objects(root / "synced")
    some = list(objects(SYNCED, seed=1))
    report("put, flushed", SYNCED, lambda: [synced.put(data) for data in some])
    report("put again", SYNCED, lambda: [synced.put(data) for data in some])
    layer = LayerStore(root, "render", durability=Durability.FAST)
    digests = report(
        "put", count, lambda: [layer.objects.put(data) for data in objects(count, seed=2)]
    )
    rows = [row_of(number, digest) for number, digest in enumerate(digests)]
    report("record, compact", count, lambda: record(layer, rows))
    report("record, flushed", SYNCED, lambda: record(other(root), rows[:SYNCED]))
    path = root / "manifest.parquet"
    manifest = report("manifest write", count, lambda: write_manifest(path, rows, Durability.FULL))
    report("manifest read", count, lambda: read_manifest(path))
    report("open, look at every row", count, lambda: look(LayerStore(root, "render"), count))
    fresh = LayerStore(root, "render")
    report("open, find every recipe", count, lambda: [fresh.find(row.recipe) for row in rows])
    layer.manifest_path.unlink()
    cold = LayerStore(root, "render")
    report("find one in the memo", 1, lambda: cold.find(rows[count // 2].recipe))
    write_manifest(layer.manifest_path, manifest.rows, Durability.FAST)
    report("verify", count, lambda: list(verify_layer(LayerStore(root, "render"))))
    print(f"manifest {path.stat().st_size / count:.0f} B a row")
    print(f"journal {layer.journal_path.stat().st_size / count:.0f} B a row")


def report(name: str, count: int, work: Callable[[], T]) -> T:
    """Do some work once and print what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    each = wall / count * 1e6
    print(
        f"{name:26} {count:7} {wall:8.2f} s wall {cpu:8.2f} s CPU {each:10.1f} us each", flush=True
    )
    return result


def objects(count: int, seed: int) -> Iterator[bytes]:
    """Yield bytes that differ, cheaply: windows into a pool."""
    pool = np.random.default_rng(seed).bytes(OBJECT_BYTES + count)
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\0\0\0\2\0\x08\3\0\0\0\xc1\x43\x63\x6e"
    return (head + pool[number : number + OBJECT_BYTES - len(head)] for number in range(count))


def row_of(number: int, digest: Digest) -> Row:
    """Return a row such as a generation has."""
    return Row(
        x=number % WIDTH,
        y=number // WIDTH,
        sha256=digest,
        pixels_sha256=digest_of(b"pixels %d" % number),
        width=512,
        height=512,
        bytes=OBJECT_BYTES,
        recipe=Digest(hashlib.sha256(b"recipe %d" % number).hexdigest()),
        maker="pixelart/1",
        model="pixelart",
        revision=None,
        prompt=PROMPT,
        negative_prompt=None,
        seed=number,
        template_sha256=None,
        parents=(digest,),
        status=Status.OK,
        lat=60.0 + number * 1e-5,
        lng=24.0 + number * 1e-5,
    )


def record(layer: LayerStore, rows: list[Row]) -> None:
    """Record rows as a stage does, and bring the manifest up to date."""
    with layer.writing() as writer:
        for row in rows:
            writer.record(row, seconds=0.01)


def other(root: Path) -> LayerStore:
    """Return a layer with the same objects whose rows are flushed to the disk."""
    layer = LayerStore(root, "other", clock=iter(range(10**9)).__next__)
    layer.folder.mkdir(parents=True)
    (layer.folder / "objects").symlink_to(root / "layers" / "render" / "objects")
    return layer


def look(layer: LayerStore, count: int) -> int:
    """Do what a status does: open, and ask for every quadrant."""
    return sum(layer.row(i % WIDTH, i // WIDTH) is not None for i in range(count))


if __name__ == "__main__":
    main()
