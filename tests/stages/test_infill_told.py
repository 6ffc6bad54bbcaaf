"""What is said of a map that a model paints: status, lineage, plans and options."""

import json

import pytest

from isogen.cli.app import run as run_command
from isogen.geo.grid import Quadrant
from isogen.image.decode import decode_picture
from isogen.image.png import encode_truecolor
from isogen.stages.infill_brief import Said
from tests.support.painter import infill_of, truth
from tests.support.wire_server import WireServer

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def run(town, capfd):
    """Run a command on the town: exit code and both streams."""

    def run(*arguments):
        capfd.readouterr()
        code = run_command(["-C", str(town.root), *arguments])
        return code, *capfd.readouterr()

    return run


def completed(call):
    template = decode_picture(call.image, max_pixels=1 << 20)
    infill = infill_of(template)
    pixels = template.copy()
    pixels[infill] = truth(call.window)[infill]
    return encode_truecolor(pixels)


@pytest.fixture
def server(town):
    """A server behind the model that the town's settings name."""
    with WireServer(completed) as server:
        params = town.root / "params.yaml"
        text = params.read_text()
        params.write_text(text.replace("{cost_usd", f"{{url: {server.url('/edit_b64')}, cost_usd"))
        yield server


def test_the_map_is_painted_over_the_wire_and_told(run, server):
    code, _, err = run("generate")
    assert (code, len(server.calls)) == (0, 9)
    assert "16 painted in 9 steps (9 calls), $0.18" in err
    assert "generation  16 of 16 quadrants" in run("status")[1]


def test_a_failing_service_exits_with_4_and_keeps_the_rest(run, server, town):
    text = (town.root / "params.yaml").read_text()
    (town.root / "params.yaml").write_text(text.replace("cost_usd", "attempts: 1, cost_usd"))
    server.paint = lambda call: b"no picture" if call.window == (0, 0) else completed(call)
    code, _, err = run("generate")
    assert (code, len(town.layer("generation"))) == (4, 15)
    assert "1 step failed (1 x 1 at 1,1)" in err


def test_a_failure_counts_no_padding(run, server):
    server.paint = lambda _: b"no picture"
    code, _, err = run("generate", "-2,-2")
    told = " ".join(err.split())
    assert code == 4
    assert "generate: nothing painted, $0.04 isogen: error: 1 step failed (2 x 2 at" in told
    assert "). Why: " in told
    assert "asked before" not in run("generate", "-2,-2", "--replace")[2]


def test_a_tile_and_a_corner_name_a_quadrant(run, server, town):
    run("generate")
    asked = len(server.calls)
    code, _, _ = run("generate", "-1,-1", "--target", "br", "--replace", "--seed", "9")
    assert (code, len(server.calls)) == (0, asked + 1)
    assert town.layer("generation").row(0, 0).seed == 9
    assert "generation  16 of 16 quadrants, 1 made with other settings (kept)" in run("status")[1]


def test_a_plan_is_told_without_a_call(run, server):
    code, _, err = run("generate", "--dry-run")
    assert (code, server.calls) == (0, [])
    assert "would paint 16 quadrants by local in 9 calls, about $0.18" in " ".join(err.split())


@pytest.mark.parametrize(
    ("option", "value"),
    [("--prompt", "snow"), ("--seed", "1"), ("--max-cost", "1"), ("--reference", "0,0")],
)
def test_the_built_in_artist_takes_no_options_of_models(run, option, value):
    code, _, err = run("generate", "--model", "pixelart", option, value)
    assert code == 2
    assert f"cannot be told {option}" in err


def test_the_built_in_artist_signs_what_it_paints_in_a_map_of_a_model(run, paint, town):
    paint()
    again = "--model", "pixelart"
    assert (
        "would make 1 of 1 quadrant (1 made by infill/1" in run("generate", "0,0", *again, "-n")[2]
    )
    assert run("generate", "0,0", *again)[0] == 0
    row = town.layer("generation").row(0, 0)
    assert (row.maker.partition("/")[0], row.model) == ("pixelart", "pixelart")
    assert "would make 0 of 1 quadrant" in run("generate", "0,0", *again, "-n")[2]
    assert "would make 1 of 1 quadrant" in run("generate", "0,0", *again, "-n", "--replace")[2]


def test_a_corner_without_a_tile_is_refused(run):
    code, _, err = run("generate", "--target", "tl")
    assert (code, "top-left quadrant" in err) == (2, True)


def test_a_quadrant_tells_how_it_was_painted(run, paint):
    paint()
    paint(Quadrant(0, 0), replace=True, said=Said(prompt="more trees", seed=3))
    code, out, _ = run("show", "0", "0", "--json")
    node = json.loads(out)[0]
    assert (code, node["prompt"], node["seed"], node["revision"]) == (0, "more trees", "3", "r1")
    assert node["cost"] == "$0.0200"
    assert [n["what"].split()[0] for n in node["made_from"]] == ["render"] + ["generation"] * 8


def test_status_says_what_is_missing_and_why(run, paint, town):
    paint(limit=1)
    assert "12 not made yet" in run("status")[1]
    renders = town.layer("render")
    row, other = renders.row(-1, -1), renders.row(0, 0)
    generations = town.layer("generation")
    with generations.writing() as writer:
        changed = generations.row(-1, -1)._replace(parents=(other.sha256,))
        writer.record(changed, seconds=0)
    assert row.sha256 != other.sha256
    assert "1 its render changed" in run("status")[1]
