import numpy as np
import pytest

from isogen.digest import digest_of
from isogen.errors import InputError, ParamsError
from isogen.image.oklab import from_oklab, to_oklab
from isogen.mesh.vocabulary import Material
from isogen.pixelart.indices import TONES, VOID_RAMP
from isogen.pixelart.palette import MOST_COLORS, make_palette
from isogen.pixelart.palette_schema import PaletteFile, Ramp
from isogen.pixelart.style import load_style, style_folders

DAYS = ["autumn", "day", "dusk"]
ALL = [*DAYS, "night"]


def colors(name):
    return load_style("classic").palette(name).colors


def lightness(colors):
    return to_oklab(colors)[..., 0]


def ramps(name):
    return colors(name)[: len(Material) * TONES].reshape(-1, TONES, 3)


def test_the_palettes_of_the_classic_style_are_these():
    assert list(load_style("classic").palettes) == ALL


def test_an_unknown_palette_is_refused_by_naming_the_known_ones():
    with pytest.raises(InputError, match="classic has no palette 'sepia'") as caught:
        load_style("classic").palette("sepia")
    assert "autumn, day, dusk, night" in caught.value.hint


@pytest.mark.parametrize("name", ALL)
def test_a_palette_has_a_digest_of_its_colors(name):
    palette = load_style("classic").palette(name)
    assert palette.colors.shape == (256, 3)
    assert palette.digest == digest_of(palette.colors.tobytes())


@pytest.mark.parametrize("name", DAYS)
def test_ramps_go_from_dark_to_light(name):
    steps = np.diff(lightness(ramps(name)), axis=1)
    assert (steps > -0.01).all()


def test_shadows_turn_toward_blue_and_lights_toward_yellow():
    blue_to_yellow = to_oklab(ramps("day")[Material.GREY])[:, 2]
    assert blue_to_yellow[0] < blue_to_yellow[3] < blue_to_yellow[5]


def test_night_is_dark_but_its_windows_glow():
    night, day = colors("night"), colors("day")
    panes = slice(Material.PANE * TONES + 1, Material.PANE * TONES + 3)
    walls = slice(Material.BRICK * TONES, Material.GLASS * TONES)
    assert (lightness(night[walls]) < 0.7 * lightness(day[walls]) + 0.05).all()
    assert (lightness(night[panes]) > lightness(day[panes]) + 0.2).all()


def test_palettes_differ_clearly():
    means = [to_oklab(ramps(name)).reshape(-1, 3).mean(axis=0) for name in ALL]
    apart = [np.abs(a - b).max() for i, a in enumerate(means) for b in means[i + 1 :]]
    assert min(apart) > 0.01


def test_the_void_has_colors_of_its_own():
    void = colors("day")[VOID_RAMP * TONES :]
    assert len(void) == 4
    assert (lightness(void) < 0.4).all()


def test_a_palette_that_forgets_a_material_is_refused():
    empty = {"day": PaletteFile(title="Empty")}
    with pytest.raises(ParamsError, match="mine: there are no colors for brick"):
        make_palette("day", empty, "mine")


def test_a_palette_that_stands_alone_leaves_no_tone_out():
    ramps = {m.name.lower(): Ramp(mid="#808080") for m in Material}
    ramps["tin"] = Ramp(tones=["#101010", "#202020", "", "#404040", "#505050", "#606060"])
    files = {"day": PaletteFile(title="Torn", void=["#000001"] * 4, ramps=ramps)}
    with pytest.raises(ParamsError, match="mine: there are no colors for tin"):
        make_palette("day", files, "mine")


def test_a_palette_of_too_many_colors_is_refused():
    ramps = {m.name.lower(): Ramp(mid=f"#{40 + m * 3:02x}8070") for m in Material}
    void = ["#000001", "#000002", "#000003", "#000004"]
    files = {"day": PaletteFile(title="Loud", void=void, ramps=ramps)}
    with pytest.raises(ParamsError, match="mine: a palette has at most 128 colors, got 2"):
        make_palette("day", files, "mine")


def test_a_base_must_be_a_palette_that_stands_alone():
    files = {"night": PaletteFile(title="Night", base="noon")}
    with pytest.raises(ParamsError, match="base is 'noon'"):
        make_palette("night", files, "mine")


@pytest.mark.parametrize("style", sorted(style_folders()))
def test_no_bundled_palette_has_more_colors_than_a_pixel_artist_would_mix(style):
    palettes = load_style(style).palettes.values()
    counts = {p.name: len(np.unique(p.colors, axis=0)) for p in palettes}
    assert max(counts.values()) <= MOST_COLORS == 128


@pytest.mark.parametrize("style", sorted(style_folders()))
def test_ramps_of_a_day_go_from_dark_to_light(style):
    day = load_style(style).palette("day").colors[: len(Material) * TONES]
    steps = np.diff(lightness(day.reshape(-1, TONES, 3)), axis=1)
    assert (steps >= -0.003).all()


def test_oklab_and_back_is_the_identity():
    steps = np.arange(0, 255, 5, dtype=np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1)
    assert np.array_equal(from_oklab(to_oklab(cube)), cube)


@pytest.mark.parametrize("style", sorted(style_folders()))
def test_deep_water_is_no_lighter_than_shallow_water(style):
    palettes = load_style(style).palettes.values()
    ramps = [p.colors[: len(Material) * TONES].reshape(-1, TONES, 3) for p in palettes]
    steps = [lightness(r[Material.SEA]) - lightness(r[Material.WATER]) for r in ramps]
    assert np.max(steps) < 0.03


def test_streets_at_night_are_darker_than_the_roofs_that_the_moon_shines_on():
    lit = lightness(ramps("night"))[:, 3:5]
    streets = lit[[Material.ROAD, Material.WALK, Material.SETTS]]
    assert (streets < lit[Material.TIN]).all()
