import orjson
import pybase64
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from isogen.errors import ModelAnswerError
from isogen.models.gemini_wire import gemini_seed, prompt_told, shown
from isogen.models.oxen_wire import (
    api_url,
    charged_usd,
    failure_in,
    model_told,
    picture_or_url,
    queue_state,
    queued_id,
)
from isogen.models.protocol import EditRequest

NAMES = st.sampled_from(
    ["images", "url", "image_url", "output", "b64_json", "error", "type", "message", "status"]
) | st.sampled_from(
    ["result_url", "generations", "generation_id", "generation", "cost", "deployments", "pricing"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
BODIES = st.binary(max_size=40) | JSON.map(orjson.dumps)


@given(st.binary(min_size=1, max_size=200))
def test_a_picture_in_base64_is_read_back_in_any_shape(picture):
    held = pybase64.b64encode(picture).decode()
    for told in (
        {"images": [{"b64_json": held}]},
        {"images": [held]},
        {"images": [f"data:image/png;base64,{held}"]},
        {"output": [held]},
    ):
        assert picture_or_url(orjson.dumps(told)) == picture


@given(BODIES)
@example(b'{"images": []}')
@example(b'{"images": [[]], "url": 3}')
def test_an_answer_of_any_shape_is_a_picture_an_address_or_named(body):
    try:
        found = picture_or_url(body)
    except ModelAnswerError:
        return
    assert isinstance(found, bytes) or found.startswith("http")


@given(BODIES)
def test_no_answer_of_a_queue_breaks_its_readers(body):
    for read in (queued_id, queue_state):
        try:
            read(body)
        except ModelAnswerError:
            continue
    failure_in(body)
    charged_usd(body)
    model_told(body)


@pytest.mark.parametrize(
    ("reason", "is_final"),
    [
        ({"type": "invalid_params", "title": "Invalid parameters supplied"}, True),
        ({"message": "Model not found: x"}, True),
        ({"type": "unauthenticated"}, True),
        ("Insufficient credits", True),
        ({"type": "unknown_error"}, False),
        ({"message": "worker was lost"}, False),
    ],
)
def test_what_asking_again_would_only_repeat_is_known(reason, is_final):
    failure = failure_in(orjson.dumps({"error": reason}))
    assert failure is not None
    assert failure.is_final == is_final


@pytest.mark.parametrize(
    ("endpoint", "queue"),
    [
        ("https://hub.oxen.ai/api/ai/images/edit", "https://hub.oxen.ai/api/ai/queue"),
        ("https://hub.oxen.ai/api/images/edit", "https://hub.oxen.ai/api/ai/queue"),
        (
            "https://proxy.example/oxen/api/ai/images/edit",
            "https://proxy.example/oxen/api/ai/queue",
        ),
        ("http://127.0.0.1:8901/edit", "http://127.0.0.1:8901/api/ai/queue"),
    ],
)
def test_the_queue_is_beside_the_endpoint(endpoint, queue):
    assert api_url(endpoint, "ai/queue") == queue


@given(st.integers(0, (1 << 32) - 1))
def test_geminis_seeds_are_positive_numbers_of_32_bits(seed):
    assert 0 <= gemini_seed(seed) < 1 << 31
    assert gemini_seed(seed) == seed or seed >= 1 << 31


@given(st.integers(0, 5), st.integers(0, 5), st.booleans())
def test_the_template_is_shown_first_and_no_more_examples_than_allowed(given_, most, labels):
    examples = tuple(bytes([number]) for number in range(given_))
    request = EditRequest(b"template", "paint", None, 0, references=examples)
    parts = list(shown(request, labels=labels, references=most))
    pictures = [part.png for part in parts if part.png is not None]
    assert pictures == [b"template", *examples[:most]]
    assert len(parts) == len(pictures) * (1 + labels) + 1
    assert parts[-1].text == "paint"


@pytest.mark.parametrize("negative", [None, "", "  "])
def test_nothing_to_avoid_is_not_spoken_of(negative):
    assert prompt_told(EditRequest(b"", "paint", negative, 0)) == "paint"
