"""What Gemini is shown and told, part by part; what it may refuse, and how it says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from google.genai import types

from isogen.errors import ModelAnswerError, ModelRefusedError
from isogen.models.failures import told
from isogen.models.protocol import EditRequest
from isogen.params.infill import TASK_PROMPT

GEMINI_PROMPT = """\
Complete one square of a seamless isometric pixel-art map.

The map square shows two things. What lies outside of the thin red outline is finished \
pixel art: keep it exactly as it is, in place, color and detail. What lies inside of the \
outline is a plain computer rendering of the same city, seen from the same angle.

Redraw the inside of the outline as pixel art:
1. Keep every building, road, tree, shore and field of the rendering where it is, with its \
size, outline and height. Add no landmark, remove none, move nothing.
2. Take the style from the finished part and from the style examples: the size of the \
pixels, the palette, the direction of light, how walls, windows, roofs, trees and water are \
drawn. Copy no building out of an example.
3. Let lines, edges, colors and textures run on across the outline, so that nobody can see \
where it was.

Answer with one square picture of 1024 x 1024 pixels that shows the whole map square in the \
same framing. The red outline is gone. No text, label, frame, margin or blur.\
"""
"""Asked instead of the text that only the published LoRAs know."""

MAP_LABEL = "The map square to complete:"
EXAMPLE_LABEL = "Style example {number} of {count}, for style only:"

_GOOD_ENDS = frozenset({"STOP", "FINISH_REASON_UNSPECIFIED"})
"""Reasons to end that are no refusal; every other is one, those of next year too."""

_MOST_SEED = 1 << 31
"""Gemini's seeds are signed 32-bit numbers."""


@dataclass(frozen=True)
class Shown:
    """A part of what Gemini is asked: a text, or a PNG."""

    text: str = ""
    png: bytes | None = None


def shown(request: EditRequest, *, labels: bool, references: int) -> Iterator[Shown]:
    """Yield the parts of a request in the order in which Gemini reads them.

    Args:
        request: What is asked.
        labels: Whether a line before each picture says what it is.
        references: Most examples of the style to show.
    """
    if labels:
        yield Shown(text=MAP_LABEL)
    yield Shown(png=request.template_png)
    examples = request.references[:references]
    for number, png in enumerate(examples, start=1):
        if labels:
            yield Shown(text=EXAMPLE_LABEL.format(number=number, count=len(examples)))
        yield Shown(png=png)
    yield Shown(text=prompt_told(request))


def prompt_told(request: EditRequest) -> str:
    """Return the text that Gemini is asked, with what to avoid as its last paragraph."""
    task = GEMINI_PROMPT if request.prompt == TASK_PROMPT else request.prompt
    avoided = (request.negative_prompt or "").strip()
    return f"{task}\n\nThe picture must not show: {avoided}" if avoided else task


def gemini_seed(seed: int) -> int:
    """Return a seed as Gemini takes it, from 0 to 2^31 - 1."""
    return seed % _MOST_SEED


def picture_in(
    answer: types.GenerateContentResponse, name: str, secrets: Iterable[str] = ()
) -> bytes:
    """Return the picture of an answer: the last that is no thought.

    Args:
        answer: Of Google's client.
        name: What messages call the model.
        secrets: What no message may repeat.

    Raises:
        ModelRefusedError: Gemini refused, and this is its reason.
        ModelAnswerError: It ended well, without a picture.
    """
    parts = _parts(answer)
    pictures = [part.inline_data.data for part in parts if part.inline_data]
    if pictures and pictures[-1]:
        return pictures[-1]
    said = told(" ".join(part.text for part in parts if part.text), secrets)
    reason = _refusal(answer)
    if reason:
        message = f"model {name} refused: {told(reason, secrets)}"
        raise ModelRefusedError(
            f"{message}: {said}" if said else message,
            hint="Another seed, prompt or reference may be taken.",
        )
    raise ModelAnswerError(
        f"model {name} answered without a picture" + (f": {said}" if said else ""),
        hint=f"Does models.{name}.model name a model that makes pictures?",
    )


def _parts(answer: types.GenerateContentResponse) -> list[types.Part]:
    found = answer.candidates[0].content if answer.candidates else None
    return [part for part in (found.parts or [] if found else []) if not part.thought]


def _refusal(answer: types.GenerateContentResponse) -> str:
    """Return why there is no picture; empty when the answer ended as a good one does."""
    feedback = answer.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        return feedback.block_reason.value
    reason = answer.candidates[0].finish_reason if answer.candidates else None
    return "" if reason is None or reason.value in _GOOD_ENDS else reason.value
