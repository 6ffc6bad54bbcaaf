import numpy as np
import pytest

from isogen.digest import digest_of
from isogen.errors import DataError, InputError
from isogen.mesh.vocabulary import Material
from isogen.pixelart.oklab import from_oklab, to_oklab
from isogen.pixelart.palette import (
    TONES,
    VOID_RAMP,
    load_palette,
    palette_names,
    parse_palette,
)

DAYS = ["autumn", "classic", "dusk"]
ALL = [*DAYS, "night"]


def lightness(colors):
    return to_oklab(colors)[..., 0]


def ramps(name):
    return load_palette(name).colors[: len(Material) * TONES].reshape(-1, TONES, 3)


def test_the_known_palettes_are_these():
    assert palette_names() == ALL


def test_an_unknown_palette_is_refused_by_naming_the_known_ones():
    with pytest.raises(InputError, match="'sepia'") as caught:
        load_palette("sepia")
    assert "classic" in caught.value.hint


@pytest.mark.parametrize("name", ALL)
def test_a_palette_has_a_digest_of_its_colors(name):
    palette = load_palette(name)
    assert palette.colors.shape == (256, 3)
    assert palette.digest == digest_of(palette.colors.tobytes())


def test_the_classic_colors_do_not_move():
    assert load_palette("classic").colors[Material.BRICK * TONES + 3].tolist() == [166, 74, 56]
    assert load_palette("classic").digest.startswith("36661ae3")


@pytest.mark.parametrize("name", DAYS)
def test_ramps_go_from_dark_to_light(name):
    steps = np.diff(lightness(ramps(name)), axis=1)
    assert (steps > -0.01).all()


def test_shadows_turn_toward_blue_and_lights_toward_yellow():
    blue_to_yellow = to_oklab(ramps("classic")[Material.GREY])[:, 2]
    assert blue_to_yellow[0] < blue_to_yellow[3] < blue_to_yellow[5]


def test_night_is_dark_but_its_windows_glow():
    night, day = load_palette("night").colors, load_palette("classic").colors
    panes = slice(Material.PANE * TONES + 1, Material.PANE * TONES + 3)
    walls = slice(Material.BRICK * TONES, Material.GLASS * TONES)
    assert (lightness(night[walls]) < 0.7 * lightness(day[walls]) + 0.05).all()
    assert (lightness(night[panes]) > lightness(day[panes]) + 0.2).all()


def test_palettes_differ_clearly():
    means = [to_oklab(ramps(name)).reshape(-1, 3).mean(axis=0) for name in ALL]
    apart = [np.abs(a - b).max() for i, a in enumerate(means) for b in means[i + 1 :]]
    assert min(apart) > 0.01


def test_the_void_has_colors_of_its_own():
    void = load_palette("classic").colors[VOID_RAMP * TONES :]
    assert len(void) == 4
    assert (lightness(void) < 0.4).all()


def test_rules_that_forget_a_material_are_refused():
    with pytest.raises(DataError, match="no ramp for brick"):
        parse_palette({"ramps": {}})


def test_oklab_and_back_is_the_identity():
    colors = np.arange(0, 255, 5, dtype=np.uint8)
    cube = np.stack(np.meshgrid(colors, colors, colors), axis=-1)
    assert np.array_equal(from_oklab(to_oklab(cube)), cube)
