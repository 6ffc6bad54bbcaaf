"""What a thread does for one step: template, call, answer, pictures."""

import math
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Semaphore

import numpy as np

from isogen.digest import Digest, digest_of
from isogen.errors import DataError, ModelAnswerError, ModelRefusedError
from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.image.answer import Fitted, Fitting, Quality, fit_answer
from isogen.image.decode import decode_picture
from isogen.image.png import encode_noisy, encode_rgb, pixels_digest
from isogen.image.preprocess import preprocess
from isogen.image.sizing import MOST_PIXELS, sized_to_window
from isogen.image.template import Frame, Pixels, build_template, split_answer
from isogen.models.protocol import EditAnswer, EditRequest, InfillModel, request_key
from isogen.plan.steps import PlannedStep
from isogen.stages.infill_answers import pack_answer, unpack_answer
from isogen.stages.infill_brief import Brief
from isogen.stages.pictures import Pictures
from isogen.stages.quadrant_work import Made
from isogen.store.answers import Answers
from isogen.store.objects import Objects

_SEEDS = 1 << 32

_HANDS = (os.cpu_count() or 1) + 1
"""Threads that may work on pictures at once; those that wait for the model do not count.
One more than there are cores, since they also wait for the disk; others would only hold memory.
"""


@dataclass(frozen=True)
class Source:
    """An object in one of the places where they are kept."""

    objects: Objects
    digest: Digest


@dataclass(frozen=True)
class StepJob:
    """One step, with all that it looks at."""

    step: PlannedStep
    renders: Mapping[Quadrant, Source]
    """Of what is painted, row by row."""

    generations: Mapping[Quadrant, Source]
    """Of the context, row by row."""

    into: Mapping[Quadrant, Objects]
    """Where the picture of each quadrant goes."""

    parents: tuple[Digest, ...]
    """All that it looks at, in the order of a row's parents."""


@dataclass(frozen=True)
class Try:
    """One answer, and how well it fits."""

    seed: int
    key: Digest
    """Of the request."""

    answer: EditAnswer
    """Without its picture, which is kept under the key."""

    was_kept: bool
    """Whether the answer was kept from an earlier run: nothing was asked."""

    quality: Quality
    was_resized: bool


@dataclass(frozen=True)
class StepResult:
    """What came of one step."""

    job: StepJob
    made: Mapping[Quadrant, Made]
    template: Digest
    taken: Try
    tries: tuple[Try, ...]
    is_good: bool
    """Whether the try that was taken is good enough."""

    @property
    def calls(self) -> int:
        """Requests that were sent by this run."""
        return sum(not t.was_kept for t in self.tries)


