"""The packet page in a real browser, opened from its folder: what it shows, what it computes, what it saves."""

import json
import re
import time

import numpy as np
import pytest
from jsonschema import Draft202012Validator

import viewer_packet as vp
from browser import Keys, ViewedPage, chromium, resize
from conftest import FIXTURES

pytestmark = pytest.mark.needs_no_filmroom

FINDING_FIELDS = {"code", "laterality", "sopInstanceUID", "x", "y", "text"}
FIELDS = {"type", "reader", "exam", "label", "confidence", "findings", "text", "readAt", "round", "packetVersion", "retracts"}


@pytest.fixture(scope="module")
def downloads(tmp_path_factory):
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def driver(downloads):
    with chromium(downloads) as driver:
        yield driver


@pytest.fixture(scope="module")
def screening(tmp_path_factory):
    return vp.mammography_packet(tmp_path_factory.mktemp("screening") / "packet", FIXTURES)


@pytest.fixture(scope="module")
def ct(tmp_path_factory):
    packet = vp.Packet(tmp_path_factory.mktemp("ct") / "packet")
    return packet.write(vp.page(vp.exam([vp.ct_series(packet)])))


@pytest.fixture
def view(driver):
    """Opens pages; at the end the browser must have had nothing to complain of."""
    opened = []

    def open_page(path):
        driver.get_log("browser")
        opened.append(ViewedPage(driver, path))
        return opened[-1]

    yield open_page
    for page in opened[-1:]:
        assert page.console() == []
        driver.get("about:blank")


def one_image(tmp_path, stored, kind, look=None, modality="CR", **more):
    packet = vp.Packet(tmp_path / "packet")
    instance = packet.instance("1.2.7.1", stored, kind, look, **more)
    return packet.write(vp.page(vp.exam([vp.series(modality, [instance], description="One")])))


def ramp(low, high, rows=24, columns=200, dtype="<u2"):
    return np.linspace(low, high, rows * columns).reshape(rows, columns).astype(dtype)


