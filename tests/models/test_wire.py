import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.errors import InputError, ModelAnswerError
from isogen.models.wire import (
    MOST_SEED,
    EditCall,
    EditResult,
    call_fields,
    decode_call,
    decode_fields,
    decode_headers,
    decode_result,
    encode_call,
    encode_result,
    result_headers,
)
from isogen.models.wire_status import (
    Health,
    decode_health,
    encode_error,
    encode_health,
    error_message,
)

IMAGE = b"\x89PNG picture"
IMAGE_B64 = "iVBORyBwaWN0dXJl"

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
pictures = st.binary(min_size=1, max_size=40)
scales = st.floats(0, 20)
coordinates = st.integers(-(1 << 40), 1 << 40)
calls = st.builds(
    EditCall,
    image=pictures,
    prompt=texts,
    negative_prompt=st.none() | texts,
    true_cfg_scale=scales,
    steps=st.integers(1, 200),
    guidance_scale=st.none() | scales,
    seed=st.none() | st.integers(0, MOST_SEED),
    window=st.none() | st.tuples(coordinates, coordinates),
    references=st.lists(pictures, max_size=3).map(tuple),
)
results = st.builds(
    EditResult,
    image=pictures,
    seed=st.none() | st.integers(0, MOST_SEED),
    model=st.none() | texts,
    revision=st.none() | texts,
    request_key=st.none() | texts,
    seconds=st.none() | st.floats(0, 1e6),
)


def refusal(fields):
    try:
        decode_fields(fields, IMAGE)
    except InputError as error:
        return "must be" if "must be" in str(error) else str(error)
    return ""


@given(calls)
def test_a_call_that_is_sent_as_json_is_read_back_equal(call):
    assert decode_call(encode_call(call)) == call


@given(calls)
def test_a_call_that_is_sent_as_a_form_is_read_back_equal(call):
    assert decode_fields(call_fields(call), call.image, call.references) == call


@given(results)
def test_an_answer_is_read_back_equal(result):
    assert decode_result(encode_result(result)) == result
    headers = result_headers(result)
    assert decode_headers(headers, result.image) == result
    assert all(value.isascii() and value.isprintable() for value in headers.values())


def test_the_fields_are_those_that_existing_clients_know():
    told = json.loads(encode_call(EditCall(IMAGE, "paint", seed=7)))
    assert told == {
        "image_b64": IMAGE_B64,
        "prompt": "paint",
        "negative_prompt": None,
        "true_cfg_scale": 2.0,
        "steps": 14,
        "guidance_scale": 3.0,
        "seed": 7,
    }


def test_what_an_older_client_leaves_out_has_its_default():
    body = json.dumps({"image_b64": f"data:image/png;base64,{IMAGE_B64}", "prompt": "p", "x": 1})
    assert decode_call(body.encode()) == EditCall(b"\x89PNG picture", "p")
    assert decode_fields({"prompt": "p"}, IMAGE) == EditCall(IMAGE, "p")


def test_no_negative_prompt_and_an_empty_one_differ():
    none, empty = EditCall(IMAGE, "p"), EditCall(IMAGE, "p", "")
    assert decode_call(encode_call(none)).negative_prompt is None
    assert decode_call(encode_call(empty)).negative_prompt == ""
    assert decode_fields(call_fields(none), IMAGE).negative_prompt is None
    assert decode_fields(call_fields(empty), IMAGE).negative_prompt == ""


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"image_b64": None}, "image_b64 must be a picture in base64, got nothing"),
        ({"image_b64": "%%%"}, "image_b64 is no base64"),
        ({"image_b64": "data:,"}, "image_b64 is empty"),
        ({"prompt": ""}, "prompt must be text of 1 to 4000"),
        ({"prompt": "x" * 4001}, "prompt must be text of 1 to 4000"),
        ({"negative_prompt": 3}, "negative_prompt must be null or text"),
        ({"steps": 0}, "steps must be a whole number from 1 to 200, got 0"),
        ({"steps": True}, "steps must be a whole number"),
        ({"steps": 2.5}, "steps must be a whole number"),
        ({"true_cfg_scale": -1}, "true_cfg_scale must be a number from 0 to 20, got -1"),
        ({"guidance_scale": "3"}, "guidance_scale must be a number"),
        ({"seed": 1 << 32}, "seed must be a whole number from 0 to 4294967295"),
        ({"window": [1]}, "window must be [x, y]"),
        ({"window": "1,2"}, "window must be a list"),
        ({"references_b64": ["%"]}, "references_b64 is no base64"),
        ({"references_b64": [IMAGE_B64] * 11}, "references must be at most 10, got 11"),
    ],
)
def test_a_wrong_call_is_refused_with_what_may_stand_there(changed, says):
    body = {"image_b64": IMAGE_B64, "prompt": "p", **changed}
    with pytest.raises(InputError) as error:
        decode_call(json.dumps(body).encode())
    assert says in str(error.value)


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"a":', b"null"])
def test_what_is_no_object_is_neither_call_nor_answer(body):
    with pytest.raises(InputError):
        decode_call(body)
    with pytest.raises(ModelAnswerError):
        decode_result(body)


@pytest.mark.parametrize("body", [b"{}", b'{"image_b64": 3}', b'{"image_b64": "*"}'])
def test_an_answer_without_a_picture_is_refused(body):
    with pytest.raises(ModelAnswerError, match="no picture"):
        decode_result(body)


def test_an_answer_of_the_picture_alone_is_enough():
    body = json.dumps({"image_b64": IMAGE_B64, "seconds": {"run": 1}, "seed": "x"}).encode()
    assert decode_result(body) == EditResult(b"\x89PNG picture")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_call_or_refused(body):
    with pytest.raises(InputError):
        decode_call(body)


@given(st.dictionaries(st.sampled_from(["seed", "steps", "window", "guidance_scale"]), texts))
def test_any_form_is_a_call_or_refused(fields):
    assert refusal({"prompt": "p", **fields}) in ("", "must be")


@given(st.builds(Health, st.sampled_from(["ready", "loading", "failed"]), texts, texts, texts))
def test_the_health_of_a_server_is_read_back_equal(health):
    assert decode_health(encode_health(health)) == health


@pytest.mark.parametrize("body", [b"", b"{}", b'{"status": "ok"}', b"<html>", b"[1]"])
def test_a_server_that_speaks_otherwise_has_no_health(body):
    assert decode_health(body) is None


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (encode_error("queue_full", "many wait"), "many wait"),
        (b'{"error": {"type": "x", "title": "Bad", "detail": "no key"}}', "Bad: no key"),
        (b'{"error": "plain"}', "plain"),
        (b'{"detail": "Not Found"}', "Not Found"),
        (b"<html><body>502</body></html>", ""),
        (b"upstream timed out", "upstream timed out"),
        (b"{}", ""),
        (b"", ""),
    ],
)
def test_a_failure_is_read_whoever_wrote_it(body, message):
    assert error_message(body) == message
