import io
import re

import numpy as np
import pytest
from PIL import Image

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

PATCH = {"x": 400, "y": 300, "width": 200, "height": 160}
"""A part of the window that no panel covers."""


def patch_of(page):
    image = Image.open(io.BytesIO(page.screenshot(clip=PATCH))).convert("RGB")
    return np.asarray(image)


def enlarged(pixels, times):
    return np.repeat(np.repeat(pixels, times, axis=0), times, axis=1)


def fields(page):
    return dict(part.split("=") for part in page.evaluate("location.hash")[1:].split("&"))


def zoom_of(page):
    return page.evaluate("isogen.view.zoom")


def center_of(page):
    return page.evaluate("isogen.view.center")


def test_the_map_shows_its_title_attribution_and_place(open_page):
    page = open_page()
    assert page.title() == "Helsinki"
    link = page.get_by_role("link", name="© OpenStreetMap contributors")
    assert link.is_visible()
    assert link.get_attribute("href") == "https://www.openstreetmap.org/copyright"
    assert re.match(r"60\.17\d{4}° N, 24\.9\d{5}° E", page.locator("#place").inner_text())


def test_holes_are_never_asked_for(open_page, published, rest):
    asked = []
    page = open_page("#x=512&y=256&z=-1")
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("location.hash = '#x=256&y=256&z=0'")
    rest(page)
    tiles = {
        path.relative_to(published.folder).as_posix() for path in published.folder.rglob("*.png")
    }
    assert asked
    assert {url.removeprefix(published.url).partition("?")[0] for url in asked} <= tiles


