"""The nightly audit of links, `explain`, a rebuilt catalogue, and kills at any moment."""

import json
import random

import pytest

import product
from lending_site import NOON
from liaison_site import LiaisonSite, chart_of, visit
from reading_parties import check, checked

EXAM = "northside_A-1"
LATER = "2026-11-21T14:00:00Z"


def dropped(root):
    """A site with images and charts of three patients, of which one number is another patient's."""
    site = LiaisonSite(root)
    site.store("A-1", 2)
    site.store("A-2", 1, patient_id="P-2", study_date="20261101")
    site.store("A-3", 1, patient_id="P-3")
    site.run_once("--as-of", NOON)
    site.put_chart(chart_of(visit("E1", accession="A-1"), visit("E2", "2020-01-01")), name="one")
    site.put_chart([chart_of(visit("E3", "2026-11-05"), patient="P-2"), chart_of(visit("E4", accession="A-1"), patient="P-2")],
                   name="two")
    return site


@pytest.fixture
def site(tmp_path):
    site = dropped(tmp_path / "site")
    site.run_once("--as-of", LATER)
    return site


def test_the_audit_names_what_needs_an_eye(site):
    report = site.json("liaison", "--as-of", LATER)
    assert report["facilities"] == [{
        "facility": "northside", "patients": 2, "entries": 4, "exams": 3, "links": 2, "unmatchedEntries": 2,
        "unmatchedExams": 1, "doubtful": 1, "held": 1, "settled": 0, "merges": 0}]
    for party in ("northside", "northside-ehr"):
        folder = site.outbound(party, "liaison")
        audit = checked("liaison-audit", folder / "audit.json")
        assert [e["entry"] for e in audit["unmatchedEntries"]] == ["E2", "E4"]
        assert [e["exam"] for e in audit["unmatchedExams"]] == ["northside_A-3"]
        assert [(e["entry"], e["exam"]) for e in audit["doubtful"]] == [("E3", "northside_A-2")]
        assert [(e["entry"], e["exam"], e["patientOfExam"]) for e in audit["held"]] == [("E4", EXAM, "P-1")]
        page = (folder / "audit.html").read_text()
        assert "NORTHSIDE_P-2/index.html#entry=E4" in page and "Held for a person: 1" in page
        for name in ("NORTHSIDE_P-1", "NORTHSIDE_P-2"):
            assert (folder / name / "index.html").is_file()
    assert not (site.outbound("southside", "liaison") / "audit.json").exists()
    before = {p: p.stat().st_mtime_ns for p in site.outbound("northside", "liaison").glob("audit*")}
    site.json("liaison", "--as-of", "2026-11-23T14:00:00Z")
    assert before == {p: p.stat().st_mtime_ns for p in site.outbound("northside", "liaison").glob("audit*")}
    site.command("liaison", "--facility", "nobody", code=1)


def test_an_entry_is_explained(site):
    told = json.loads(site.command("explain", "E1", "--json").output)
    check("command-explain", told)
    assert told["subjects"][0]["type"] == "chartEntry" and told["subjects"][0]["exams"] == [EXAM]
    whats = [e["what"] for e in told["events"]]
    assert "entryNoted" in whats and "linked" in whats and "dropReceived" in whats
    held = json.loads(site.command("explain", "E4", "--json").output)
    assert "linkHeld" in [e["what"] for e in held["events"]]
    assert "linked" in [e["what"] for e in json.loads(site.command("explain", EXAM, "--json").output)["events"]]


def test_charts_survive_a_rebuild(site):
    before = {p: site.linked(p) for p in site.patients()}
    deliveries = site.deliveries()
    site.command("rebuild", "--as-of", LATER)
    site.run_once("--as-of", LATER)
    assert {p: site.linked(p) for p in site.patients()} == before
    assert site.deliveries() == deliveries
    again = site.chart(chart_of(visit("E1", accession="A-1"), visit("E2", "2020-01-01")), name="again", at=LATER)
    assert again["status"] == "duplicate"
    assert site.command("verify", code=0)


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_at_any_moment_leaves_the_same_end(site, tmp_path, seed):
    random.seed(seed)
    other = dropped(tmp_path / "other")
    for _ in range(3):
        product.kill_after(random.uniform(0.05, 1.2), ["run", "--once", "--as-of", LATER, "--root", other.root])
    other.run_once("--as-of", LATER)
    assert other.deliveries() == site.deliveries() != []
    for patient in site.patients():
        assert other.links(patient) == site.links(patient)
        assert other.page(patient) == site.page(patient)
    charged = [json.loads(o.command("explain", EXAM, "--json").output)["subjects"][0]["holders"] for o in (site, other)]
    assert [len(c) for c in charged] == [1, 1]
