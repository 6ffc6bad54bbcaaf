"""What becomes of callers that send a byte now and then."""

import socket
import time
from contextlib import closing

import pytest

from inference.app import create_app
from inference.settings import Settings
from isogen.stages.serving import Impatient
from tests.support.asgi import running
from tests.support.cheap_engine import CheapEngine

pytestmark = pytest.mark.enable_socket

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"
ASK = b"GET /health HTTP/1.1\r\nHost: x\r\n"
MOST_S = 5.0


class Quick(Impatient):
    head_s = 0.3


@pytest.fixture(scope="module")
def port():
    settings = Settings(api_key="s3cret", drain_s=0.3)
    with running(create_app(CheapEngine(), settings), http=Quick) as url:
        yield int(url.rpartition(":")[2])


def told(port, *sent, dripping=b""):
    """Send, then drip until the server closes; return all that it told, and in how long."""
    start, heard = time.monotonic(), b""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=0.05)) as connection:
        for data in sent:
            connection.sendall(data)
        while time.monotonic() - start < MOST_S:
            try:
                if dripping:
                    connection.sendall(dripping)
                got = connection.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                break
            if not got:
                break
            heard += got
    return heard, time.monotonic() - start


@pytest.mark.parametrize("sent", [(), (HEAD,), (ASK + b"\r\n", ASK)])
@pytest.mark.parametrize("dripping", [b"", b"x"])
def test_a_request_that_does_not_begin_is_not_waited_for(port, sent, dripping):
    heard, took_s = told(port, *sent, dripping=dripping if sent else b"")
    assert took_s < MOST_S / 2
    assert heard.count(b"200 OK") == len(sent) // 2


@pytest.mark.parametrize("dripping", [b"", b"x"])
def test_who_is_refused_is_told_so_before_all_is_sent(port, dripping):
    heard, took_s = told(port, HEAD + b"Content-Length: 99999\r\n\r\n", dripping=dripping)
    assert b" 401 " in heard.partition(b"\r\n")[0]
    assert took_s < MOST_S / 2
