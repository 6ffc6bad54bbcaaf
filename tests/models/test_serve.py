"""`isogen models serve`: the built-in artist behind the wire, in a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing

import numpy as np
import pytest

from isogen.cli.app import run
from isogen.image.png import decode, encode_truecolor
from isogen.image.template import draw_border
from isogen.models.wire import EditCall, decode_result, encode_call
from isogen.pixelart.photo.infill import complete_template
from isogen.stages import serving
from isogen.stages.project import Project

pytestmark = pytest.mark.enable_socket

COMMAND = [sys.executable, "-c", "from isogen.cli import main; main()"]
PATIENCE_S = 60


def start(folder, *options, **environment):
    """Start a server on a free port; return its process and the address of its endpoint."""
    process = subprocess.Popen(
        [*COMMAND, "-C", str(folder), "models", "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    return process, process.stdout.readline().strip()


def end(process, how=signal.SIGINT):
    """End a server; return its exit code and what it told."""
    process.send_signal(how)
    told = process.communicate(timeout=PATIENCE_S)[1]
    return process.returncode, told


def ask(url, call, **headers):
    """Return status and body; waits while the server says that it is loading."""
    request = urllib.request.Request(url, encode_call(call), headers)  # noqa: S310
    for _ in range(PATIENCE_S * 5):
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                if error.code != 503:
                    return error.code, error.read()
        time.sleep(0.2)
    raise AssertionError("the server loads forever")


def template(seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (1024, 1024, 3), np.uint8)
    draw_border(pixels[256:768, :512])
    return pixels


def call_of(pixels, window=(0, 0)):
    return EditCall(encode_truecolor(pixels), "fill in", seed=0, window=window)


def brush_of(folder):
    return serving.pixelart_engine(Project(folder), serving.Brush())._brush  # noqa: SLF001


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    process, url = start(folder, "--log", str(folder / "calls.jsonl"))
    yield url, folder
    assert end(process)[0] == 0


def test_a_template_comes_back_painted_as_the_artist_paints_it(server):
    url, folder = server
    pixels = template(1)
    status, body = ask(url, call_of(pixels, (-512, 256)))
    made = decode_result(body)
    got = decode(made.image, max_pixels=1024 * 1024)[..., :3]
    assert (status, made.model) == (200, "pixelart")
    assert np.array_equal(got, complete_template(pixels, (-512, 256), brush_of(folder)))


def test_a_picture_that_is_no_template_is_refused(server):
    status, body = ask(server[0], call_of(np.zeros((1024, 1024, 3), np.uint8)))
    assert status == 422
    assert "no border" in json.loads(body)["error"]["message"]


def test_every_call_and_every_picture_is_in_the_log_and_none_is_made_twice(server):
    url, folder = server
    call = call_of(template(2))
    assert ask(url, call, **{"idempotency-key": "k2"}) == ask(
        url, call, **{"idempotency-key": "k2"}
    )
    called = []
    for _ in range(PATIENCE_S * 10):  # a line is written after its answer was sent
        lines = [json.loads(line) for line in (folder / "calls.jsonl").read_text().splitlines()]
        called = [line for line in lines if line.get("client_key") == "k2"]
        if len(called) > 1:
            break
        time.sleep(0.1)
    made = [line for line in lines if line["event"] == "made" and line["key"] == called[0]["key"]]
    assert [line["share"] for line in called] == ["ran", "remembered"]
    assert len(made) == 1


def test_only_this_machine_can_call_it(server):
    host, port = server[0].split("/")[2].split(":")
    assert host == "127.0.0.1"
    with closing(socket.create_connection((host, int(port)))):
        pass


def test_who_has_no_key_is_turned_away(tmp_path):
    process, url = start(tmp_path, "--key-env", "WORD", WORD="open-sesame")
    try:
        assert ask(url, call_of(template(3)))[0] == 401
        assert ask(url, call_of(template(3)), authorization="Bearer open-sesame")[0] == 200
    finally:
        code, told = end(process, signal.SIGTERM)
    assert code == 0
    assert "key_env: WORD" in told
    assert "open-sesame" not in told


def test_a_taken_port_is_named(tmp_path, capfd):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        assert run(["-C", str(tmp_path), "models", "serve", "--port", port]) == 1
    told = capfd.readouterr()
    assert (told.out, f"port {port}" in told.err, "hint: Choose another" in told.err) == (
        "", True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--host", "0.0.0.0"], "could be called by other machines"),  # noqa: S104
        (["--key-env", "ISOGEN_NO_SUCH_KEY"], "ISOGEN_NO_SUCH_KEY is not set"),
        (["--style", "no-such-style"], "no-such-style"),
        (["--palette", "no-such-palette"], "no-such-palette"),
    ],
    ids=["another host", "no key", "no style", "no palette"],
)
def test_a_wrong_request_is_refused_before_anything_listens(tmp_path, capfd, options, told):
    assert run(["-C", str(tmp_path), "models", "serve", "--port", "0", *options]) == 2
    streams = capfd.readouterr()
    assert streams.out == ""
    assert told in streams.err


def test_in_a_project_its_settings_are_the_defaults(tmp_path):
    (tmp_path / "params.yaml").write_text("{map: {pixel_size: 3}, generate: {palette: night}}\n")
    engine = serving.pixelart_engine(Project(tmp_path), serving.Brush())
    same = serving.pixelart_engine(Project(tmp_path / "none"), serving.Brush("classic", "night", 3))
    assert engine.revision == same.revision
    assert (
        engine.revision
        != serving.pixelart_engine(Project(tmp_path), serving.Brush(palette="day")).revision
    )
