import http.client
import socket
from contextlib import closing

import pytest

from isogen.errors import InputError, StorageError
from isogen.export.serve import serve

pytestmark = pytest.mark.enable_socket

TEXT = bytes(range(100))
DIGITS = "9" * 9000
HUGE = (f"bytes={DIGITS}-", f"bytes=0-{DIGITS}", f"bytes=-{DIGITS}")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    outside = tmp_path_factory.mktemp("served")
    site = outside / "site"
    (site / "sub").mkdir(parents=True)
    (site / "index.html").write_bytes(b"<!doctype html>")
    (site / "sub" / "data.bin").write_bytes(TEXT)
    (site / "empty.json").write_bytes(b"")
    (site / "viewer.js").write_bytes(b"1")
    (outside / "secret").write_bytes(b"secret")
    with closing(serve(site)) as running:
        yield running


@pytest.fixture
def ask(server):
    def request(path, method="GET", **headers):
        with closing(http.client.HTTPConnection("127.0.0.1", server.server_port)) as connection:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    return request


def test_a_folder_answers_with_its_page(ask):
    status, headers, body = ask("/")
    assert (status, body) == (200, b"<!doctype html>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_types_are_those_of_the_web(ask):
    assert ask("/viewer.js")[1]["Content-Type"] == "text/javascript; charset=utf-8"
    assert ask("/sub/data.bin")[1]["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("asked", "body", "content_range"),
    [
        ("bytes=0-9", TEXT[:10], "bytes 0-9/100"),
        ("bytes=90-", TEXT[90:], "bytes 90-99/100"),
        ("bytes=95-300", TEXT[95:], "bytes 95-99/100"),
        ("bytes=-5", TEXT[-5:], "bytes 95-99/100"),
    ],
)
def test_a_range_is_answered_with_a_part(ask, asked, body, content_range):
    status, headers, got = ask("/sub/data.bin", Range=asked)
    assert (status, got, headers["Content-Range"]) == (206, body, content_range)


@pytest.mark.parametrize("asked", ["bytes=9-3", "lines=1-2", "bytes=0-1,4-5", "bytes=-", *HUGE])
def test_what_is_no_single_range_is_answered_with_the_whole(ask, asked):
    assert ask("/sub/data.bin", Range=asked)[::2] == (200, TEXT)


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=-0"])
def test_a_range_past_the_end_is_refused_with_the_size(ask, asked):
    status, headers, _ = ask("/sub/data.bin", Range=asked)
    assert (status, headers["Content-Range"]) == (416, "bytes */100")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret",
        "/%2e%2e/secret",
        "/sub/../../secret",
        "//etc/passwd",
        "/..%5csecret",
        "/%00",
    ],
)
def test_nothing_outside_the_folder_can_be_reached(ask, path):
    assert ask(path)[0] == 404


def test_a_broken_address_is_answered_with_not_found(ask):
    assert ask("http://[", Host="127.0.0.1:80")[0] == 404


def test_a_link_out_of_the_folder_is_not_followed(ask, server):
    (server.root / "out").symlink_to(server.root.parent / "secret")
    assert ask("/out")[0] == 404


def test_an_empty_file_and_a_missing_one_differ(ask):
    assert ask("/empty.json")[::2] == (200, b"")
    assert ask("/missing.json")[0] == 404


def test_a_head_has_no_body(ask):
    status, headers, body = ask("/sub/data.bin", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "100", b"")


def test_an_unchanged_file_is_not_sent_again(ask):
    tag = ask("/sub/data.bin")[1]["ETag"]
    assert ask("/sub/data.bin", If_None_Match=tag)[::2] == (304, b"")


def test_a_page_elsewhere_cannot_borrow_the_server(ask):
    assert ask("/", Host="evil.example:80")[0] == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "LocalHost:80", "localhost"])
def test_a_name_of_this_machine_is_answered_however_it_is_written(ask, host):
    assert ask("/", Host=host)[0] == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://127.0.0.1:80", "http://127.0.0.1:81", "null"]
)
def test_a_page_of_another_origin_is_refused(ask, origin):
    assert ask("/", Host="127.0.0.1:80", Origin=origin)[0] == 403


def test_the_page_itself_is_answered(ask):
    assert ask("/", Host="127.0.0.1:80", Origin="http://127.0.0.1:80")[0] == 200


def test_a_missing_folder_is_a_wrong_request(tmp_path):
    with pytest.raises(InputError, match="no folder"):
        serve(tmp_path / "missing")


def test_a_taken_port_is_named(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StorageError, match=str(port)):
            serve(tmp_path, port)
