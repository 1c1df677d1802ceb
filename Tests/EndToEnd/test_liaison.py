"""Charts and images find each other: from either side, whatever comes first; who asks and pays; what is held and merged."""

import pytest

from dicom_files import uid
from lending_site import NOON
from liaison_site import LiaisonSite, chart_of, page_paths, visit

EXAM = "northside_A-1"
LATER = "2026-11-21T14:00:00Z"


@pytest.fixture
def site(tmp_path):
    return LiaisonSite(tmp_path / "site")


@pytest.fixture
def stored(site):
    site.store("A-1", 2)
    site.run_once("--as-of", NOON)
    return site


def statuses(receipt):
    return [i["status"] for i in receipt["items"]]


def test_a_chart_asks_for_its_exam_and_both_are_on_one_page(stored):
    receipt = stored.chart(chart_of(visit("E1", accession="A-1")))
    assert (receipt["status"], statuses(receipt)) == ("accepted", ["accepted"])
    name = f"chart-{receipt['drop']['id']}-1"
    assert stored.deliveries() == [name]
    release = stored.release(name)
    assert release["purpose"] == "treatment" and release["charge"]["amount"] == "4.50"
    assert stored.linked() == {("E1", EXAM): ("accessionNumber", "exact")}
    page = stored.page()
    assert page["patient"]["name"] == "YAMADA, TARO" and page["exam"]["key"] == EXAM
    assert [e["links"] for e in page["chart"]["entries"]] == [
        [{"exam": EXAM, "by": "accessionNumber", "certainty": "exact"}]]
    paths = page_paths(stored.liaison() / "index.html")
    assert len(paths) > 5 and all(p.is_file() for p in paths), [p for p in paths if not p.is_file()]
    images = {p.read_bytes() for p in (stored.liaison() / "exams" / EXAM / "images").glob("*.dcm")}
    assert images == set(stored.dropped[EXAM].values())


def test_the_chart_system_gets_the_page_and_no_delivery(stored):
    stored.chart(chart_of(visit("E1", accession="A-1")), party="northside-ehr")
    assert stored.linked(party="northside-ehr") == stored.linked() != {}
    assert len(stored.deliveries()) == 1 and not stored.outbound("northside-ehr", "deliveries").exists()


def test_images_that_come_after_their_chart_are_linked_and_asked_for(site):
    receipt = site.chart(chart_of(visit("E1", accession="A-1"), visit("E2", "2020-01-01")))
    assert site.links()["unmatched"] == {"entries": ["E1", "E2"], "exams": []} and site.deliveries() == []
    site.store("A-1", 1)
    site.run_once("--as-of", LATER)
    assert site.linked() == {("E1", EXAM): ("accessionNumber", "exact")}
    assert site.links()["unmatched"]["entries"] == ["E2"]
    assert site.deliveries() == [f"chart-{receipt['drop']['id']}-1"]
    assert site.page()["exam"]["key"] == EXAM


def test_the_same_again_changes_nothing_and_costs_nothing(stored):
    chart = chart_of(visit("E1", accession="A-1"))
    stored.chart(chart)
    before = stored.links(), stored.deliveries()
    again = stored.chart(chart, name="again", at=LATER)
    assert (again["status"], statuses(again)) == ("duplicate", ["duplicate"])
    more = stored.chart(chart_of(visit("E1", accession="A-1"), visit("E2", accession="A-1")), at=LATER)
    assert more["status"] == "accepted" and stored.deliveries() == before[1]
    assert stored.linked().keys() == {("E1", EXAM), ("E2", EXAM)}


def test_more_images_of_the_exam_are_asked_for_too(stored):
    receipt = stored.chart(chart_of(visit("E1", accession="A-1")))
    stored.store("A-1", 3)
    stored.run_once("--as-of", LATER)
    assert stored.deliveries() == [f"chart-{receipt['drop']['id']}-{n}" for n in (1, 2)]
    assert len(list((stored.liaison() / "exams" / EXAM / "images").glob("*.dcm"))) == 3