VOI_TABLE = {"firstMapped": 200, "bits": 12, "entries": [int(4095 * (n / 599) ** 2) for n in range(600)], "explanation": "CURVED"}
MODALITY_TABLE = {"firstMapped": 0, "bits": 16, "entries": [n * n // 40 for n in range(1000)]}

LOOKS = {
    "linear": (ramp(0, 4095), "uint16", {"center": 2048, "width": 1000}),
    "width of one": (ramp(0, 4095), "uint16", {"center": 2048, "width": 1}),
    "linear exact": (ramp(0, 4095), "uint16", {"center": 2000.5, "width": 777.7, "function": "LINEAR_EXACT"}),
    "sigmoid": (ramp(0, 4095), "uint16", {"center": 1500, "width": 900, "function": "SIGMOID"}),
    "inverted": (ramp(0, 4095), "uint16", {"center": 2048, "width": 3000, "inverted": True}),
    "signed with rescale": (ramp(-1024, 3071, dtype="<i2"), "int16", {"center": 40, "width": 400, "slope": 1.5, "intercept": -200}),
    "negative slope": (ramp(-500, 500, dtype="<i2"), "int16", {"center": 0, "width": 300, "slope": -1.0, "intercept": 3}),
    "table": (ramp(0, 1000), "uint16", {"table": VOI_TABLE}),
    "modality table": (ramp(0, 999), "uint16", {"center": 9000, "width": 12000, "modality_table": MODALITY_TABLE}),
    "sixteen bits": (ramp(0, 65535), "uint16", {"center": 40000, "width": 20000}),
    "eight bits": (ramp(0, 255, dtype="u1"), "uint8", {"center": 100, "width": 90}),
}


@pytest.mark.parametrize("name", LOOKS)
def test_shows_what_the_formulas_of_dicom_say(view, tmp_path, name):
    stored, kind, look = LOOKS[name]
    page = view(one_image(tmp_path, stored, kind, look))
    page.focus_pane()
    page.press("=")
    shown = page.shown_pixels()
    assert (shown[..., 3] == 255).all()
    assert (shown[..., 0] == shown[..., 1]).all() and (shown[..., 0] == shown[..., 2]).all()
    assert np.abs(shown[..., 0] - vp.grey(stored, **look)).max() <= 0.501, name


def test_without_a_window_the_whole_range_is_shown(view, tmp_path):
    stored = ramp(300, 700)
    page = view(one_image(tmp_path, stored, "uint16"))
    page.focus_pane()
    page.press("=")
    shown = page.shown_pixels()[..., 0].astype(int)
    assert shown[0, 0] == 0 and shown[-1, -1] == 255
    assert np.abs(shown - (stored.astype(float) - 300) / 400 * 255).max() <= 1


def test_colour_and_frames(view, tmp_path):
    rng = np.random.default_rng(1)
    frames = rng.integers(0, 256, (7, 30, 41, 3), dtype=np.uint8)
    page = view(one_image(tmp_path, frames, "rgb8", modality="US", frames_per_file=3))
    page.focus_pane()
    page.press("=")
    for number in (0, 1, 2):
        assert (page.shown_pixels()[..., :3] == frames[number]).all(), number
        page.press(Keys.ARROW_DOWN)
    page.press(Keys.END)
    assert (page.shown_pixels()[..., :3] == frames[6]).all()
    assert "Frame 7 / 7" in page.find(".bottom-right").text
    page.press("i")
    assert (page.shown_pixels()[..., :3] == 255 - frames[6]).all()
    assert page.find(".presets").get_attribute("disabled") == "true"


def test_window_changes_are_computed_from_the_stored_values(view, ct):
    page = view(ct)
    stored = vp.ct_volume()[page.js("return Filmroom.room.active.position")]
    page.focus_pane()
    page.press("=")
    for key, center, width in (("1", 40, 400), ("4", 50, 350), ("5", -600, 1500), ("6", 400, 1800), ("7", 40, 80)):
        page.press(key)
        expected = vp.grey(stored, **{**vp.CT_LOOK, "center": center, "width": width})
        assert np.abs(page.shown_pixels()[..., 0] - expected).max() <= 1, key
    page.press("0", "w")
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_UP, shift=True)
    center, width = page.js("const v = Filmroom.room.active.voi; return [v.center, v.width]")
    assert width > 400 and center > 40
    expected = vp.grey(stored, **{**vp.CT_LOOK, "center": center, "width": width})
    page.wait_until(lambda: np.abs(page.shown_pixels()[..., 0] - expected).max() <= 1)
    page.press("i")
    assert np.abs(page.shown_pixels()[..., 0] - (255 - expected)).max() <= 1
    assert "inverted" in page.find(".bottom-right").text


def drag(page, dx, dy, button="left", start=(0.5, 0.5)):
    """A drag of the pointer over the first pane."""
    box = page.js("const b = Filmroom.room.panes[0].surface.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]")
    x, y = box[0] + box[2] * start[0], box[1] + box[3] * start[1]
    buttons = {"left": 1, "right": 2, "middle": 4}[button]

    def send(kind, x, y, pressed):
        page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {
            "type": kind, "x": x, "y": y, "button": button, "buttons": pressed, "clickCount": 1})

    send("mouseMoved", x, y, 0)
    send("mousePressed", x, y, buttons)
    for part in range(1, 5):
        send("mouseMoved", x + dx * part / 4, y + dy * part / 4, buttons)
    send("mouseReleased", x + dx, y + dy, 0)
    page.wait_ready()


def wheel(page, delta, control=False):
    x, y = page.js("const b = Filmroom.room.panes[0].surface.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]")
    page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {
        "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": delta, "modifiers": 2 if control else 0})
    time.sleep(0.1)
    page.wait_ready()


def test_pointer(view, ct):
    page = view(ct)
    state = lambda: page.js("const p = Filmroom.room.panes[0]; return {...p.view, position: p.position, ...p.voi}")
    before = state()
    drag(page, 60, -40)
    assert state()["width"] > before["width"] and state()["center"] < before["center"]
    assert page.find(".presets").get_attribute("value") == "-1"
    drag(page, 30, 20, button="middle")
    assert (round(state()["panX"]), round(state()["panY"])) == (30, 20)
    scale = state()["scale"]
    drag(page, 0, -50, button="right")
    assert state()["scale"] > scale * 1.2
    wheel(page, 120)
    assert state()["position"] == before["position"] + 1
    scale = state()["scale"]
    wheel(page, -120, control=True)
    assert state()["scale"] > scale and state()["position"] == before["position"] + 1
    page.focus_pane()
    page.press("x", "p")
    drag(page, -25, 10)
    assert (round(state()["panX"]), round(state()["panY"])) == (-25, 10)


def test_scrolling_by_keys_and_slider(view, ct):
    page = view(ct)
    position = lambda: page.js("return Filmroom.room.active.position")
    assert position() == 5
    page.focus_pane()
    page.press(Keys.ARROW_DOWN)
    assert position() == 6
    page.press(Keys.HOME)
    assert position() == 0
    page.press(Keys.PAGE_DOWN)
    assert position() == 10
    page.press(Keys.ARROW_UP, "=")
    assert position() == 9
    shown = page.shown_pixels()[..., 0]
    assert np.abs(shown - vp.grey(vp.ct_volume()[9], **vp.CT_LOOK)).max() <= 1
    assert "Image 10 / 12" in page.find(".bottom-right").text
    page.find(".pane-slider").send_keys(Keys.ARROW_RIGHT)
    page.wait_ready()
    assert position() == 10
    assert "image 11 of 12" in page.find(".surface").get_attribute("aria-label")


