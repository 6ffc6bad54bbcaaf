import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from isogen.digest import digest_of, is_digest
from isogen.recipe import Recipe

words = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=5)
makers = st.builds("{}/{}".format, words, st.integers(1, 99))
inputs = st.lists(st.builds(digest_of, st.binary(max_size=3)), max_size=3).map(tuple)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.none() | st.booleans() | numbers | words
settings = st.dictionaries(words, values, max_size=4).map(lambda d: tuple(d.items()))
recipes = st.builds(Recipe, makers, inputs, settings)


def exactly(recipe):
    """What a recipe says; 1, 1.0 and True are three different things."""
    return repr((recipe.maker, recipe.inputs, recipe.settings))


@given(recipes, recipes)
def test_recipes_have_equal_digests_only_if_they_say_the_same(a, b):
    assert (a.digest == b.digest) == (exactly(a) == exactly(b))
    assert is_digest(a.digest)


@given(recipes, makers)
def test_another_maker_is_another_recipe(recipe, maker):
    assume(maker != recipe.maker)
    assert Recipe(maker, recipe.inputs, recipe.settings).digest != recipe.digest


@given(recipes, st.builds(digest_of, st.binary(max_size=3)))
def test_another_input_is_another_recipe(recipe, one):
    more = Recipe(recipe.maker, (*recipe.inputs, one), recipe.settings)
    assert more.digest != recipe.digest


def test_the_order_of_inputs_is_part_of_the_recipe():
    a, b = digest_of(b"a"), digest_of(b"b")
    assert Recipe("m/1", (a, b)).digest != Recipe("m/1", (b, a)).digest


@given(recipes, values, values)
def test_another_value_of_a_setting_is_another_recipe(recipe, old, new):
    assume(repr(old) != repr(new))
    one = Recipe(recipe.maker, recipe.inputs, (*recipe.settings, ("a setting", old)))
    other = Recipe(recipe.maker, recipe.inputs, (*recipe.settings, ("a setting", new)))
    assert one.digest != other.digest


@given(recipes, st.randoms(use_true_random=False))
def test_the_order_of_settings_does_not_matter(recipe, order):
    shuffled = list(recipe.settings)
    order.shuffle(shuffled)
    again = Recipe(recipe.maker, recipe.inputs, tuple(shuffled))
    assert again == recipe
    assert again.digest == recipe.digest


def test_a_setting_has_one_value():
    with pytest.raises(ValueError, match="twice"):
        Recipe("m/1", (), (("seed", 1), ("seed", 2)))


def test_the_digest_of_a_recipe_never_changes():
    recipe = Recipe("pixelart/3", (digest_of(b"faces"),), (("palette", "classic"), ("seed", 7)))
    assert recipe.digest == "409d9d99fe49637c8b2e38d350556ef80be0c72e955de706b77c30b67c2f3c97"