class Painter:
    """Carries steps out; any number of threads may use it at once."""

    def __init__(
        self,
        model: InfillModel,
        brief: Brief,
        answers: Answers,
        pictures: Pictures,
        on_paid: Callable[[float | None], None] = lambda _: None,
    ) -> None:
        """Prepare to paint.

        Args:
            model: Whom to ask.
            brief: What it is told with every template.
            answers: Where its answers are kept.
            pictures: Where decoded quadrants are kept.
            on_paid: Told, in any thread, what each answer cost; None when nobody knows.
        """
        self._model, self._brief, self._on_paid = model, brief, on_paid
        self._answers, self._pictures = answers, pictures
        self._references = tuple(tile.png for tile in brief.references)
        self._hands = Semaphore(_HANDS)

    def paint(self, job: StepJob) -> StepResult:
        """Paint the quadrants of a step and store their pictures.

        Raises:
            ServiceError: The model did not answer with a picture; trying again is safe.
            ModelRefusedError: It will never answer.
            DataError: A picture that the template is made of is missing or broken.
            StorageError: The disk refused.
        """
        frame = Frame.of(job.step.quadrants, job.step.margin)
        with self._hands:
            png = encode_noisy(self._template(job, frame))
        tries: list[tuple[Try, Pixels]] = []
        for one in self._tries(job, frame, png):
            tries.append(one)
            if self._excess(one) <= 1:
                break
        taken, pixels = min(tries, key=self._excess)
        with self._hands:
            painted = split_answer(frame, pixels)
            encoded = {q: _encoded(own) for q, own in painted.items()}
        made = {q: self._keep(job.into[q], painted[q], encoded[q]) for q in painted}
        is_good = self._excess((taken, pixels)) <= 1
        return StepResult(job, made, digest_of(png), taken, tuple(t for t, _ in tries), is_good)

    def _excess(self, one: tuple[Try, Pixels]) -> float:
        """Return how many times too large the drift or the seam of a try is; 1 is good.

        Where nothing was painted, no measure is any good.
        """
        quality, allowed = one[0].quality, self._brief.quality
        if not quality.is_painted:
            return math.inf
        drift, seam = quality.drift or 0.0, quality.seam or 0.0
        return max(drift / allowed.most_drift, seam / allowed.most_seam)

    def _template(self, job: StepJob, frame: Frame) -> Pixels:
        how, own = self._brief.preprocess, self._pictures
        renders = {
            q: preprocess(own.of(s.objects, s.digest), q.box[:2], how)
            for q, s in job.renders.items()
        }
        context = {q: own.of(s.objects, s.digest) for q, s in job.generations.items()}
        return build_template(frame, renders, context)

    def _tries(self, job: StepJob, frame: Frame, png: bytes) -> Iterator[tuple[Try, Pixels]]:
        """Ask with one seed after the other; an answer that cannot be used is passed over.

        Raises:
            ServiceError: The service failed, or no answer at all could be used.
            ModelRefusedError: The first request was refused.
        """
        brief, is_usable = self._brief, False
        unusable: ModelAnswerError | None = None
        for number in range(1 + brief.quality.retries):
            request = EditRequest(
                template_png=png,
                prompt=brief.prompt,
                negative_prompt=brief.negative_prompt,
                seed=(brief.seed + number) % _SEEDS,
                references=self._references,
                window=frame.window[:2],
            )
            try:
                one = self._try(job, frame, request)
            except ModelAnswerError as error:
                unusable = error
            except ModelRefusedError:
                if not is_usable:
                    raise
                return  # what is there is taken, and flagged
            else:
                is_usable = True
                yield one
        if unusable is not None and not is_usable:
            raise unusable

    def _try(self, job: StepJob, frame: Frame, request: EditRequest) -> tuple[Try, Pixels]:
        """Return what came of an answer, and the whole window with the infill in it."""
        key = request_key(self._brief.identity, request)
        data = self._answers.get(key)
        answer = unpack_answer(data) if data is not None else None
        found: tuple[Fitted, bool] | None = None
        if answer is not None:
            with suppress(ModelAnswerError):  # it may come whole when it is asked for again
                found = self._fitted(job, frame, answer)
        was_kept = found is not None
        if answer is None or found is None:
            answer = self._asked(request)
            self._answers.put(key, pack_answer(answer))
            found = self._fitted(job, frame, answer)
        fitted, was_resized = found
        said = replace(answer, picture=b"")
        one = Try(request.seed, key, said, was_kept, fitted.quality, was_resized)
        return one, fitted.pixels

    def _asked(self, request: EditRequest) -> EditAnswer:
        try:
            answer = self._model.edit(request)
        except ModelAnswerError:
            self._on_paid(None)  # what is no picture may be on the bill all the same
            raise
        self._on_paid(answer.cost_usd)
        return answer

    def _fitted(self, job: StepJob, frame: Frame, answer: EditAnswer) -> tuple[Fitted, bool]:
        """Return an answer that fits, and whether it had another size."""
        quality = self._brief.quality
        fitting = Fitting(quality.correct, quality.blend_px, self._brief.pixel_size)
        with self._hands:
            picture, was_resized = _window_of(answer)
            # Built again: many of them, kept while models think, would fill the memory.
            return fit_answer(frame, self._template(job, frame), picture, fitting), was_resized

    def _keep(self, objects: Objects, pixels: Pixels, encoded: tuple[bytes, Digest]) -> Made:
        png, pixels_sha256 = encoded
        digest = objects.put(png)
        self._pictures.keep(digest, pixels)
        return Made("generation", digest, pixels_sha256, QUADRANT_PX, QUADRANT_PX, len(png))


def _encoded(pixels: Pixels) -> tuple[bytes, Digest]:
    """Return the PNG of a quadrant, and the digest of its pixels."""
    rgba = np.full((QUADRANT_PX, QUADRANT_PX, 4), 255, np.uint8)
    rgba[..., :3] = pixels
    return encode_rgb(pixels, noisy=True), pixels_digest(rgba)


def _window_of(answer: EditAnswer) -> tuple[Pixels, bool]:
    """Return the picture of an answer at the window's size, and whether it had another."""
    try:
        picture = decode_picture(answer.picture, max_pixels=MOST_PIXELS)
        sized = sized_to_window(picture)
    except DataError as error:
        raise ModelAnswerError(
            f"the answer of {answer.model} cannot be used: {error}",
            hint="Check the settings of the model: it must answer with the whole picture.",
        ) from error
    return sized, sized is not picture