def test_turning_and_mirroring(view, tmp_path):
    stored = ramp(0, 4000, 30, 40)
    page = view(one_image(tmp_path, stored, "uint16", {"center": 2000, "width": 4000}, patientOrientation=["L", "F"]))
    page.focus_pane()
    page.press("=")
    upright = page.shown_pixels()[..., 0].astype(int)
    edges = lambda: [page.find(f".edge.{side}").text for side in ("left", "right", "top", "bottom")]
    assert edges() == ["R", "L", "H", "F"]

    def canvas():
        """The grey where the image's corners are by the matrix, and the matrix' four numbers."""
        a, b, c, d, e, f = page.js("return Filmroom.room.panes[0].matrix")
        pixels = page.canvas()[..., 0]
        corners = ((0.5, 0.5), (39.5, 0.5), (0.5, 29.5), (39.5, 29.5))
        return [int(pixels[int(b * x + d * y + f), int(a * x + c * y + e)]) for x, y in corners] + [a, b, c, d]

    corners = [int(upright[y, x]) for y, x in ((0, 0), (0, 39), (29, 0), (29, 39))]
    page.press("r")
    assert canvas() == corners + [0, 1, -1, 0]
    assert edges() == ["F", "H", "R", "L"]
    page.press("h")
    assert canvas() == corners + [0, 1, 1, 0]
    assert edges() == ["H", "F", "R", "L"]
    page.press("r")
    assert canvas() == corners + [-1, 0, 0, 1]
    page.press("x", "=", "v")
    assert canvas() == corners + [1, 0, 0, -1]
    assert edges() == ["R", "L", "F", "H"]


def test_measuring(view, tmp_path):
    spacing = {"row": 0.5, "column": 0.25, "kind": "PixelSpacing"}
    page = view(one_image(tmp_path, ramp(0, 4000, 200, 300), "uint16", spacing=spacing))
    page.focus_pane()
    page.press("m")
    scale = page.js("return Filmroom.room.active.matrix[0]")
    assert page.js("const m = Filmroom.room.active.matrix; return m[3] / m[0]") == 2
    drag(page, 80, 60)
    lines = page.js("return Array.from(Filmroom.room.annotations.lines.values()).flat()")
    assert len(lines) == 1
    text = page.js("return Filmroom.lengthText(Filmroom.room.active.item.instance, arguments[0].from, arguments[0].to)", lines[0])
    assert abs(float(text.split()[0]) - 0.25 * 100 / scale) < 0.11 and text.endswith(" mm")
    assert text in page.find(".visually-hidden[role=status]").get_attribute("textContent")
    page.press(Keys.DELETE)
    assert page.js("return Array.from(Filmroom.room.annotations.lines.values()).flat().length") == 0


@pytest.mark.parametrize("spacing, words", [
    (None, ["50 px"]), ({"row": 0.1, "column": 0.1, "kind": "ImagerPixelSpacing"}, ["5.0 mm at detector"]),
    ({"row": 0.1, "column": 0.1, "kind": "NominalScannedPixelSpacing"}, ["5.0 mm on film"]),
    ({"row": 0.1, "column": 0.1, "kind": "PixelSpacing"}, ["5.0 mm"])])
def test_a_length_says_what_it_is_worth(view, tmp_path, spacing, words):
    page = view(one_image(tmp_path, ramp(0, 4000), "uint16", **({"spacing": spacing} if spacing else {})))
    text = page.js("return Filmroom.lengthText(Filmroom.room.active.item.instance, {x: 10, y: 10}, {x: 40, y: 50})")
    assert [text] == words
    assert (spacing["kind"] if spacing else "not calibrated") in page.find(".bottom-left").text


def test_panes_and_priors(view, screening):
    page = view(screening)
    stacks = lambda: page.js("return Filmroom.room.shown.map((p) => [p.stack && p.stack.title, Boolean(p.stack && p.stack.isPrior)])")
    assert stacks() == [[name, False] for name in ("R CC", "L CC", "R MLO", "L MLO")]
    boxes = page.js("return Filmroom.room.shown.map((p) => p.element.getBoundingClientRect()).map((b) => [b.left, b.top, b.width, b.height])")
    assert boxes[0][1] == boxes[1][1] < boxes[2][1]
    page.focus_pane(1)
    page.press("1", shift=True)
    page.press("3", shift=True)
    assert len(stacks()) == 3
    page.press("4", shift=True)
    tops = page.js("return Filmroom.room.shown.map((p) => p.element.getBoundingClientRect().top)")
    assert len(tops) == 4 and len(set(tops)) == 1
    page.focus_pane(1)
    page.press("c")
    assert stacks() == [["L CC", False], ["L CC", True]]
    assert page.all(".pane:nth-child(2) .prior-tag")[0].text == "Prior"
    page.press("l", "i")
    assert page.js("return Filmroom.room.shown.map((p) => p.inverted)") == [True, True]
    page.press(Keys.ENTER)
    assert page.js("return Filmroom.room.panes.map((p) => p.element.hidden)") == [False, True, True, True]
    page.press(Keys.ENTER)
    assert page.js("return Filmroom.room.panes.map((p) => p.element.hidden)") == [False, False, True, True]


