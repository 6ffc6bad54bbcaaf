import logging

import pytest

from isogen.errors import InputError, MissingKeyError
from isogen.models.keys import hide_in_logs, place_of, read_address, read_key, variables_of
from isogen.params.infill import DiffusersModelParams, GeminiModelParams, HttpModelParams
from tests.models.contract import KEY


@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "httpcore.connection"])
def test_a_key_that_was_read_shows_in_no_log(caplog, name):
    read_key({"A_KEY": KEY}, "A_KEY", model="mine")
    caplog.set_level(logging.DEBUG, name)
    logging.getLogger(name).debug("sent %r to %s", {"authorization": f"Bearer {KEY}"}, "host")
    logging.getLogger(name).info("nothing to hide: %d", 3)
    assert KEY not in caplog.text
    assert "'Bearer ***'} to host" in caplog.text
    assert "nothing to hide: 3" in caplog.text


def test_hiding_something_twice_does_nothing_more():
    before = list(logging.getLogger("httpx").filters)
    hide_in_logs(KEY)
    hide_in_logs(KEY)
    assert len(logging.getLogger("httpx").filters) == max(len(before), 1)


@pytest.mark.parametrize("environ", [{}, {"V": ""}, {"V": " \n"}])
def test_what_is_missing_is_named_with_how_to_get_it(environ):
    with pytest.raises(MissingKeyError, match="mine needs V,") as error:
        read_key(environ, "V", model="mine", how="Ask me.")
    assert error.value.hint == "Ask me. Then: export V=..."
    with pytest.raises(MissingKeyError, match="the address in V,") as error:
        read_address(environ, "V", model="mine")
    assert error.value.hint == "Then: export V=https://..."


@pytest.mark.parametrize(
    "text",
    ["a.example", "ftp://a", "http://?", f"https://me:{KEY}@a", "x y", "http://[", "http://a..b"],
)
def test_what_is_no_address_is_refused_unseen(text):
    with pytest.raises(InputError, match="V is no address") as error:
        read_address({"V": text}, "V", model="mine")
    assert text not in f"{error.value} {error.value.hint}"


def test_a_model_names_the_variables_that_it_reads():
    params = HttpModelParams(url_env="U", key_env="K", proxy_env=("I", "S"))
    told = [(v.name, v.is_needed, v.is_set) for v in variables_of(params, {"K": "x", "S": "x"})]
    assert told == [("U", True, False), ("K", True, True), ("I", False, False), ("S", False, True)]
    assert variables_of(DiffusersModelParams(), {}) == ()


def test_where_calls_go_is_told_by_the_host_alone():
    assert place_of(HttpModelParams(url="https://a.example:1/x?k=v"), {}) == "a.example:1"
    assert place_of(HttpModelParams(url_env="U"), {"U": "https://b.example/x"}) == "b.example"
    assert place_of(HttpModelParams(url_env="U"), {"U": f"https://{KEY}@b"}) == "$U"
    assert place_of(GeminiModelParams(), {}) == "generativelanguage.googleapis.com"
    assert place_of(DiffusersModelParams(device="mps"), {}) == "this machine (mps)"
