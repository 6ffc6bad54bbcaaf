import numpy as np
import pytest

from isogen.cli.app import run
from isogen.digest import digest_of
from isogen.errors import InputError
from isogen.geo.grid import Quadrant
from isogen.image.png import decode, encode_rgb, pixels_digest
from isogen.stages.marking import Saying, mark_quadrants, marks_of
from isogen.stages.project import Project
from isogen.stages.references import reference_tiles
from isogen.store.row import Row, Status

CHANCE = np.random.default_rng(3)
PLACES = [Quadrant(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1)]
PICTURES = {q: CHANCE.integers(0, 256, (512, 512, 3), np.uint8) for q in PLACES}


def row_of(quadrant, digest, picture):
    rgba = np.dstack([picture, np.full((512, 512), 255, np.uint8)])
    return Row(
        *quadrant, digest, pixels_digest(rgba), 512, 512, 1, digest_of(b"recipe"), "infill/1",
        "local", None, None, None, None, None, (), Status.OK, 60.0, 25.0,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path):
    """A map of nine quadrants, of which all but the bottom-right one are made."""
    (tmp_path / "params.yaml").write_text("store: {durability: fast}\n")
    project = Project(tmp_path)
    layer = project.layer("generation")
    with layer.writing() as writer:
        for quadrant in PLACES[:-1]:
            digest = layer.objects.put(encode_rgb(PICTURES[quadrant]))
            writer.record(row_of(quadrant, digest, PICTURES[quadrant]), seconds=0.0)
    return Project(tmp_path)


def test_a_tile_is_four_quadrants_with_its_top_left_one_named(project):
    (tile,) = reference_tiles(project, [Quadrant(-1, 0)], 3)
    pixels = decode(tile.png, max_pixels=1024 * 1024)[..., :3]
    assert tile.quadrant == (-1, 0)
    assert np.array_equal(pixels[:512, :512], PICTURES[-1, 0])
    assert np.array_equal(pixels[:512, 512:], PICTURES[0, 0])
    assert np.array_equal(pixels[512:, 512:], PICTURES[0, 1])


def test_the_objects_of_a_tile_are_named_row_by_row(project):
    layer = project.layer("generation")
    (tile,) = reference_tiles(project, [Quadrant(-1, -1)], 1)
    places = [(-1, -1), (0, -1), (-1, 0), (0, 0)]
    assert tile.digests == tuple(layer.row(*place).sha256 for place in places)


def test_what_is_wanted_comes_before_what_is_marked_and_nothing_twice(project):
    mark_quadrants(project, [Quadrant(-1, -1), Quadrant(0, -1)], Saying(reference=True))
    named = [tile.quadrant for tile in reference_tiles(project, [Quadrant(0, -1)] * 2, 3)]
    assert named == [(0, -1), (-1, -1)]


def test_a_model_is_shown_no_more_tiles_than_it_takes(project):
    mark_quadrants(project, [Quadrant(-1, -1), Quadrant(0, -1)], Saying(reference=True))
    assert [tile.quadrant for tile in reference_tiles(project, [], 1)] == [(-1, -1)]
    assert reference_tiles(project, [], 0) == ()


def test_asking_for_more_tiles_than_a_model_takes_is_refused(project):
    with pytest.raises(InputError, match="1 reference tiles are asked for, the model is shown 0"):
        reference_tiles(project, [Quadrant(-1, -1)], 0)


def test_an_unfinished_tile_is_refused_with_what_it_lacks(project):
    with pytest.raises(InputError, match="has no 1,1"):
        reference_tiles(project, [Quadrant(0, 0)], 1)


def test_an_unfinished_tile_cannot_be_marked(project):
    with pytest.raises(InputError, match="has no 2,0 1,1 2,1"):
        mark_quadrants(project, [Quadrant(1, 0)], Saying(reference=True))
    assert marks_of(project) == []


def test_what_is_not_said_again_stays(project):
    mark_quadrants(project, [Quadrant(-1, 0)], Saying(starred=True, note="harbor"))
    mark_quadrants(project, [Quadrant(-1, 0), Quadrant(5, 5)], Saying(water=-1))
    mark_quadrants(project, [Quadrant(-1, 0)], Saying(starred=False))
    said = [(mark.quadrant, mark.starred, mark.water, mark.note) for mark in marks_of(project)]
    assert said == [((-1, 0), False, -1, "harbor"), ((5, 5), False, -1, "")]


def test_the_command_marks_and_prints(project, capfd):
    at = ["-C", str(project.root), "mark"]
    assert run([*at, "-1,0", "--reference", "--star", "--water", "none", "--note", "keep"]) == 0
    assert capfd.readouterr().out == "-1,0  starred, reference, no water, keep\n"
    assert run([*at, "-1", "0", "--no-reference", "--water", "all"]) == 0
    assert capfd.readouterr().out == "-1,0  starred, all water, keep\n"
    assert run(at) == 0
    assert capfd.readouterr().out == "-1,0  starred, all water, keep\n"


def test_marking_without_quadrants_is_refused(project, capfd):
    assert run(["-C", str(project.root), "mark", "--star"]) == 2
    assert "mark takes the quadrants to mark" in capfd.readouterr().err