def test_mammograms_hang_back_to_back_and_show_their_pixels(view, screening):
    page = view(screening)
    matrices = page.js("return Filmroom.room.shown.slice(0, 2).map((p) => [p.matrix, p.width, p.item.instance.columns])")
    (right, width, columns), (left, _, _) = matrices
    assert abs(right[4] + right[0] * columns - width) < 1.5 and abs(left[4]) < 1.5
    page.focus_pane(0)
    page.press("1", "=", shift=False)
    page.press("1", shift=True)
    import pydicom
    file = pydicom.dcmread(FIXTURES / "demo" / "current" / "RCC.dcm")
    expected = vp.grey(file.pixel_array, center=2048, width=4096)
    assert np.abs(page.shown_pixels()[..., 0] - expected).max() <= 1


def saved(downloads, page, seconds=10):
    """The diagnosis that the page saved last."""
    path = downloads / f"diagnosis.{vp.EXAM_KEY}.json"
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, (list(downloads.iterdir()), page.find(".diagnosis").text)
        time.sleep(0.05)
    content = path.read_text()
    path.unlink()
    return json.loads(content)


SCHEMA = {
    "type": "object", "additionalProperties": False,
    "required": ["type", "reader", "exam", "label", "findings", "text", "readAt", "round", "packetVersion", "retracts"],
    "properties": {
        "type": {"const": "diagnosis"}, "reader": {"const": "sato"},
        "exam": {"const": {"facility": "northside", "accessionNumber": "A/1", "studyInstanceUID": "1.2.3"}},
        "label": {"enum": ["normal", "benign", "recall"]}, "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "findings": {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": {
            "code": {"type": "string"}, "laterality": {"enum": ["L", "R", "B"]}, "sopInstanceUID": {"type": "string"},
            "x": {"type": "integer"}, "y": {"type": "integer"}, "text": {"type": "string"}}}},
        "text": {"type": "string"}, "round": {"const": 1}, "packetVersion": {"const": 2},
        "readAt": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"},
        "retracts": {"anyOf": [{"type": "null"}, {"type": "string", "pattern": "^[0-9a-f]{64}$"}]}}}


