"""What a call of an infill model costs besides the model: ``python benchmarks/infill.py``.

    python benchmarks/infill.py [--steps N] [--cores N] [--rival N]

A loopback model in a process of its own answers after 50 ms, 32 calls at once. An empty
square of a rendered map is painted as `isogen generate` does it: plan, renders, template, PNG,
HTTP, decoding, quality, objects and journal, flushed to the disk. Prints CPU milliseconds of
this process, calls per second and memory; then the parts one by one; then the same calls made
the plain way: json, base64, Pillow and one httpx client. What the model's process takes is
not counted.
"""

import argparse
import base64
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import httpx
import infill_server
import large_map
import numpy as np
from PIL import Image

from isogen.digest import digest_of
from isogen.files import Durability, write_beside
from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.image.answer import Fitting, fit_answer
from isogen.image.decode import decode_picture
from isogen.image.png import encode_noisy, encode_rgb, pixels_digest
from isogen.image.template import Frame, build_template
from isogen.models.wire import EditCall, decode_result, encode_call
from isogen.scene.reader import SceneReader
from isogen.stages.generate import paint_by_model
from isogen.stages.project import Project, Silent
from isogen.stages.render import render_steps
from isogen.store.answers import Answers
from isogen.store.row import Row, Status

AT_ONCE = 32
DELAY_MS = 50
WARM_UP = 48
EVERY = 100
SERVER = Path(__file__).with_name("infill_server.py")
MIB = 1 << 20

Pixels = np.ndarray


class Memory(Silent):
    """Samples the memory of this process as steps are done."""

    def __init__(self) -> None:
        self._samples: list[float] = []
        self._done = 0

    def advance(self, steps: int = 1) -> None:
        """Look at it now and then."""
        self._done += steps
        if self._done % EVERY == 0:
            pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
            self._samples.append(pages * os.sysconf("SC_PAGE_SIZE") / MIB)

    def __str__(self) -> str:
        return " ".join(f"{sample:.0f}" for sample in self._samples)


def renders() -> dict[tuple[int, int], Pixels]:
    """Return what a renderer might draw of the painting: fewer, duller colors."""
    art = infill_server.painting() // 24 * 20 + 20
    return {
        (x, y): art[QUADRANT_PX * y :, QUADRANT_PX * x :][:QUADRANT_PX, :QUADRANT_PX]
        for x in (0, 1)
        for y in (0, 1)
    }


def begin(folder: Path, calls: int, url: str) -> Project:
    """Make a rendered map that takes about so many calls; no two of its renders are equal."""
    side = max(2, round((calls * 9 / 4) ** 0.5))
    made = large_map.begin(folder, side)
    fill(made, side)
    settings = f"""
map: {{region: {{from: [0, 0], to: [{side - 1}, {side - 1}]}}}}
scene: {{source: procedural}}
generate: {{model: bench, quality: {{retries: 0}}}}
models: {{bench: {{kind: http, url: '{url}', concurrency: {AT_ONCE}}}}}
"""
    write_beside(folder / "params.yaml", settings.encode())
    return Project(folder)


def fill(project: Project, side: int) -> None:
    """Record a render of every quadrant of the square, and none of those beyond."""
    pictures, layer = renders(), project.layer("render")
    steps = render_steps(
        SceneReader(project.scene, project.params.camera),
        [Quadrant(x, y) for y in range(side) for x in range(side)],
    )
    with layer.writing() as writer:
        for step in steps:
            quadrant = step.job.quadrant
            pixels = pictures[quadrant.x % 2, quadrant.y % 2].copy()
            pixels[0, : side + quadrant.y] = pixels[1, 0]
            pixels[0, quadrant.x], pixels[0, side + quadrant.y] = (20, 20, 20), (20, 20, 20)
            png = encode_rgb(pixels)
            output = next(o for o in step.outputs if o.layer == "render")
            digest = layer.objects.put(png)
            row = Row(
                quadrant.x, quadrant.y, digest, digest, QUADRANT_PX, QUADRANT_PX, len(png),
                output.recipe, output.maker, None, None, None, None, None, None,
                output.parents, Status.OK, 0.0, 0.0,
            )  # fmt: skip
            writer.record(row, seconds=0.0)


def paint(project: Project, memory: Memory) -> tuple[int, int]:
    """Paint a map; return how many calls that took and how many quadrants it made."""
    summary = paint_by_model(project, "bench", reporter=memory)
    if summary.failed or summary.made != summary.total:
        sys.exit(f"{summary.made} of {summary.total} quadrants, failed: {summary.failed[:3]}")
    return summary.calls, summary.made


def measured(run: Callable[[], tuple[int, int]]) -> str:
    """Make calls; say what each took."""
    wall, cpu = time.perf_counter(), time.process_time()
    calls, made = run()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return (
        f"{calls} calls, {made} quadrants: {cpu / calls * 1e3:.1f} CPU-ms a call, "
        f"{calls / wall:.1f} calls/s, {wall:.1f} s"
    )


