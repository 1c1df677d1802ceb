"""A doctor's whole way: the packet that the service published is opened in a browser, read by keyboard, and what the page
saves is dropped as it is."""

import json
import time

import numpy as np
import pytest
from PIL import Image
from selenium.webdriver.common.keys import Keys

import bundles
from browser import ViewedPage, chromium
from dicom_files import dicom_bytes
from site_under_test import Site

READING = {
    "protocols": [
        {
            "id": "screening", "match": {"modalities": ["MG"]}, "labels": ["normal", "benign", "recall"],
            "readers": ["sato", "ito", "weber"], "examComplete": "0s", "quorum": 2,
            "rule": {"kind": "weighted", "positive": "recall", "ties": "escalate", "arbiter": "weber"},
        }
    ]
}


def gradient(rows, columns):
    values = np.add.outer(np.arange(rows) * 9, np.arange(columns) * 5) % 4096
    return values.astype("<u2").tobytes()


@pytest.fixture(scope="module")
def packet(tmp_path_factory):
    """A site whose exam lies in sato's worklist."""
    place = tmp_path_factory.mktemp("reading")
    site = Site(place / "site")
    site.configure("reading", READING)
    views = [("R", "CC"), ("L", "CC"), ("R", "MLO"), ("L", "MLO")]
    site.drop(bundles.make_tar(place, "day.tar", {
        f"{side}{view}.dcm": dicom_bytes(
            "A-1001", number=number + 1, rows=300, columns=240, PixelData=gradient(300, 240), ImageLaterality=side,
            ViewPosition=view, WindowCenter="2048", WindowWidth="4096", ImagerPixelSpacing=["0.1", "0.1"],
            name="YAMADA^TARO=山田^太郎", SpecificCharacterSet=["", "ISO 2022 IR 87"])
        for number, (side, view) in enumerate(views)}))
    site.run_once()
    return site, site.outbound("sato", "worklists") / "northside_A-1001"


def test_a_doctor_reads_and_the_saved_file_is_accepted(packet, tmp_path):
    site, folder = packet
    with chromium(tmp_path) as driver:
        page = ViewedPage(driver, folder / "index.html")
        text = page.find("body").text
        assert "YAMADA" in text.upper() and "A-1001" in text and "not a certified" in text.lower()
        page.focus_pane()
        page.press("d", Keys.ARROW_DOWN, Keys.ARROW_DOWN)
        page.find("#diagnosis-text").send_keys("Architectural distortion, upper outer quadrant.")
        page.find(".diagnosis form [type=submit]").click()
        saved = tmp_path / "diagnosis.northside_A-1001.json"
        end = time.monotonic() + 10
        while not saved.exists():
            assert time.monotonic() < end, page.find(".diagnosis").text
            time.sleep(0.05)
        assert page.console() == []
    site.drop(saved, "sato", "diagnoses")
    site.run_once()
    receipt = site.receipt(saved.name, "sato")
    assert receipt["status"] == "accepted" and receipt["reads"][0]["status"] == "sealed", receipt
    assert json.loads(saved.read_text())["label"] == "recall"


def test_the_canvas_shows_what_the_rendered_picture_shows(packet, tmp_path):
    """Within one grey level, from the stored values by the page's own look-up."""
    _, folder = packet
    with chromium(tmp_path, size=(1600, 1000)) as driver:
        page = ViewedPage(driver, folder / "index.html")
        page.focus_pane()
        page.press("1", "=")
        shown = page.shown_pixels()[..., 0].astype(int)
        name = page.js("return Filmroom.room.panes[0].item.instance.rendered[0]")
        rendered = np.asarray(Image.open(folder / name).convert("L")).astype(int)
        assert rendered.max() - rendered.min() > 100 and shown.shape == rendered.shape
        assert np.abs(shown - rendered).max() <= 1
        assert page.console() == []