@pytest.mark.parametrize(("zoom", "times"), [(0, 1), (1, 2), (2, 4)])
def test_pixels_are_crisp_at_whole_scales(open_page, published, zoom, times):
    page = open_page(f"#x=640&y=200&z={zoom}")
    left = 640 + (PATCH["x"] - 640) // times
    top = 200 + (PATCH["y"] - 400) // times
    size = (PATCH["width"] // times, PATCH["height"] // times)
    wanted = enlarged(published.window("generation", left, top, *size), times)
    assert np.array_equal(patch_of(page), wanted)


def test_pixels_are_crisp_on_dense_screens(open_page, published):
    page = open_page("#x=640&y=200&z=0", device_scale_factor=2)
    wanted = enlarged(published.window("generation", 400, 100, 200, 160), 2)
    assert np.array_equal(patch_of(page), wanted)


def test_one_art_pixel_per_screen_pixel_comes_unblurred_from_the_level_below(open_page, published):
    page = open_page("#x=640&y=200&z=-1")
    full = published.window("generation", 160, 0, 400, 320)
    assert np.array_equal(patch_of(page), full[::2, ::2])


def test_the_first_view_fills_the_window_with_crisp_art(open_page):
    page = open_page(width=900, height=600)
    assert page.evaluate("isogen.view.scale * isogen.map.pixel_size") == pytest.approx(1)
    box = page.evaluate("({a: isogen.view.pixelAt(0, 0), b: isogen.view.pixelAt(900, 600)})")
    content = page.evaluate("isogen.map.content")
    assert content["x0"] <= box["a"]["x"]
    assert content["x1"] >= box["b"]["x"]
    assert content["y0"] <= box["a"]["y"]
    assert content["y1"] >= box["b"]["y"]


def test_the_background_is_the_color_of_the_void(open_page):
    page = open_page("#x=-200&y=-250&z=1")
    assert np.unique(patch_of(page).reshape(-1, 3), axis=0).tolist() == [[0x16, 0x21, 0x3A]]


def test_the_page_projects_exactly_as_isogen_does(open_page, published):
    page = open_page()
    grid = [(x, y) for x in (-200_000, -3000, 0, 777.5, 250_000) for y in (-150_000, 12.25, 9e4)]
    xs, ys = (np.array(v, float) for v in zip(*grid, strict=True))
    places = page.evaluate(
        "grid => grid.map(([x, y]) => isogen.projection.toLatLng({ x, y }))", grid
    )
    back = page.evaluate("places => places.map(p => isogen.projection.toScreen(p))", places)
    lat, lng = published.projection.to_latlng(xs, ys)
    assert [p["lat"] for p in places] == pytest.approx(lat.tolist(), abs=1e-10)
    assert [p["lng"] for p in places] == pytest.approx(lng.tolist(), abs=1e-10)
    assert [p["x"] for p in back] == pytest.approx(xs.tolist(), abs=1e-3)
    assert [p["y"] for p in back] == pytest.approx(ys.tolist(), abs=1e-3)


@pytest.mark.parametrize(("x", "y"), [(400, 300), (900, 555)])
def test_the_read_out_names_the_place_under_the_cursor(open_page, published, x, y):
    page = open_page("#x=640&y=200&z=1")
    page.mouse.move(x, y)
    page.wait_for_timeout(100)
    lat, lng = (float(v) for v in re.findall(r"(\d+\.\d+)°", page.locator("#place").inner_text()))
    shown = published.projection.to_screen(lat, lng)
    assert shown == pytest.approx((640 + (x - 640) / 2, 200 + (y - 400) / 2), abs=0.5)


def test_a_link_in_pixels_leads_to_its_place_and_is_kept(open_page, rest):
    page = open_page("#x=700&y=150&z=1&layer=render")
    assert center_of(page) == pytest.approx({"x": 700, "y": 150}, abs=0.01)
    assert zoom_of(page) == pytest.approx(1)
    page.keyboard.press("ArrowRight")
    rest(page)
    assert fields(page) == {"x": "828", "y": "150", "z": "1", "layer": "render"}


def test_a_link_in_degrees_leads_to_its_place(open_page, published):
    lat, lng = published.projection.to_latlng(700.0, 150.0)
    page = open_page(f"#lat={lat}&lng={lng}&z=0")
    assert center_of(page) == pytest.approx({"x": 700, "y": 150}, abs=0.01)


@pytest.mark.parametrize("link", ["#x=&y=3", "#lat=900&lng=1&z=0", "#z=abc", "#layer=none", "#%"])
def test_a_wrong_link_leads_to_the_start(open_page, link):
    start = center_of(open_page())
    assert center_of(open_page(link)) == pytest.approx(start)


def test_a_changed_address_moves_the_map(open_page, rest):
    page = open_page("#x=700&y=150&z=1")
    page.evaluate("location.hash = '#x=300&y=-100&z=0'")
    rest(page)
    assert center_of(page) == pytest.approx({"x": 300, "y": -100}, abs=0.01)


def test_a_copied_link_leads_back_to_the_cursor(open_page, published):
    page = open_page("#x=640&y=200&z=1", permissions=["clipboard-read", "clipboard-write"])
    page.mouse.move(400, 300)
    page.keyboard.press("c")
    page.get_by_text("Link copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    lat, lng = (float(v) for v in re.search(r"lat=([\d.-]+)&lng=([\d.-]+)&z=1&", link).groups())
    assert published.projection.to_screen(lat, lng) == pytest.approx((520, 150), abs=0.5)


def test_the_layer_switches_by_key_and_by_button(open_page, published, rest):
    page = open_page("#x=640&y=200&z=0")
    page.keyboard.press("r")
    rest(page)
    assert np.array_equal(patch_of(page), published.window("render", 400, 100, 200, 160))
    assert page.get_by_role("button", name="Render").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Pixel art").click()
    rest(page)
    assert np.array_equal(patch_of(page), published.window("generation", 400, 100, 200, 160))


def test_hasty_switching_ends_where_it_should(open_page, published, rest):
    page = open_page("#x=640&y=200&z=0", reduced_motion="reduce")
    for _ in range(7):
        page.keyboard.press("r")
    rest(page)
    assert np.array_equal(patch_of(page), published.window("render", 400, 100, 200, 160))


def test_keys_zoom_by_whole_art_pixels(open_page, rest):
    page = open_page("#x=640&y=200&z=-1")
    sizes = []
    for key in "+++-":
        page.keyboard.press(key)
        rest(page)
        sizes.append(page.evaluate("isogen.view.scale * isogen.map.pixel_size"))
    assert sizes == pytest.approx([2, 3, 4, 3], abs=0.001)


def test_a_turned_wheel_comes_to_rest_at_whole_art_pixels(open_page, rest):
    page = open_page("#x=640&y=200&z=0")
    page.mouse.move(500, 300)
    page.mouse.wheel(0, -120)
    page.wait_for_timeout(700)
    rest(page)
    size = page.evaluate("isogen.view.scale * isogen.map.pixel_size")
    assert size > 2.5
    assert size == pytest.approx(round(size), abs=0.001)


def test_keys_move_and_return_to_the_start(open_page, rest):
    page = open_page("#x=640&y=200&z=1")
    for key in ("ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    rest(page)
    assert center_of(page) == pytest.approx({"x": 512, "y": 120}, abs=0.01)
    page.keyboard.press("0")
    rest(page)
    start = page.evaluate("isogen.map.view")
    assert center_of(page) == pytest.approx({"x": start["x"], "y": start["y"]}, abs=0.01)


def test_help_opens_and_closes_by_key(open_page):
    page = open_page()
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Find your way").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog", name="Find your way").is_visible()


def test_panels_can_be_hidden_but_not_the_attribution(open_page):
    page = open_page()
    page.keyboard.press("h")
    page.wait_for_timeout(400)
    assert page.locator("#controls").evaluate("e => getComputedStyle(e).opacity") == "0"
    assert page.locator("#attribution").evaluate("e => getComputedStyle(e).opacity") == "1"


def test_every_button_has_a_name(open_page):
    page = open_page()
    names = page.evaluate(
        "[...document.querySelectorAll('button')].map(b => b.ariaLabel || b.textContent.trim())"
    )
    assert len(names) >= 8
    assert all(names)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 500), (390, 844), (320, 568)])
