from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.errors import InputError, IsogenError, ModelAnswerError
from isogen.models.calling import TryAgainError
from isogen.models.exchange import Answered, Exchange, Message, following
from tests.models.contract import KEY
from tests.support.loopback import Loopback, Reply

POST = Message("POST", "https://a.example/edit?x=1", {"authorization": KEY, "content-type": "t"})
PLAIN = Message("POST", "http://127.0.0.1:8888/edit", {"authorization": KEY}, b"body")


def led(message, status, location):
    return following(message, Answered(status, {"location": location}, b""))


def test_an_answer_elsewhere_is_fetched_without_the_request_and_with_the_key():
    assert led(POST, 303, "/result?id=1") == Message(
        "GET", "https://a.example/result?id=1", {"authorization": KEY}
    )


@pytest.mark.parametrize(
    "location", ["https://b.example/r", "https://a.example:444/r", "//b.example/r"]
)
def test_another_server_never_gets_the_key(location):
    fetched = led(POST, 303, location)
    assert (fetched.method, fetched.headers) == ("GET", {})
    again = led(Message("GET", POST.url, POST.headers), 302, location)
    assert (again.method, again.headers) == ("GET", {})


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_request_is_repeated_within_the_same_server_only(status):
    moved = led(PLAIN, status, "/edit/")
    assert moved == Message("POST", "http://127.0.0.1:8888/edit/", PLAIN.headers, b"body")
    with pytest.raises(InputError, match=r"has moved to b\.example"):
        led(PLAIN, status, "https://b.example/edit")


@pytest.mark.parametrize("status", [301, 303, 307])
@pytest.mark.parametrize(
    "location",
    [
        "http://b.example/r",
        "http://127.0.0.1:9999/r",
        "http://localhost:8888/r",
        "http://169.254.169.254/latest",
        "https://me:secret@b.example/r",
        "file:///etc/passwd",
        "ftp://b.example/r",
    ],
)
def test_no_answer_leads_to_an_unsafe_place(status, location):
    for message in (POST, PLAIN):
        with pytest.raises(ModelAnswerError, match="not safe") as error:
            led(message, status, location)
        assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "10.0.0.1", "169.254.169.254", "[::1]",
     "[::ffff:10.0.0.1]", "[fd00::1]", "localhost", "a.localhost.", "printer.local", "db.internal"],
)  # fmt: skip
def test_no_answer_from_outside_leads_into_this_network(host):
    for status in (303, 307):
        with pytest.raises(ModelAnswerError, match="not safe"):
            led(POST, status, f"https://{host}/r")
    inside = Message("POST", "https://10.0.0.7/edit", {"authorization": KEY})
    assert led(inside, 303, f"https://{host}/r").headers == {}


@pytest.mark.parametrize("location", ["https://a..b/r", "https://b:99999/r", "https://b:x/r"])
def test_no_answer_leads_to_an_address_that_cannot_be(location):
    with pytest.raises(ModelAnswerError, match="not safe"):
        led(POST, 303, location)


def test_an_answer_that_leads_nowhere_is_named():
    with pytest.raises(ModelAnswerError, match="no address"):
        led(POST, 303, "http://[")


@pytest.mark.parametrize(("status", "location"), [(200, "/x"), (304, "/x"), (303, ""), (404, "/")])
def test_any_other_answer_is_final(status, location):
    assert led(POST, status, location) is None


@pytest.mark.enable_socket
@settings(max_examples=40)
@given(
    st.integers(200, 599) | st.sampled_from([301, 303, 307]),
    st.binary(max_size=50),
    st.sampled_from(["text/html", "application/json", "x"]),
    st.sampled_from([{}, {"Location": "/x"}, {"Location": "http://["}, {"Location": "\x7f:"}]),
    st.none() | st.integers(0, 60),
)
def test_any_answer_is_an_answer_or_one_of_our_errors(status, body, kind, headers, cut_at):
    def reply(_):
        return Reply(status, body, kind, headers, cut_at=cut_at)

    with Loopback(reply) as server, closing(Exchange(server.origin)) as exchange:
        try:
            answered = exchange.ask(Message("GET", server.url("/x")), 2.0)
        except (IsogenError, TryAgainError) as error:
            assert str(error)  # noqa: PT017  either is right
        else:
            assert answered.status == status


@pytest.mark.enable_socket
def test_an_answer_that_drips_does_not_hold_its_caller():
    with Loopback(lambda _: Reply(body=b"x" * 40, drip_s=0.05)) as server:
        exchange = Exchange(server.origin)
        with closing(exchange), pytest.raises(TryAgainError, match="in time") as error:
            exchange.ask(Message("GET", server.url("/x")), 0.3)
        assert error.value.is_read_timeout


@pytest.mark.enable_socket
def test_redirects_in_a_circle_end():
    with Loopback(lambda _: Reply(303, headers={"Location": "/x"})) as server:
        exchange = Exchange(server.origin)
        with closing(exchange), pytest.raises(ModelAnswerError, match="without end"):
            exchange.ask(Message("GET", server.url("/x")), 5.0)
        assert len(server.asked) == 100
