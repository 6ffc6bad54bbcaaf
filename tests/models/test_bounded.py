import gzip
import socket
import threading
import time
from contextlib import closing

import httpx
import pytest

from isogen.models.bounded import BoundError, bounded_client
from tests.support.loopback import Loopback, Reply

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def dripping():
    """An address whose answer comes a byte at a time, for ever."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def drip():
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
            while not ended.wait(0.02):
                connection.sendall(b"x")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    with closing(listening):
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        ended.set()
        thread.join()


def test_an_answer_of_the_largest_size_is_read_and_a_larger_one_is_not():
    with (
        Loopback(lambda asked: Reply(body=b"x" * int(asked.query))) as server,
        bounded_client(server.origin, 100, connections=1) as client,
    ):
        assert len(client.get(server.url("/?100")).content) == 100
        with pytest.raises(BoundError):
            client.get(server.url("/?101"))


def test_an_answer_that_drips_ends_at_its_timeout(dripping):
    start = time.monotonic()
    with bounded_client(dripping, 9999, connections=1) as client, pytest.raises(httpx.ReadTimeout):
        client.get(dripping, timeout=0.3)
    assert time.monotonic() - start < 2


def test_a_redirect_is_not_followed():
    elsewhere = Reply(302, headers={"Location": "http://127.0.0.1:9/"})
    with (
        Loopback(lambda _: elsewhere) as server,
        bounded_client(server.origin, 100, connections=1) as client,
    ):
        assert client.get(server.url()).status_code == 302


@pytest.mark.parametrize("packing", ["gzip", "br", "zstd", "deflate, gzip", "x"])
def test_what_comes_packed_is_not_unpacked(packing):
    bomb = gzip.compress(bytes(1 << 24))
    reply = Reply(body=bomb, headers={"Content-Encoding": packing})
    with (
        Loopback(lambda _: reply) as server,
        bounded_client(server.origin, 1 << 20, connections=1) as client,
    ):
        with pytest.raises(BoundError, match="packed"):
            client.get(server.url(), headers={"accept-encoding": "gzip"})
        assert server.asked[0].headers["accept-encoding"] == "identity"


def test_an_answer_that_says_it_is_not_packed_is_read():
    reply = Reply(body=b"x", headers={"Content-Encoding": "identity"})
    with (
        Loopback(lambda _: reply) as server,
        bounded_client(server.origin, 100, connections=1) as client,
    ):
        assert client.get(server.url()).content == b"x"