def tab_to(page, css, limit=60):
    """Tab until an element has the focus: by keyboard alone, and it must be visible that it has."""
    for _ in range(limit):
        page.press(Keys.TAB)
        if page.js("return document.activeElement.matches(arguments[0])", css):
            assert page.js("return document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"the tab key does not reach {css}")


def test_keyboard_alone_leads_to_a_saved_diagnosis(view, screening, downloads):
    page = view(screening)
    tab_to(page, ".skip")
    page.press(Keys.ENTER)
    assert page.js("return document.activeElement === Filmroom.room.active.surface")
    page.press("d")
    assert page.js("return document.activeElement.id") == "label-0"
    page.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    tab_to(page, ".confidence [type=number]")
    page.press("80")
    tab_to(page, "#add-finding")
    page.press(Keys.ENTER)
    page.press("BI-RADS-4")
    tab_to(page, ".findings select")
    page.press("R")
    tab_to(page, ".findings > li > input")
    page.press("Spiculated mass")
    tab_to(page, ".mark-row button")
    page.press(Keys.ENTER)
    assert page.js("return document.activeElement === Filmroom.room.active.surface")
    page.press(*[Keys.ARROW_LEFT] * 4, *[Keys.ARROW_UP] * 2, Keys.ENTER)
    mark = page.js("return Filmroom.room.active.item.instance.sopInstanceUID")
    scale = page.js("return Filmroom.room.active.matrix[0]")
    assert page.js("return document.activeElement.closest('.mark-row') !== null")
    tab_to(page, "#diagnosis-text")
    page.press("Biopsy.")
    tab_to(page, ".primary")
    page.press(Keys.ENTER)
    diagnosis = saved(downloads, page)
    Draft202012Validator(SCHEMA).validate(diagnosis)
    assert set(diagnosis) == FIELDS and set(diagnosis["findings"][0]) == FINDING_FIELDS
    assert (diagnosis["label"], diagnosis["confidence"], diagnosis["text"]) == ("recall", 0.8, "Biopsy.")
    finding = diagnosis["findings"][0]
    assert (finding["code"], finding["laterality"], finding["text"]) == ("BI-RADS-4", "R", "Spiculated mass")
    assert finding["sopInstanceUID"] == mark
    assert abs(finding["x"] - (128 - 40 / scale)) <= 1.5 and abs(finding["y"] - (160 - 20 / scale)) <= 1.5
    assert diagnosis["readAt"].endswith("+09:00") and diagnosis["retracts"] is None
    assert "incoming/sato/diagnoses/" in page.find(".saved").text


def test_marks_by_pointer_and_what_is_left_out(view, screening, downloads):
    page = view(screening)
    page.find("#label-0").click()
    page.find("#add-finding").click()
    page.find(".mark-row button").click()
    point = page.js("""const p = Filmroom.room.panes[0], b = p.surface.getBoundingClientRect();
        const q = Filmroom.toPane(p.matrix, {x: 100.5, y: 200.5}); return [b.left + q.x, b.top + q.y]""")
    for kind in ("mousePressed", "mouseReleased"):
        page.driver.execute_cdp_cmd("Input.dispatchMouseEvent",
                                    {"type": kind, "x": point[0], "y": point[1], "button": "left", "clickCount": 1})
    page.wait("document.querySelector('.mark-row .link') !== null")
    page.find(".primary").click()
    diagnosis = saved(downloads, page)
    Draft202012Validator(SCHEMA).validate(diagnosis)
    assert "confidence" not in diagnosis
    finding = diagnosis["findings"][0]
    assert set(finding) == {"sopInstanceUID", "x", "y"}
    assert abs(finding["x"] - 100) <= 1 and abs(finding["y"] - 200) <= 1
    assert page.js("return Filmroom.room.tool") == "window"


def test_problems_are_told_and_nothing_is_saved(view, screening, downloads):
    page = view(screening)
    page.find("#add-finding").click()
    page.find(".confidence [type=number]").send_keys("140")
    page.find(".primary").click()
    messages = [item.text for item in page.all(".problems li")]
    assert messages == ["Choose an assessment.", "The confidence is a number from 0 to 100.",
                        "Finding 1 says nothing: fill it in or remove it."]
    assert page.js("return document.activeElement.id") == "label-0"
    assert page.find("#confidence").get_attribute("aria-invalid") == "true"
    time.sleep(0.2)
    assert not list(downloads.iterdir())
    page.find("#label-1").click()
    assert len(page.all(".problems li")) == 2
    page.find("details summary").click()
    page.find("#retracts").send_keys("abc")
    assert "64 characters" in page.find(".problems").text


def test_leaving_with_something_unsaved_asks(view, screening, downloads):
    page = view(screening)
    # The driver answers the browser's question by itself; so ask the page whether it wants it asked.
    wants_question = "const e = new Event('beforeunload', {cancelable: true}); dispatchEvent(e); return e.defaultPrevented"
    assert page.js(wants_question) is False
    page.find("#label-2").click()
    assert page.js(wants_question) is True
    page.find(".primary").click()
    assert saved(downloads, page)["label"] == "recall"
    assert page.js(wants_question) is False
    page.find("#diagnosis-text").send_keys("x")
    assert page.js(wants_question) is True


HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">&amp;<!--\u2028'\""


def test_hostile_text_stays_text(view, tmp_path):
    packet = vp.Packet(tmp_path / "packet")
    image = packet.instance("1.2.7.1", ramp(0, 4000), "uint16", laterality=HOSTILE, viewPosition=HOSTILE)
    broken = {**packet.instance("1.2.7.2", ramp(0, 4000), "uint16"), "pixels": [], "rendered": [], "unrenderable": HOSTILE}
    current = vp.exam([vp.series("CR", [image, broken], description=HOSTILE, bodyPart=HOSTILE)],
                      studyDescription=HOSTILE, accessionNumber=HOSTILE, facility=HOSTILE)
    form = {**vp.FORM, "readerName": HOSTILE, "labels": [HOSTILE, "b"], "protocol": HOSTILE}
    read = {"readerName": HOSTILE, "label": HOSTILE, "text": HOSTILE, "findings": [{"text": HOSTILE}], "round": 1}
    page = view(packet.write(vp.page(current, form=form, earlierReads=[read],
                                     patient={"name": HOSTILE, "patientID": HOSTILE, "birthDate": HOSTILE})))
    assert page.driver.title.startswith("</script>") and "taken'" in page.driver.title
    assert page.find("h1").get_attribute("textContent") == HOSTILE
    assert page.find("[name=label]").get_attribute("value") == HOSTILE
    assert page.find(".pane:nth-child(2) .pane-message").get_attribute("textContent") == HOSTILE
    assert [e.get_attribute("src") for e in page.all("script[src]")][0].endswith("/viewer.js")
    assert page.js("return document.querySelectorAll('script').length") == 2
    assert page.js("return document.documentElement.scrollWidth") <= 1366


def test_a_page_with_pictures_only(view, tmp_path):
    """A delivery without the right to process images: no stored values, no window, no form."""
    packet = vp.Packet(tmp_path / "packet")
    stored = ramp(0, 4000, 60, 80)
    image = packet.instance("1.2.7.1", stored, "uint16", {"center": 2000, "width": 4000}, with_pixels=False,
                            spacing={"row": 1, "column": 1, "kind": "PixelSpacing"})
    page = view(packet.write({**vp.page(vp.exam([vp.series("CR", [image])]), form=None), "kind": "delivery"}))
    assert page.all(".diagnosis") == [] and page.all(".pixels") == []
    assert "8-bit picture" in page.find(".bottom-right").text
    assert page.find(".presets").get_attribute("disabled") == "true"
    page.focus_pane()
    page.press("m")
    drag(page, 50, 0)
    assert page.js("return Array.from(Filmroom.room.annotations.lines.values()).flat().length") == 1


def test_missing_pixels_fall_back_on_the_picture_and_say_so(driver, tmp_path):
    path = one_image(tmp_path, ramp(0, 4000), "uint16")
    (path.parent / "pixels" / "1.js").unlink()
    page = ViewedPage(driver, path)
    assert "This is the rendered picture" in page.find(".pane-message").text
    driver.get_log("browser")


def test_one_frame_is_never_shown_for_another(view, driver, ct, tmp_path):
    page = view(ct)
    position, ready, drawn = page.js("""const p = Filmroom.room.active; p.goTo(11); p.drawNow();
        return [p.position, p.picture.isReady, p.image.getContext("2d").getImageData(p.width / 2, p.height / 2, 1, 1).data[3]]""")
    assert (position, ready, drawn) == (11, False, 0), "an image is under the number of another while that loads"
    page.wait_ready()
    packet = vp.Packet(tmp_path / "packet")
    image = packet.instance("1.2.7.1", np.stack([ramp(0, 4000)] * 3), "uint16", frames_per_file=1)
    image["rendered"] = image["rendered"][:1]
    path = packet.write(vp.page(vp.exam([vp.series("US", [image])])))
    (path.parent / "pixels" / "3.js").unlink()
    long = ViewedPage(driver, path)
    long.focus_pane()
    long.press(Keys.END)
    assert "could not be loaded" in long.find(".pane-message.error").text
    driver.get_log("browser")


def test_one_picture_of_many_frames_says_so(view, tmp_path):
    packet = vp.Packet(tmp_path / "packet")
    image = packet.instance("1.2.7.1", np.stack([ramp(0, 4000)] * 3), "uint16", with_pixels=False)
    image["rendered"] = image["rendered"][:1]
    page = view(packet.write({**vp.page(vp.exam([vp.series("US", [image])]), form=None), "kind": "delivery"}))
    assert page.find(".pane-message").text == "This is one picture of 3 frames."


def test_windows_of_small_values(view, tmp_path):
    """Values of PET or dose lie between 0 and 1; their windows are narrower than 1."""
    stored = ramp(0, 30000)
    page = view(one_image(tmp_path, stored, "uint16", {"slope": 1e-5, "center": 0.15, "width": 0.2, "function": "LINEAR_EXACT"}, modality="PT"))
    page.focus_pane()
    page.press("=", "w")
    page.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT, shift=True)
    center, width = page.js("const v = Filmroom.room.active.voi; return [v.center, v.width]")
    assert 0 < width < 0.2
    expected = vp.grey(stored, slope=1e-5, center=center, width=width, function="LINEAR_EXACT")
    assert np.abs(page.shown_pixels()[..., 0] - expected).max() <= 1


