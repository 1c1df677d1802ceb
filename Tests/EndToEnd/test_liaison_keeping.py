"""What a liaison page shows no more: exams that were deleted, that the office holds, and whose right has ended."""

import copy

import pytest
import yaml

from lending_site import NOON
from liaison_site import LiaisonSite, chart_of, visit
from reading_parties import OFFICE

EXAM = "northside_A-1"
LATER = "2026-11-21T14:00:00Z"
DAY_20 = "2026-12-10T12:00:00Z"
DAY_40 = "2026-12-30T12:00:00Z"
REFERENCE = {"facility": "northside", "accessionNumber": "A-1"}
DELETE = {"type": "delete", "id": "D-1", "exam": REFERENCE}


@pytest.fixture
def site(tmp_path):
    """An exam that is on its patient's page, and can be deleted after ten days."""
    site = LiaisonSite(tmp_path / "site")
    site.adjust("storage", retention="10d")
    site.store("A-1", 2)
    site.run_once("--as-of", NOON)
    return site


def images(site, party="northside"):
    folder = site.liaison(party=party) / "exams" / EXAM / "images"
    return len(list(folder.glob("*.dcm"))) if folder.exists() else 0


def hold(id, on=True):
    return {"type": "hold", "id": id, "exam": REFERENCE, "on": on}


def order(site, item, at=DAY_20):
    assert site.request(OFFICE, item, at=at)[0]["status"] == "accepted"


def test_a_deleted_exam_leaves_the_page_and_its_links_say_why(site):
    site.chart(chart_of(visit("E1", accession="A-1")))
    assert images(site) == images(site, "northside-ehr") == 2
    order(site, DELETE)
    for party in ("northside", "northside-ehr"):
        links = site.links(party=party)
        assert links["links"] == [] and links["unmatched"] == {"entries": ["E1"], "exams": []}
        assert not (site.liaison(party=party) / "exams").exists()
        assert site.page(party=party)["chart"]["exams"] == []
    assert "its exam was deleted" in site.command("explain", "E1").output
    asked = site.deliveries()
    # Nothing links to it again, nor asks for it.
    site.chart(chart_of(visit("E2", accession="A-1")), at=DAY_20)
    assert site.links()["links"] == [] and site.deliveries() == asked
    report = site.json("liaison", "--as-of", DAY_20)["facilities"][0]
    assert (report["exams"], report["links"], report["unmatchedExams"]) == (0, 0, 0)
    # A rebuilt catalogue shows it no more than the one before.
    site.command("rebuild")
    site.run_once("--as-of", DAY_20)
    assert site.links()["links"] == [] and images(site) == 0
    # What is stored anew is linked and asked for anew.
    site.store("A-1", 1)
    site.run_once("--as-of", DAY_40)
    assert site.linked().keys() == {("E1", EXAM), ("E2", EXAM)} and images(site) == 1


def test_a_deleted_exam_that_no_entry_belongs_to_leaves_the_page(site):
    site.chart(chart_of(visit("E1", "2020-01-01")))
    assert site.links()["unmatched"]["exams"] == [EXAM]
    order(site, DELETE)
    assert site.links()["unmatched"] == {"entries": ["E1"], "exams": []} and site.page()["chart"]["exams"] == []


def test_an_exam_on_hold_is_shown_again_when_it_is_free(site):
    site.chart(chart_of(visit("E1", accession="A-1")))
    order(site, hold("H-1"))
    assert images(site) == images(site, "northside-ehr") == 0 and site.page()["exam"]["series"] == []
    assert "on hold" in site.page()["chart"]["exams"][0]["missing"]
    assert site.linked().keys() == {("E1", EXAM)}
    order(site, hold("H-2", False))
    assert images(site) == images(site, "northside-ehr") == 2
    assert len(site.deliveries()) == 1


def test_an_exam_on_hold_is_asked_for_when_it_is_free(site):
    order(site, hold("H-1"), at=NOON)
    site.chart(chart_of(visit("E1", accession="A-1")))
    assert site.deliveries() == [] and "on hold" in site.page()["chart"]["exams"][0]["missing"]
    order(site, hold("H-2", False))
    assert len(site.deliveries()) == 1 and images(site) == 2


def test_images_are_on_the_page_while_the_right_to_them_lasts(tmp_path):
    site = LiaisonSite(tmp_path / "site")
    path = site.root / "pipelines" / "purposes.yaml"
    content = yaml.safe_load(path.read_text())
    content["purposes"] = copy.deepcopy(content["purposes"])
    for purpose in content["purposes"]:
        purpose["range"]["for"] = "30d"
    path.write_text(yaml.safe_dump(content))
    site.store("A-1", 2)
    site.run_once("--as-of", NOON)
    site.chart(chart_of(visit("E1", accession="A-1")))
    site.run_once("--as-of", DAY_20)
    assert images(site) == 2
    site.run_once("--as-of", DAY_40)
    assert images(site) == images(site, "northside-ehr") == 0 and site.linked().keys() == {("E1", EXAM)}


def test_a_report_that_comes_later_or_changes_is_on_the_page(site):
    site.chart(chart_of(visit("E1", accession="A-1")))
    assert site.page()["chart"]["exams"][0]["reports"] == []
    document = {"type": "report", "exam": {"accessionNumber": "A-1"}, "author": "northside", "status": "final",
                "text": "First words.", "purpose": "treatment"}
    first = site.take_document("northside", "reports", "first.json", document, LATER)
    assert "First words." in str(site.page()["chart"]["exams"][0]["reports"]) and images(site) == 2
    changed = {**document, "text": "Other words.", "status": "amended", "supersedes": first["items"][0]["id"]}
    assert site.take_document("northside", "reports", "second.json", changed, LATER)["status"] == "accepted"
    assert "Other words." in str(site.page()["chart"]["exams"][0]["reports"])
    assert "Other words." in str(site.page(party="northside-ehr")["chart"]["exams"][0]["reports"])
