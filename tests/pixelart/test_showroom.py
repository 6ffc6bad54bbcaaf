"""The sheet of everything: what moves on it is told by name."""

import json

import numpy as np
import pytest

from isogen.digest import digest_of
from isogen.pixelart.style import load_style
from isogen.scene.showroom.buildings import EXHIBITS
from isogen.scene.showroom.props import STANDS
from isogen.stages.style_sheet import draw_everything, draw_showroom

_DIGITS = 12


@pytest.fixture(scope="module")
def sheet():
    return draw_showroom(load_style("classic"))


def test_every_kind_of_building_and_thing_has_a_stand_of_its_own(sheet):
    assert [place.name for place in sheet.places] == [*EXHIBITS, *STANDS]
    assert len({place.name for place in sheet.places}) == len(sheet.places)


def test_every_stand_shows_something(sheet):
    lawn = np.bincount(sheet.indices.ravel(), minlength=256).argmax()
    shares = {p.name: (sheet.stand(p)[:-12] != lawn).mean() for p in sheet.places}
    assert min(shares.values()) > 0.2, min(shares, key=shares.get)


def test_what_stands_in_the_showroom_looks_as_it_did(sheet, golden):
    now = {
        place.name: digest_of(np.ascontiguousarray(sheet.stand(place)).tobytes())[:_DIGITS]
        for place in sheet.places
    }
    told = json.dumps(now, indent=1).encode() + b"\n"
    known = json.loads(golden("showroom.json", told))
    moved = sorted(name for name in now if now[name] != known.get(name))
    assert not moved, f"these look different; if they should, use --update-golden: {moved}"
    assert known.keys() == now.keys()


def test_the_sheet_of_a_style_holds_its_ramps_and_the_showroom(sheet):
    whole = draw_everything(load_style("classic"), "night")
    assert whole.shape[1] == sheet.indices.shape[1]
    assert np.array_equal(whole[-len(sheet.indices) :], sheet.indices)