@pytest.mark.parametrize("damage", ["cut", "other key", "wrong count", "other size"])
def test_damaged_pixel_files_are_told_of(driver, tmp_path, damage):
    path = one_image(tmp_path, ramp(0, 4000), "uint16")
    file = path.parent / "pixels" / "1.js"
    text = file.read_text()
    for picture in (path.parent / "rendered").iterdir():
        picture.rename(picture.with_suffix(".gone"))
    file.write_text({"cut": re.sub(r',"([^"]{40})[^"]*"\)', r',"\1")', text), "other key": text.replace('"1"', '"2"'),
                     "wrong count": text.replace('"rows":24', '"rows":25'),
                     "other size": text.replace('"rows":24,"columns":200', '"rows":200,"columns":24')}[damage])
    page = ViewedPage(driver, path)
    assert page.find(".pane-message.error").text != ""
    driver.get_log("browser")


def test_memory_stays_within_its_budget(view, tmp_path):
    packet = vp.Packet(tmp_path / "packet")
    budget = 5 * 96 * 128 * 2
    page = view(packet.write(vp.page(vp.exam([vp.ct_series(packet)]), pixelMemoryBytes=budget)))
    page.focus_pane()
    for _ in range(2):
        for key in (Keys.HOME, Keys.PAGE_DOWN, Keys.END, Keys.PAGE_UP):
            page.press(key)
            page.press("=")
            position = page.js("return Filmroom.room.active.position")
            expected = vp.grey(vp.ct_volume()[position], **vp.CT_LOOK)
            assert np.abs(page.shown_pixels()[..., 0] - expected).max() <= 1
            time.sleep(0.1)
            used, held = page.js("const s = Filmroom.room.store; return [s.usedBytes, s.held.size]")
            assert used <= budget and held <= 6