def test_each_reason_for_a_link_says_how_sure_it_is(site):
    site.store("A-1", 1, study_date="20261101")
    site.store("A-2", 1, study_date="20261110")
    site.run_once("--as-of", NOON)
    site.chart(chart_of(
        visit("UID", None, studyInstanceUIDs=[uid("study", "A-1")]), visit("said", None, exams=[{"accessionNumber": "A-2"}]),
        visit("day", "2026-11-10"), visit("near", "2026-11-14"), visit("far", "2025-01-01"), visit("absent", accession="A-9")))
    assert site.linked() == {
        ("UID", EXAM): ("studyInstanceUID", "exact"), ("said", "northside_A-2"): ("stated", "exact"),
        ("day", "northside_A-2"): ("date", "probable"), ("near", "northside_A-2"): ("patientID", "possible")}
    assert sorted(site.links()["unmatched"]["entries"]) == ["absent", "far"]


def test_an_accession_number_of_another_patient_is_held_and_shows_nothing(stored):
    stored.chart(chart_of(visit("E1", accession="A-1"), patient="P-2"))
    links = stored.links("NORTHSIDE_P-2")
    assert links["links"] == [] and links["unmatched"] == {"entries": ["E1"], "exams": []}
    assert [(h["entry"], h["exam"], h["patientOfExam"]) for h in links["held"]] == [("E1", EXAM, "P-1")]
    assert stored.deliveries() == [] and not (stored.liaison("NORTHSIDE_P-2") / "exams").exists()
    assert "held" in stored.page("NORTHSIDE_P-2")["chart"]["entries"][0]["held"][0]


def test_nothing_crosses_facilities(stored):
    stored.chart(chart_of(visit("E1", accession="A-1")), party="southside")
    assert stored.links("SOUTHSIDE_P-1", "southside")["unmatched"]["entries"] == ["E1"]
    assert stored.deliveries("southside") == [] and stored.patients("northside") == []
    assert "A-1\"" not in str(stored.page("SOUTHSIDE_P-1", "southside")["exam"])


def test_without_a_default_purpose_a_chart_asks_for_nothing(tmp_path):
    site = LiaisonSite(tmp_path / "site")
    path = site.root / "pipelines" / "parties.yaml"
    path.write_text(path.read_text().replace("  defaultPurpose: treatment\n", ""))
    site.store("A-1", 1)
    site.chart(chart_of(visit("E1", accession="A-1")))
    assert site.deliveries() == [] and site.linked() == {("E1", EXAM): ("accessionNumber", "exact")}
    assert "no default purpose" in site.page()["chart"]["exams"][0]["missing"]


def test_what_is_given_de_identified_is_not_shown_beside_a_name(tmp_path):
    site = LiaisonSite(tmp_path / "site")
    path = site.root / "pipelines" / "parties.yaml"
    path.write_text(path.read_text().replace("defaultPurpose: treatment", "defaultPurpose: teaching"))
    site.store("A-1", 1)
    receipt = site.chart(chart_of(visit("E1", accession="A-1")))
    name = f"chart-{receipt['drop']['id']}-1"
    assert site.release(name)["range"]["deidentified"] and site.release(name)["charge"]["amount"] == "1.00"
    assert "de-identified" in site.page()["chart"]["exams"][0]["missing"]
    assert not (site.liaison() / "exams").exists() and site.page()["exam"]["series"] == []


def test_what_cannot_be_taken_is_refused_by_name_and_the_rest_is_taken(site):
    good = chart_of(visit("E1"))
    bad = chart_of({"id": "E2", "daet": "2026-11-20"}, patient="P-2")
    receipt = site.chart([good, bad, chart_of(visit("E3", "2026-02-30"), patient="P-3")])
    assert (receipt["status"], statuses(receipt)) == ("partial", ["accepted", "refused", "refused"])
    assert "'daet' is no field of an encounter; did you mean 'date'?" in receipt["items"][1]["reason"]
    assert "/encounters/0/date" in receipt["items"][2]["reason"] and "2026-02-30" in receipt["items"][2]["reason"]
    assert site.patients() == ["NORTHSIDE_P-1"]


def test_a_newer_version_of_an_entry_takes_its_place(stored):
    stored.chart(chart_of(visit("E1", accession="A-1")))
    stored.chart(chart_of(visit("E1", accession="A-7", title="Corrected")), at=LATER)
    assert stored.links()["links"] == [] and stored.links()["unmatched"] == {"entries": ["E1"], "exams": [EXAM]}
    entries = stored.page()["chart"]["entries"]
    assert [(e["name"], e["title"]) for e in entries] == [("E1", "Corrected")]