def part_times(project: Project) -> dict[str, float]:
    """Return the median CPU milliseconds of each part of a call that fills two quadrants."""
    art = infill_server.painting()
    frame = Frame.of((Quadrant(0, 0), Quadrant(1, 0)), (0, QUADRANT_PX))
    body = infill_server.answered(art, frame.window[:2], 0)
    picture = decode_result(body).image
    answer = decode_picture(picture, max_pixels=MIB)
    context = {q: art[q.y % 2 * 512 :, q.x % 2 * 512 :][:512, :512] for q in frame.context}
    noise = np.random.default_rng(0).integers(0, 4, (QUADRANT_PX, QUADRANT_PX, 3), np.uint8)
    context = {q: pixels + noise for q, pixels in context.items()}
    drawn = {q: renders()[q.x % 2, q.y % 2] for q in frame.painted}
    known = build_template(frame, drawn, context)
    png = encode_noisy(known)
    call = EditCall(png, "Fill in the outlined section.", seed=0, window=frame.window[:2])
    fitted = fit_answer(frame, known, answer, Fitting(True, 24, 2)).pixels[:512, :512].copy()  # noqa: FBT003
    stored = encode_rgb(fitted, noisy=True)
    rgba = np.dstack([fitted, np.full(fitted.shape[:2], 255, np.uint8)])
    objects = project.layer("parts").objects
    answers = Answers(project.cache / "parts")
    serial = iter(range(10_000))
    work: dict[str, tuple[int, Callable[[], object]]] = {
        "template": (1, lambda: build_template(frame, drawn, context)),
        "PNG of the template": (1, lambda: encode_noisy(known)),
        "digest of it": (1, lambda: digest_of(png)),
        "base64 and JSON": (1, lambda: encode_call(call)),
        "JSON and base64 of the answer": (1, lambda: decode_result(body)),
        "answer kept": (1, lambda: answers.put(digest_of(b"%d" % next(serial)), picture)),
        "PNG of the answer decoded": (1, lambda: decode_picture(picture, max_pixels=MIB)),
        "quality": (1, lambda: fit_answer(frame, known, answer, Fitting(True, 24, 2))),  # noqa: FBT003
        "PNG of a quadrant, twice": (2, lambda: encode_rgb(fitted, noisy=True)),
        "digest of its pixels, twice": (2, lambda: pixels_digest(rgba)),
        "stored and flushed, twice": (2, lambda: objects.put(stored + b"%d" % next(serial))),
    }
    return {name: times * cpu_ms(part) for name, (times, part) in work.items()}


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the median CPU milliseconds of some work."""
    times: list[float] = []
    for _ in range(12):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1e3)
    return median(times[2:])


def run_rival(url: str, folder: Path, calls: int) -> tuple[int, int]:
    """Make calls the plain way, without any look at the quality; count as ``paint`` does."""
    art = infill_server.painting()
    frame = Frame.of((Quadrant(0, 0), Quadrant(1, 0)), (0, QUADRANT_PX))
    noise = np.random.default_rng(0).integers(0, 4, art.shape, np.uint8)
    template = Image.fromarray(art + noise)
    with httpx.Client(timeout=60, limits=httpx.Limits(max_connections=AT_ONCE)) as client:

        def call(number: int) -> int:
            out = io.BytesIO()
            template.save(out, "PNG")
            told = {
                "image_b64": base64.b64encode(out.getvalue()).decode(),
                "prompt": "Fill in the outlined section.",
                "window": [0, number % 4 * 512],
            }
            body = json.dumps(told, separators=(",", ":")).encode()
            answer = client.post(url, content=body).json()
            picture = Image.open(io.BytesIO(base64.b64decode(answer["image_b64"]))).convert("RGB")
            for place, quadrant in enumerate(frame.painted):
                x, y = quadrant.x * QUADRANT_PX, QUADRANT_PX
                out = io.BytesIO()
                picture.crop((x, y, x + QUADRANT_PX, y + QUADRANT_PX)).save(out, "PNG")
                path = folder / f"{number}-{place}.png"
                write_beside(path, out.getvalue(), durability=Durability.FULL)
            return len(frame.painted)

        with ThreadPoolExecutor(AT_ONCE) as threads:
            return calls, sum(threads.map(call, range(calls)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--rival", type=int, default=64)
    parser.add_argument("--cores", type=int, default=os.cpu_count())
    options = parser.parse_args()
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, str(SERVER), str(DELAY_MS)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None and server.stdin is not None  # noqa: PT018, S101
    url = server.stdout.readline().strip()
    os.sched_setaffinity(0, range(options.cores))
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            paint(begin(folder / "warm", WARM_UP, url), Memory())
            project, memory = begin(folder / "map", options.steps, url), Memory()
            print(f"{options.cores} cores, {AT_ONCE} at once, {DELAY_MS} ms")
            print("engine:", measured(lambda: paint(project, memory)))
            print(f"  memory, MiB, every {EVERY} calls: {memory}")
            for part, ms in part_times(project).items():
                print(f"  {part:<32} {ms:6.2f} CPU-ms")
            if options.rival:
                rival = measured(lambda: run_rival(url, folder, options.rival))
                print("json, base64, Pillow, httpx:", rival)
    finally:
        server.stdin.close()
        server.wait()


if __name__ == "__main__":
    main()