def test_own_inflation_gives_what_the_browser_gives(view, ct):
    page = view(ct)
    differences = page.driver.execute_async_script("""
        const done = arguments[arguments.length - 1];
        const make = async (bytes) => new Uint8Array(await new Response(
            new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer());
        (async () => {
          const results = [];
          for (const [size, mask] of [[0, 255], [1, 255], [70000, 3], [200000, 255], [300000, 15]]) {
            let seed = 7;
            const bytes = Uint8Array.from({length: size}, () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16 & mask);
            const back = Filmroom.inflateHere(await make(bytes), size);
            results.push(back.length === size && back.every((b, i) => b === bytes[i]));
          }
          done(results);
        })().catch((error) => done(String(error)));""")
    assert differences == [True] * 5


CONTRAST = """
const parse = (text) => { const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  c.fillStyle = text; c.fillRect(0, 0, 1, 1); const d = c.getImageData(0, 0, 1, 1).data;
  const m = /rgba?\\(([^)]+)\\)/.exec(text); const a = m && m[1].split(/[,/]/).length > 3 ? Number(m[1].split(/[,/]/)[3]) : (text === 'transparent' ? 0 : 1);
  return m ? [...m[1].split(/[,/ ]+/).slice(0, 3).map(Number), a] : [d[0], d[1], d[2], a]; };
const over = (top, bottom) => [0, 1, 2].map((i) => top[i] * top[3] + bottom[i] * (1 - top[3])).concat(1);
const luminance = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const behind = (element) => { const stack = []; for (let e = element; e; e = e.parentElement) stack.push(parse(getComputedStyle(e).backgroundColor));
  return stack.reverse().reduce((bottom, top) => over(top, bottom), [0, 0, 0, 1]); };
const bad = [];
for (const element of document.querySelectorAll('body *')) {
  if (element.closest('.overlay, .visually-hidden, noscript, svg, :disabled, [hidden]') || !element.checkVisibility({visibilityProperty: true})) continue;
  const own = Array.from(element.childNodes).filter((n) => n.nodeType === 3 && n.textContent.trim());
  if (!own.length && !element.matches('input, select, textarea')) continue;
  const style = getComputedStyle(element), back = behind(element), ink = over(parse(style.color), back);
  const [a, b] = [luminance(ink), luminance(back)].sort((p, q) => q - p), ratio = (a + 0.05) / (b + 0.05);
  const size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (isLarge ? 3 : 4.5)) bad.push([element.tagName, element.className, element.textContent.slice(0, 30), ratio.toFixed(2)]);
}
return bad;"""

STRUCTURE = """
const problems = [];
const name = (e) => (e.getAttribute('aria-label') || (e.getAttribute('aria-labelledby') || '').split(' ').map((i) => (document.getElementById(i) || {}).textContent || '').join('')
  || Array.from(e.labels || []).map((l) => l.textContent).join('') || e.textContent || '').trim();
for (const e of document.querySelectorAll('button, a[href], input, select, textarea, [tabindex="0"], [role]'))
  if (e.checkVisibility() && !e.matches('[role=status], [role=alert], [role=note]') && !name(e)) problems.push('no name: ' + e.outerHTML.slice(0, 120));
for (const e of document.querySelectorAll('img')) if (!e.hasAttribute('alt')) problems.push('no alt');
const ids = Array.from(document.querySelectorAll('[id]'), (e) => e.id);
for (const id of ids) if (ids.filter((i) => i === id).length > 1) problems.push('twice: ' + id);
for (const attribute of ['aria-labelledby', 'aria-describedby', 'for', 'list'])
  for (const e of document.querySelectorAll(`[${attribute}]`))
    for (const id of e.getAttribute(attribute).split(' ')) if (!document.getElementById(id)) problems.push(`${attribute} ${id}`);
if (document.querySelectorAll('h1').length !== 1 || document.querySelectorAll('main').length !== 1) problems.push('h1, main');
return problems;"""


