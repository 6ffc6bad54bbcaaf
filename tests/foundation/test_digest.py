import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.digest import canonical_json, digest_of, is_digest

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(st.binary())
def test_a_digest_is_the_sha256_of_the_bytes(data):
    assert digest_of(data) == hashlib.sha256(data).hexdigest()
    assert digest_of(bytearray(data)) == digest_of(memoryview(data)) == digest_of(data)
    assert is_digest(digest_of(data))


@pytest.mark.parametrize("text", ["", "ab" * 31, "ab" * 33, "AB" * 32, "g" * 64, "..", "٣" * 64])
def test_other_text_is_not_a_digest(text):
    assert not is_digest(text)


@given(values)
def test_canonical_json_is_json(value):
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(st.sampled_from("abcdef"), values))
def test_the_order_of_keys_does_not_change_the_bytes(value):
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)


def test_canonical_json_is_written_like_this():
    value = {"b": [1, 2.5, None], "a": {"ä": True}}
    assert canonical_json(value) == '{"a":{"ä":true},"b":[1,2.5,null]}'.encode()


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_json_cannot_say_are_refused(number):
    with pytest.raises(ValueError, match="JSON"):
        canonical_json({"a": number})


def test_values_that_json_cannot_say_are_refused():
    with pytest.raises(TypeError):
        canonical_json({"a": b"bytes"})
