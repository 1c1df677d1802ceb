"""The liaison page in a browser, opened from its folder: an entry leads to its images, an image to its entries, and
addresses to both."""

import os
from pathlib import Path

import pytest

from browser import ViewedPage, chromium
from lending_site import NOON
from liaison_site import LiaisonSite, chart_of, page_data, page_paths, visit
from test_reading_in_browser import gradient

NAME = "YAMADA^TARO=山田^太郎"
LATER = "2026-11-21T14:00:00Z"


@pytest.fixture(scope="module")
def liaison(tmp_path_factory):
    """A patient with two exams, a chart with five entries, and a report."""
    site = LiaisonSite(tmp_path_factory.mktemp("liaison") / "site")
    for accession, date in (("A-1", "20261120"), ("A-2", "20251118")):
        for number, (side, view) in enumerate([("R", "CC"), ("L", "CC"), ("R", "MLO"), ("L", "MLO")]):
            site.store(
                accession, 1, series=f"{number}", study_date=date, rows=300, columns=240,
                PixelData=gradient(300, 240), ImageLaterality=side, ViewPosition=view, WindowCenter="2048",
                WindowWidth="4096", name=NAME, SpecificCharacterSet=["", "ISO 2022 IR 87"],
                StudyDescription="Screening mammography")
    site.run_once("--as-of", NOON)
    site.take_document("northside", "reports", "report.json", {
        "type": "report", "exam": {"accessionNumber": "A-1"}, "author": "Dr Sato", "status": "final",
        "text": "所見なし。 No mass.", "purpose": "treatment"}, NOON)
    site.chart(chart_of(
        visit("E1", "2026-11-20", "A-1", title="Screening visit", text="乳房検診。 No complaints.", status="finished"),
        visit("E2", "2025-11-18", "A-2", title="Screening visit", text="First screening."),
        visit("E3", "2026-11-20", title="Blood test", text="Same day."),
        visit("E4", "2026-11-25", title="Result told", text="By telephone. <script>alert(1)</script>"),
        visit("E5", "2019-03-01", title="Influenza", text="Long ago."), name=NAME))
    return site.liaison()


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("downloads")) as driver:
        yield driver


def open_page(driver, folder, hash=""):
    driver.get("about:blank")
    page = ViewedPage(driver, folder / "index.html")
    if hash:
        page.js("location.hash = arguments[0]", hash)
        page.wait_ready()
    return page


def shown(page):
    return page.js("return Filmroom.room.active.stack && Filmroom.room.active.stack.exam.key")


def related(page):
    return page.js("return Array.from(document.querySelectorAll('.entry.related strong')).map((e) => e.textContent)")


def choose(page, title, number=0):
    page.js("Array.from(document.querySelectorAll('.choose')).filter((b) => b.textContent.includes(arguments[0]))"
            "[arguments[1]].click()", title, number)
    page.wait_ready()


def test_choosing_an_entry_shows_its_images(driver, liaison):
    page = open_page(driver, liaison)
    assert shown(page) == "northside_A-1"
    choose(page, "2025-11-18")
    assert shown(page) == "northside_A-2" and page.js("return location.hash") == "#entry=E2"
    assert related(page) == ["Screening visit"]
    choose(page, "Result told")
    assert shown(page) == "northside_A-1"
    choose(page, "Influenza")
    assert shown(page) == "northside_A-1", "an entry without images changes nothing"
    assert page.console() == []


def test_choosing_an_image_shows_its_entries(driver, liaison):
    page = open_page(driver, liaison)
    buttons = page.all(".thumbnail")
    assert len(buttons) == 8
    buttons[-1].click()
    page.wait_ready()
    assert shown(page) == "northside_A-2" and page.js("return location.hash") == "#exam=northside_A-2"
    assert related(page) == ["Screening visit"]
    page.all(".thumbnail")[0].click()
    page.wait_ready()
    assert sorted(related(page)) == ["Blood test", "Result told", "Screening visit"]
    assert page.console() == []


@pytest.mark.parametrize("hash, exam", [("#entry=E2", "northside_A-2"), ("#exam=northside_A-2", "northside_A-2"),
                                        ("#entry=E1", "northside_A-1"), ("#entry=%E0%A4", "northside_A-1")])
def test_addresses_lead_to_entries_and_exams(driver, liaison, hash, exam):
    page = open_page(driver, liaison, hash)
    assert shown(page) == exam and page.console() == []


def test_the_page_shows_texts_reports_and_reasons(driver, liaison):
    page = open_page(driver, liaison)
    text = page.find("body").text
    for part in ("山田 太郎", "乳房検診。", "所見なし。", "<script>alert(1)</script>", "exact: same accession number",
                 "probable: same day", "possible: nearest exam of the patient", "No images belong to it yet."):
        assert part in text, part
    paths = page_paths(liaison / "index.html")
    assert [p for p in paths if not p.is_file()] == []
    links = page.js("return Array.from(document.querySelectorAll('.chart a'), (a) => a.href)")
    files = {link.split("#")[0] for link in links if not link.split("#")[0].endswith("index.html")}
    assert files and all(Path(f.removeprefix("file://")).is_file() for f in files)
    place = os.environ.get("FILMROOM_SCREENSHOTS")
    if place:
        choose(page, "2026-11-20")
        page.screenshot(Path(place) / "liaison.png")


def test_each_exam_has_pixels_of_its_own(driver, liaison):
    data = page_data(liaison / "index.html")
    keys = [p["key"] for e in [data["exam"], *data["priors"]] for s in e["series"] for i in s["instances"]
            for p in i["pixels"]]
    assert len(keys) == len(set(keys)) == 8


def test_a_page_without_images_and_one_of_a_merged_patient_open(driver, tmp_path):
    site = LiaisonSite(tmp_path / "site")
    site.chart(chart_of(visit("E1", accession="A-9")))
    page = open_page(driver, site.liaison())
    assert "No images belong to it yet." in page.find("body").text and page.console() == []
    choose(page, "E1")
    assert page.console() == []
    merge = ("MSH|^~\\&|EHR||||20261121||ADT^A40^ADT_A39|1|P|2.5.1\rPID|1||P-2^^^NORTHSIDE^MR||YAMADA^TARO\r"
             "MRG|P-1^^^NORTHSIDE^MR\r")
    assert site.chart(merge.encode(), name="m.hl7", at=LATER)["status"] == "accepted"
    page = open_page(driver, site.liaison())
    page.find(".merge a").click()
    page.wait("document.readyState === 'complete' && document.querySelector('.merge')")
    assert "NORTHSIDE_P-2" in driver.current_url and "Formerly also P-1" in page.find("body").text