def test_contrast_structure_and_room_on_a_small_screen(view, screening):
    page = view(screening)
    for prepare in ("", "#add-finding", ".primary", "details summary"):
        if prepare:
            page.find(prepare).click()
        assert page.js(CONTRAST) == []
        assert page.js(STRUCTURE) == []
        assert page.js("return [document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [1366, 768]
    overflowing = page.js("""return Array.from(document.querySelectorAll('.fields, .diagnosis, .toolbar, .thumbnails, .head'))
        .filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.className)""")
    assert overflowing == []
    page.js("Filmroom.room.help.show()")
    assert page.js(CONTRAST) == []
    box = page.js("const b = document.querySelector('dialog').getBoundingClientRect(); return [b.top, b.bottom, b.left, b.right]")
    assert box[0] >= 0 and box[1] <= 768 and box[2] >= 0 and box[3] <= 1366
    page.press(Keys.ESCAPE)
    assert page.js("return document.querySelector('dialog').open") is False


def test_one_tab_stop_for_the_toolbar_and_for_the_series(view, screening):
    page = view(screening)
    for css, key in ((".toolbar .tool", Keys.ARROW_RIGHT), (".thumbnails .thumbnail", Keys.ARROW_DOWN)):
        assert page.js("return Array.from(document.querySelectorAll(arguments[0])).filter((e) => e.tabIndex === 0).length", css) == 1
        page.js("document.querySelector(arguments[0]).focus()", css)
        page.press(key)
        assert page.js("return document.activeElement === document.querySelectorAll(arguments[0])[1]", css)
    page.press(Keys.ENTER)
    assert page.js("return Filmroom.room.active.stack.title") == "L CC"


def test_keys_belong_to_the_form_while_it_is_typed_in(view, screening):
    page = view(screening)
    page.find("#diagnosis-text").send_keys("mirhv 123 ?")
    assert page.js("return [Filmroom.room.tool, Filmroom.room.active.inverted, document.querySelector('dialog').open]") == ["window", False, False]
    page.js("Filmroom.room.help.keys.checked = false")
    page.focus_pane()
    page.press("i", "m")
    assert page.js("return [Filmroom.room.tool, Filmroom.room.active.inverted]") == ["window", False]


def test_warning_unless_the_site_is_certified(view, tmp_path):
    packet = vp.Packet(tmp_path / "one")
    warned = packet.write(vp.page(vp.exam([vp.ct_series(packet)])))
    assert "not a certified diagnostic display" in view(warned).find(".warning").text
    packet = vp.Packet(tmp_path / "two")
    certified = packet.write(vp.page(vp.exam([vp.ct_series(packet)]), isCertifiedDisplay=True))
    assert view(certified).all(".warning") == []


def test_other_sizes_of_the_window(view, screening, driver):
    page = view(screening)
    try:
        for width, height in ((1024, 640), (2560, 1440)):
            resize(driver, width, height)
            page.wait(f"document.documentElement.clientWidth === {width}")
            assert page.js("return document.documentElement.scrollWidth") == width
            time.sleep(0.2)
            sizes = page.js("return Filmroom.room.shown.map((p) => [p.width, p.surface.clientWidth, p.height, p.surface.clientHeight])")
            assert all(a == b and c == d and a > 200 for a, b, c, d in sizes), sizes
    finally:
        resize(driver, 1366, 768)


@pytest.mark.long
def test_a_large_mammogram_within_seconds(view, tmp_path):
    """Times: on a machine that has nothing else to do."""
    rng = np.random.default_rng(2)
    stored = (1500 + 40 * rng.standard_normal((3328, 2560)) + ramp(0, 1500, 3328, 2560).astype(float)).astype("<u2")
    path = one_image(tmp_path, stored, "uint16", {"center": 2200, "width": 2400}, modality="MG")
    assert (path.parent / "pixels" / "1.js").stat().st_size < 0.75 * stored.nbytes
    started = time.monotonic()
    page = view(path)
    assert time.monotonic() - started < 15
    drag(page, 60, 20)
    assert page.js("""const p = Filmroom.room.active, started = performance.now(); p.isCoarse = true;
        for (let i = 0; i < 10; i++) { Filmroom.changeWindow(p, 1, 1); p.drawNow(); } p.isCoarse = false; p.redraw();
        return (performance.now() - started) / 10""") < 100
