"""What a call of an infill model costs besides the model: ``python benchmarks/infill.py``.

    python benchmarks/infill.py [--steps N] [--cores N] [--rival N]

A loopback model in a process of its own answers after 50 ms, 32 calls at once. The steps of
an empty square run through the real engine: template, PNG, HTTP, decoding, quality, objects
and journal, flushed to the disk. Prints CPU milliseconds of this process, calls per second
and memory; then the parts one by one; then the same calls made the plain way: json, base64,
Pillow and one httpx client. What the model's process takes is not counted.
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
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
import infill_server
import numpy as np
from PIL import Image

from isogen.digest import digest_of
from isogen.files import Durability, write_beside
from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.image.answer import Fitting, fit_answer
from isogen.image.decode import decode_picture
from isogen.image.png import encode_noisy, encode_rgb, pixels_digest
from isogen.image.template import Frame, build_template
from isogen.models.registry import open_model
from isogen.models.wire import EditCall, decode_result, encode_call
from isogen.plan.planner import make_plan
from isogen.plan.steps import PlannedStep, planned_steps
from isogen.stages.infill_brief import NOTHING_SAID, Brief
from isogen.stages.infill_budget import Budget
from isogen.stages.infill_record import Ledger
from isogen.stages.infill_run import StepRunner
from isogen.stages.infill_work import Painter, Source
from isogen.stages.pictures import Pictures
from isogen.stages.project import Project, Silent
from isogen.store.answers import Answers
from isogen.store.layer import LayerStore

AT_ONCE = 32
DELAY_MS = 50
WARM_UP = 48
SERVER = Path(__file__).with_name("infill_server.py")
MIB = 1 << 20

Pixels = np.ndarray


@dataclass(frozen=True)
class Places:
    """Four renders that repeat, and the layer that is painted."""

    layer: LayerStore
    renders: dict[tuple[int, int], Source]

    def layer_of(self, _: Quadrant) -> LayerStore:
        """Return the one layer."""
        return self.layer

    def render(self, quadrant: Quadrant) -> Source:
        """Return one of the renders."""
        return self.renders[quadrant.x % 2, quadrant.y % 2]

    def generation(self, quadrant: Quadrant) -> Source:
        """Return what was painted."""
        row = self.layer.row(*quadrant)
        assert row is not None  # noqa: S101  steps wait for what they see
        return Source(self.layer.objects, row.sha256)


class Memory(Silent):
    """Samples the memory of this process as steps are done."""

    def __init__(self) -> None:
        self.samples: list[float] = []
        self._done = 0

    def advance(self, steps: int = 1) -> None:
        """Look every 50 steps."""
        self._done += steps
        if self._done % 50 == 0:
            pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
            self.samples.append(pages * os.sysconf("SC_PAGE_SIZE") / MIB)


def renders() -> dict[tuple[int, int], Pixels]:
    """Return what a renderer might draw of the painting: fewer, duller colors."""
    art = infill_server.painting() // 24 * 20 + 20
    return {
        (x, y): art[QUADRANT_PX * y :, QUADRANT_PX * x :][:QUADRANT_PX, :QUADRANT_PX]
        for x in (0, 1)
        for y in (0, 1)
    }


def steps_of(calls: int) -> tuple[PlannedStep, ...]:
    """Plan an empty square that takes about so many calls."""
    side = max(2, round((calls * 9 / 4) ** 0.5))
    square = [Quadrant(x, y) for y in range(side) for x in range(side)]
    return planned_steps(make_plan(square, ()))


def run_engine(project: Project, steps: Sequence[PlannedStep], memory: Memory) -> int:
    """Run steps through the engine into a new layer; return the quadrants that were made."""
    layer = project.layer(f"run{len(steps)}")
    render = project.layer("render").objects
    sources = {key: Source(render, render.put(encode_rgb(p))) for key, p in renders().items()}
    model = open_model("bench", project.params, {})
    brief = Brief.of(model, project.params, NOTHING_SAID)
    with layer.writing() as writer:
        runner = StepRunner(
            Places(layer, sources),  # pyright: ignore[reportArgumentType]
            Painter(model, brief, Answers(project.cache / layer.name), Pictures()),
            Ledger(
                {q: writer for s in steps for q in s.quadrants}, brief, project.params.projection
            ),
            Budget(),
            memory,
        )
        runner.run(steps, at_once=AT_ONCE)
    model.close()
    failed = [str(error) for _, error in runner.tally.failed]
    if failed or runner.tally.calls != len(steps):
        sys.exit(f"{runner.tally.calls} calls for {len(steps)} steps, failed: {failed[:3]}")
    return runner.tally.made


def measured(calls: int, run: Callable[[], int]) -> str:
    """Run calls; say what each took."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = run()
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


def run_rival(url: str, folder: Path, calls: int) -> int:
    """Make calls the plain way, without any look at the quality."""
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
            return sum(threads.map(call, range(calls)))


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
            model = f"{{kind: http, url: '{url}', concurrency: {AT_ONCE}}}"
            once = "generate: {quality: {retries: 0}}"
            (folder / "params.yaml").write_text(f"{once}\nmodels: {{bench: {model}}}\n", "utf-8")
            project = Project(folder)
            run_engine(project, steps_of(WARM_UP), Memory())
            steps, memory = steps_of(options.steps), Memory()
            print(f"{options.cores} cores, {AT_ONCE} at once, {DELAY_MS} ms")
            print("engine:", measured(len(steps), lambda: run_engine(project, steps, memory)))
            tenth = max(1, len(memory.samples) // 10)
            print(f"  memory, MiB: {' '.join(f'{m:.0f}' for m in memory.samples[::tenth])}")
            for part, ms in part_times(project).items():
                print(f"  {part:<32} {ms:6.2f} CPU-ms")
            if options.rival:
                rival = measured(options.rival, lambda: run_rival(url, folder, options.rival))
                print("json, base64, Pillow, httpx:", rival)
    finally:
        server.stdin.close()
        server.wait()


if __name__ == "__main__":
    main()