def test_panels_do_not_cover_each_other(open_page, width, height):
    page = open_page(width=width, height=height)
    boxes = page.evaluate(
        """[...document.querySelectorAll('.panel:not(dialog, #toast)')]
            .map((e) => e.getBoundingClientRect()).filter((r) => r.width)
            .map((r) => [r.left, r.top, r.right, r.bottom])"""
    )
    overlaps = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    outside = [b for b in boxes if b[0] < 0 or b[1] < 0 or b[2] > width or b[3] > height]
    assert (overlaps, outside) == ([], [])


def test_a_finger_moves_the_map_on_a_phone(open_page, rest):
    page = open_page(width=390, height=844, has_touch=True, is_mobile=True, device_scale_factor=3)
    before = center_of(page)
    devtools = page.context.new_cdp_session(page)

    def touch(kind, x, y):
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 200, 400)
    for step in range(1, 6):
        touch("touchMove", 200, 400 - 20 * step)
        page.wait_for_timeout(40)
    touch("touchEnd", 200, 300)
    rest(page)
    assert center_of(page)["y"] - before["y"] > 60


def test_the_page_opens_as_a_plain_file(open_page, published):
    page = open_page("#x=640&y=200&z=0", url=(published.folder / "index.html").as_uri())
    assert np.array_equal(patch_of(page), published.window("generation", 400, 100, 200, 160))


def test_a_page_of_another_version_says_so(browser, published, tmp_path):
    page = (published.folder / "index.html").read_text("utf-8")
    broken = tmp_path / "index.html"
    broken.write_text(page.replace("isogen.map/1", "isogen.map/99"), "utf-8")
    for name in ("viewer.js", "viewer.css"):
        (tmp_path / name).write_bytes((published.folder / name).read_bytes())
    opened = browser.new_page()
    opened.goto(broken.as_uri())
    assert "isogen.map/99" in opened.get_by_role("alert").inner_text()
    opened.close()
