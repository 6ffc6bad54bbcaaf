from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isogen.scene.osm.dates import year
from isogen.scene.osm.tags import (
    color,
    count,
    direction_deg,
    is_true,
    length_m,
    levels,
    levels_touched,
    number,
)


@pytest.mark.parametrize(
    ("text", "meters"),
    [
        ("12.5 m", 12.5),
        ("48.5m", 48.5),
        ("3,5", 3.5),
        (".5", 0.5),
        ("40'", 12.192),
        ("40 ft", 12.192),
        ("12'6\"", 3.81),
        ("5\u20326\u2033", 1.6764),
        ("2 km", 2000),
        ("30 metres", 30),
        (" 7 ", 7),
    ],
)
def test_lengths_are_read_in_meters_whatever_their_unit(text, meters):
    assert length_m(text) == pytest.approx(meters)


@pytest.mark.parametrize("text", [None, "", "tall", "-3", "3 - 4", "12 parsecs", "1e9", "9.0.0"])
def test_what_is_not_a_length_is_absent(text):
    assert length_m(text) is None


@pytest.mark.parametrize(("text", "found"), [("3", 3), ("3.9", 3), ("2;3", 2), ("-1", None)])
def test_counts_are_whole_and_not_negative(text, found):
    assert count(text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("6", 6), ("3.5", 3.5), ("4;6", 6), ("3-5", 5), ("2,5", 2.5), ("x", None)]
)
def test_levels_are_the_greatest_that_are_named(text, found):
    assert levels(text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("-1", (-1,)), ("-1;0", (-1, 0)), ("-2-0", (-2, 0)), (None, ()), ("G", ())]
)
def test_every_level_that_is_touched_is_named(text, found):
    assert levels_touched(text) == found


@pytest.mark.parametrize(("text", "found"), [("-1", -1), ("+2", 2), ("1;2", 1), ("one", None)])
def test_numbers_may_be_negative(text, found):
    assert number(text) == found


@pytest.mark.parametrize("text", ["yes", "Yes", "true", "1"])
def test_yes_is_true(text):
    assert is_true(text)


@pytest.mark.parametrize("text", [None, "no", "0", "maybe"])
def test_all_else_is_not_true(text):
    assert not is_true(text)


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("N", 0), ("NNE", 22.5), ("sw", 225), ("45", 45), ("45\u00b0", 45), ("-90", 270), ("360", 0)],
)
def test_directions_are_clockwise_from_north(text, degrees):
    assert direction_deg(text) == degrees


@pytest.mark.parametrize(
    ("text", "rgb"),
    [
        ("#abc", (170, 187, 204)),
        ("#AABBCC", (170, 187, 204)),
        ("white", (255, 255, 255)),
        ("Light_Grey", (211, 211, 211)),
        ("dark slate gray", (47, 79, 79)),
        ("beige;white", (245, 245, 220)),
    ],
)
def test_colors_are_hex_digits_or_names_of_css(text, rgb):
    assert color(text) == rgb


@pytest.mark.parametrize("text", [None, "", "multicolour", "#12", "#12345g", "aabbcc"])
def test_what_is_not_a_color_is_absent(text):
    assert color(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1890", 1890),
        ("1905-03", 1905),
        ("1938-10-02", 1938),
        ("c. 1920", 1920),
        ("~1920", 1920),
        ("before 1900", 1900),
        ("after 1981", 1981),
        ("C19", 1850),
        ("c18", 1750),
        ("late C19", 1883),
        ("1890s", 1895),
        ("early 1920s", 1921),
        ("after 1905..1908", 1906),
        ("1910-1912", 1911),
        ("1865;1890", 1865),
        ("2012?", 2012),
        ("j:1918-01-31", 1918),
    ],
)
def test_years_are_read_from_all_that_mappers_write(text, found):
    assert year(text) == found


@pytest.mark.parametrize("text", [None, "", "old", "12", "before", "..", "1890-", "c"])
def test_what_is_not_a_date_has_no_year(text):
    assert year(text) is None


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_is_an_error(text):
    found = (length_m(text), levels(text), number(text), direction_deg(text), year(text))
    assert all(value is None or abs(value) < inf for value in found)
    assert color(text) is None or max(color(text)) < 256
    assert count(text) is None or count(text) >= 0


@settings(deadline=None)
@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_hex_digits_give_back_their_color(red, green, blue):
    assert color(f"#{red:02x}{green:02X}{blue:02x}") == (red, green, blue)
