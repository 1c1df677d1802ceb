"""The office says whose an exam is that a chart and its images give to different patients."""

import pytest

import product
from lending_site import NOON
from liaison_site import LiaisonSite, chart_of, visit
from reading_parties import OFFICE, checked

EXAM = "northside_A-1"
AT = "2026-11-21T14:00:00Z"
LATER = "2026-11-22T14:00:00Z"
ONE, OTHER = "NORTHSIDE_P-1", "NORTHSIDE_P-2"


@pytest.fixture
def site(tmp_path):
    """The images of A-1 are patient P-1's, whose chart says so too; the chart of P-2 says that they are P-2's."""
    site = LiaisonSite(tmp_path / "site")
    site.store("A-1", 1)
    site.run_once("--as-of", NOON)
    site.chart([chart_of(visit("E1", accession="A-1")), chart_of(visit("E2", accession="A-1"), patient="P-2")])
    assert [h["entry"] for h in site.links(OTHER)["held"]] == ["E2"]
    return site


def settle(id="T-1", patient=None, exam=None, **more):
    whose = {"patient": {"patientID": patient}} if patient else {"both": True}
    return {"type": "settle", "id": id, "exam": exam or {"facility": "northside", "accessionNumber": "A-1"}, **whose, **more}


def order(site, *orders, party=OFFICE, at=AT):
    return site.request(party, *orders, at=at)


def entry(site, patient, name):
    return next(e for e in site.page(patient)["chart"]["entries"] if e["name"] == name)


def settled(site, patient):
    return [(s["entry"], s["exam"], s["belongs"], s["patientOfExam"]) for s in site.links(patient)["settled"]]


def test_the_chart_is_right_and_the_link_moves(site):
    item, = order(site, settle(patient="P-2", reason="wrong name at the apparatus"))
    assert item == {"index": 0, "id": "T-1", "status": "accepted", "reason": None}
    assert site.linked(OTHER) == {("E2", EXAM): ("accessionNumber", "exact")} and site.linked(ONE) == {}
    assert site.links(OTHER)["held"] == site.links(ONE)["held"] == []
    assert settled(site, OTHER) == [("E2", EXAM, True, None)] and settled(site, ONE) == [("E1", EXAM, False, "P-2")]
    assert site.page(OTHER)["exam"]["key"] == EXAM and (site.liaison(OTHER) / "exams" / EXAM).is_dir()
    # Nothing of it is left with the patient whose it is not.
    assert not (site.liaison(ONE) / "exams").exists() and site.page(ONE)["exam"]["series"] == []
    assert site.links(ONE)["unmatched"] == {"entries": ["E1"], "exams": []}
    assert "belongs to this entry" in entry(site, OTHER, "E2")["settled"][0]
    assert "patient P-2's" in entry(site, ONE, "E1")["settled"][0] and entry(site, ONE, "E1")["held"] == []
    events = site.explained(EXAM)["events"]
    assert ("examSettled", "it is patient P-2's; wrong name at the apparatus") in [(e["what"], e.get("detail")) for e in events]
    assert "linkSettled" in [e["what"] for e in site.explained("E1")["events"]]
    report = site.json("liaison", "--as-of", AT)["facilities"][0]
    assert (report["held"], report["settled"], report["links"]) == (0, 2, 1)
    audit = checked("liaison-audit", site.outbound("northside", "liaison") / "audit.json")
    assert [(s["entry"], s["belongs"], s.get("patientOfExam")) for s in audit["settled"]] == [("E1", False, "P-2"), ("E2", True, None)]
    assert "Settled by the office: 2" in (site.outbound("northside", "liaison") / "audit.html").read_text()


def test_the_images_are_right_and_nothing_is_held_any_more(site):
    order(site, settle(patient="P-1"))
    assert site.linked(ONE) == {("E1", EXAM): ("accessionNumber", "exact")} and site.linked(OTHER) == {}
    assert site.links(OTHER)["held"] == [] and settled(site, OTHER) == [("E2", EXAM, False, "P-1")]
    assert settled(site, ONE) == [] and not (site.liaison(OTHER) / "exams").exists()


def test_both_stand(site):
    order(site, settle())
    assert site.linked(ONE) == {("E1", EXAM): ("accessionNumber", "exact")}
    assert site.linked(OTHER) == {("E2", EXAM): ("accessionNumber", "probable")}
    assert site.page(OTHER)["exam"]["key"] == site.page(ONE)["exam"]["key"] == EXAM


def test_the_same_order_again_changes_nothing_and_a_newer_one_counts(site):
    order(site, settle(patient="P-2"))
    before = {p: site.links(p) for p in (ONE, OTHER)}
    again, = order(site, settle(patient="P-2"), at=LATER)
    assert again["status"] == "duplicate" and {p: site.links(p) for p in (ONE, OTHER)} == before
    other, = order(site, settle(patient="P-1"), at=LATER)
    assert other["status"] == "refused" and "T-1" in other["reason"]
    order(site, settle("T-2", patient="P-1"), at=LATER)
    assert list(site.linked(ONE)) == [("E1", EXAM)] and site.linked(OTHER) == {}
    # A chart that comes later follows it too.
    site.chart(chart_of(visit("E3", accession="A-1"), patient="P-2"), at=LATER)
    assert site.links(OTHER)["held"] == [] and len(settled(site, OTHER)) == 2


def test_a_day_alone_leads_to_the_new_patient_only(site):
    order(site, settle(patient="P-2"))
    site.chart([chart_of(visit("D1", "2026-11-20")), chart_of(visit("D2", "2026-11-20"), patient="P-2")], at=LATER)
    assert ("D2", EXAM) in site.linked(OTHER) and site.linked(ONE) == {}


def test_who_may_settle_and_what(site):
    site.store("B-1", 1, patient_id="P-5")
    site.run_once("--as-of", AT)
    refused = order(site, settle("T-2", patient="P-9"), settle("T-3", exam={"accessionNumber": "B-1"}),
                    settle("T-4", exam={"accessionNumber": "Z-1"}),
                    {**settle("T-5", patient="P-1"), "both": True}, {**settle("T-6"), "both": False})
    assert [i["status"] for i in refused] == ["refused"] * 5
    reasons = [i["reason"] for i in refused]
    assert "P-1, P-2" in reasons[0] and "nothing of northside_B-1 is held" in reasons[1]
    assert reasons[2].startswith("notAvailable") and "'both'" in reasons[3] and "'both'" in reasons[4]
    item, = order(site, settle("T-1", patient="P-2"), party="northside")
    assert item["status"] == "refused" and "office" in item["reason"]
    assert [h["entry"] for h in site.links(OTHER)["held"]] == ["E2"]


def test_it_survives_a_rebuild_and_a_kill(site):
    site.put_request(OFFICE, settle(patient="P-2"))
    for seconds in (0.1, 0.3, 0.5):
        product.kill_after(seconds, ["run", "--once", "--as-of", AT, "--root", site.root])
    site.run_once("--as-of", AT)
    expected = {p: (site.linked(p), settled(site, p)) for p in (ONE, OTHER)}
    assert expected[OTHER][0]
    site.command("rebuild", "--as-of", LATER)
    site.run_once("--as-of", LATER)
    assert {p: (site.linked(p), settled(site, p)) for p in (ONE, OTHER)} == expected
    assert "examSettled" in [e["what"] for e in site.explained(EXAM)["events"]]
