import pytest
from hypothesis import given
from hypothesis import strategies as st

from isogen.scene.geojson.tags import Form, tags_of

values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just([1]))


def meant(form=Form.AREA, **properties):
    """The tags of properties, less those that the properties hold under their own name."""
    found = tags_of(properties, form)
    return None if found is None else {k: v for k, v in found.items() if k not in properties}


@given(st.dictionaries(st.text(max_size=12), values), st.sampled_from(Form))
def test_tags_are_texts_whatever_the_properties_hold(properties, form):
    found = tags_of(properties, form)
    assert found is None or all(isinstance(v, str) and v for v in found.values())


def test_tags_of_openstreetmap_are_taken_as_they_are():
    given = {"building": "church", "height": "31", "building:part": None, "layer": 1}
    assert tags_of(given, Form.AREA) == {"building": "church", "height": "31", "layer": "1"}


@pytest.mark.parametrize(
    ("column", "value", "tag", "text"),
    [
        ("height_m", 12.5, "height", "12.5"),
        ("Building_Height", "9", "height", "9"),
        ("measuredHeight", 21.0, "height", "21"),
        ("HEIGHT_FT", 40, "height", "40 ft"),
        ("levels", 5, "building:levels", "5"),
        ("NUMFLOORS", 4.0, "building:levels", "4"),
        ("storeys", "3", "building:levels", "3"),
    ],
)
def test_the_columns_of_cities_say_how_high_a_building_is(column, value, tag, text):
    assert meant(**{column: value}) == {"building": "yes", tag: text}


def test_a_height_of_zero_is_not_known():
    assert tags_of({"height": 0, "levels": 0, "building": True}, Form.AREA) == {
        "building": "yes",
        "levels": "0",
    }


@pytest.mark.parametrize(
    ("form", "value", "tag"),
    [
        (Form.AREA, "park", ("leisure", "park")),
        (Form.AREA, "Golf Course", ("leisure", "golf_course")),
        (Form.AREA, "water", ("natural", "water")),
        (Form.AREA, "church", ("building", "church")),
        (Form.AREA, "building", ("building", "yes")),
        (Form.LINE, "street", ("highway", "residential")),
        (Form.LINE, "motorway-link", ("highway", "motorway_link")),
        (Form.LINE, "tram", ("railway", "tram")),
        (Form.POINT, "tree", ("natural", "tree")),
    ],
)
def test_a_class_stands_for_a_tag(form, value, tag):
    assert meant(form, **{"class": value}) == dict([tag])
    assert meant(form, fclass=value) == dict([tag])


def test_what_says_nothing_is_a_building_or_a_street():
    assert tags_of({"OBJECTID": 7}, Form.AREA) == {"OBJECTID": "7", "building": "yes"}
    assert tags_of({}, Form.LINE) == {"highway": "residential"}
    assert tags_of({}, Form.POINT) is None


def test_what_is_of_a_class_that_nobody_knows_is_nothing():
    assert tags_of({"class": "isobath"}, Form.AREA) is None
    assert tags_of({"type": "isobath"}, Form.LINE) is None


def test_an_area_with_a_height_is_a_building_of_its_class():
    assert meant(type="retail", levels=2) == {"building": "retail", "building:levels": "2"}


def test_tags_may_lie_in_a_property_of_their_own():
    assert meant(tags={"leisure": "park"})["leisure"] == "park"
