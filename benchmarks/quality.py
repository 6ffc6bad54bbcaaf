"""What the correction of answers takes out of a model that drifts, and what it costs.

    python benchmarks/quality.py [MAP]       a folder with a painted map

The model knows the truth, the pictures of the map, and disturbs all that it answers. Prints
tables for docs/benchmarks.md: the color error of the infill against the truth and the seams
around it, before and after; and CPU milliseconds of an answer.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median

from isogen.geo.grid import Quadrant
from isogen.image.answer import fit_answer
from isogen.image.png import decode
from isogen.image.template import Frame, Pixels, split_answer
from isogen.stages.project import Project
from tests.support.drift import DRIFTS
from tests.support.drifting_map import Town

WANTED = [Quadrant(x, y) for y in range(-1, 4) for x in range(-2, 4)]
"""A rectangle of six by five quadrants in the middle of the demo."""

STEPS = 10


def main() -> None:
    """Print the tables."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent
    town = load_town(Project(root))
    print("calls alone, in true context\n")
    print("| | error | after | taken out | seams | after | CPU ms |\n|---|---|---|---|---|---|---|")
    frames = town.frames()
    frames = frames[:: max(1, len(frames) // STEPS)]
    for name in DRIFTS:
        print(line_of_calls(town, frames, name), flush=True)
    print("\na map from scratch\n")
    print("| | error | after | seams | after | same drift, prior |\n|---|---|---|---|---|---|")
    wanted = [q for q in WANTED if q in town.truth]
    for name in DRIFTS:
        print(line_of_map(town, wanted, name), flush=True)
    print(f"\nseams of the truth: {mean(town.seams({q: town.truth[q] for q in wanted})):.2f}")


def load_town(project: Project) -> Town:
    """Read the pictures of a map."""
    pictures = {
        name: {
            Quadrant(row.x, row.y): decode(
                project.layer(name).objects.get(row.sha256), max_pixels=1 << 18
            )[..., :3]
            for row in project.layer(name).rows()
        }
        for name in ("generation", "render")
    }
    return Town(pictures["generation"], pictures["render"], project.params.map.pixel_size)


def line_of_calls(town: Town, frames: Sequence[Frame], name: str) -> str:
    """Disturb each call in true context; correct it."""
    errors: list[list[float]] = [[], []]
    seams: list[list[float]] = [[], []]
    times: list[float] = []
    for seed, frame in enumerate(frames):
        known, answer = town.answer(frame, town.truth, name=name, seed=seed)
        started = time.thread_time()
        fit_answer(frame, known, answer, town.fitting)
        times.append((time.thread_time() - started) * 1e3)
        for k, fitting in enumerate((town.raw, town.fitting)):
            made = split_answer(frame, fit_answer(frame, known, answer, fitting).pixels)
            errors[k].append(town.error(made))
            seams[k] += town.seams(made)
    before, after = mean(errors[0]), mean(errors[1])
    return (
        f"| {name} | {before:.4f} | {after:.4f} | {1 - after / before:.0%} | "
        f"{mean(seams[0]):.2f} | {mean(seams[1]):.2f} | {median(times):.1f} |"
    )


def line_of_map(town: Town, wanted: Sequence[Quadrant], name: str) -> str:
    """Paint a map from scratch, with and without correction."""
    steps = town.plan(wanted)
    raw = town.paint(steps, name, town.raw)
    fitted = town.paint(steps, name, town.fitting)
    prior = town.complete(town.frames()[0], name, 0, town.fitting).color
    alike = town.paint(steps, name, town.fitting, same=True, prior=prior)
    return (
        f"| {name} | {town.error(raw):.4f} | {town.error(fitted):.4f} | "
        f"{own_seams(town, raw):.2f} | {own_seams(town, fitted):.2f} | "
        f"{town.error(alike):.4f}, {own_seams(town, alike):.2f} |"
    )


def own_seams(town: Town, painted: dict[Quadrant, Pixels]) -> float:
    """Return the mean seam between quadrants that were painted."""
    return mean(Town(painted, {}, town.pixel_size).seams(painted))


if __name__ == "__main__":
    main()
