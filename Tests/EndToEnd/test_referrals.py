"""A facility refers an exam of its own to another one, which may then ask for it."""

import pytest

from lending_site import NOON, LendingSite, ask
from reading_parties import OFFICE


@pytest.fixture
def lending(tmp_path):
    site = LendingSite(tmp_path / "site")
    site.store("A-1", 1)
    site.store("A-2", 1)
    site.store("B-1", 1, "southside", patient_id="P-2")
    site.run_once("--as-of", NOON)
    return site


def referral(id, accession="A-1", to="southside", purposes=("treatment",), facility=None, **more):
    exam = {"accessionNumber": accession, **({"facility": facility} if facility else {})}
    return {"type": "referral", "id": id, "exam": exam, "to": to, "purposes": list(purposes), **more}


def of_northside(id, accession="A-1", **more):
    return {**ask(id, **more), "exam": {"facility": "northside", "accessionNumber": accession}}


def test_what_is_referred_is_given_for_that_purpose_alone(lending):
    lending.request("southside", of_northside("R-1"))
    assert lending.denial("R-1", party="southside")["reason"] == "notAvailable"
    item, = lending.request("northside", referral("F-1", reason="to be operated there"))
    assert item == {"index": 0, "id": "F-1", "status": "accepted", "reason": None}
    lending.request(
        "southside", of_northside("R-2"), ask("R-3"), of_northside("R-4", purpose="teaching"), of_northside("R-5", "A-2"),
        {"type": "request", "id": "R-6", "exams": {"patientID": "P-1"}, "purpose": "treatment"})
    for name in ("R-2", "R-3"):
        assert lending.release(name, party="southside")["recipient"] == "southside"
    assert lending.denial("R-4", party="southside")["reason"] == "purposeNotGranted"
    assert lending.denial("R-5", "northside_A-2", "southside")["reason"] == "notAvailable"
    assert [e["exam"] for e in lending.summary("R-6", "southside")["exams"]] == ["northside_A-1"], "no other of that patient"
    told = [(e["what"], e["detail"]) for e in lending.explained("northside_A-1")["events"] if e["what"] == "examReferred"]
    assert told == [("examReferred", "to southside; for treatment; to be operated there")]
    assert lending.request("northside", referral("F-1", reason="to be operated there"))[0]["status"] == "duplicate"


@pytest.mark.parametrize("purposes", [[], ["teaching"]])
def test_a_referral_is_ended_and_replaced(lending, purposes):
    lending.request("northside", referral("F-1", purposes=["treatment", "teaching"]))
    lending.request("northside", referral("F-2", purposes=["teaching"]))
    lending.request("southside", of_northside("R-1"), of_northside("R-2", purpose="teaching"))
    assert lending.denial("R-1", party="southside")["reason"] == "purposeNotGranted"
    assert lending.release("R-2", party="southside")
    lending.request("northside", referral("F-3", purposes=purposes, on=False))
    lending.request("southside", of_northside("R-3", purpose="teaching"))
    assert lending.denial("R-3", party="southside")["reason"] == "notAvailable"


def test_nobody_refers_what_is_not_theirs(lending):
    lending.request("northside", referral("F-1"))
    refused = lending.request(
        "southside", referral("F-1", "A-1", "northside", facility="northside"), referral("F-2", "A-1", "northside"),
        referral("F-3", "Z-9", "northside"), referral("F-4", "B-1", "southside"), referral("F-5", "B-1", "westside"),
        referral("F-6", "B-1", "northside", ["research"]), referral("F-7", "B-1", "northside", []))
    assert [i["status"] for i in refused] == ["refused"] * 7
    reasons = [i["reason"] for i in refused]
    assert reasons[0] == reasons[1] == reasons[2] and reasons[0].startswith("notAvailable")
    assert "its own exams" in reasons[3] and "westside" in reasons[4] and "treatment, teaching" in reasons[5]
    assert "purposes" in reasons[6]
    item, = lending.request("sato", referral("F-1", facility="northside"))
    assert item["status"] == "refused"
    assert lending.request(OFFICE, referral("F-1", "A-2", facility="northside"))[0]["status"] == "accepted"
    lending.request("southside", of_northside("R-1", "A-2"))
    assert lending.release("R-1", "northside_A-2", "southside")


def test_a_referral_survives_a_rebuild(lending):
    lending.request("northside", referral("F-1"))
    lending.command("rebuild")
    lending.request("southside", of_northside("R-1"))
    assert lending.release("R-1", party="southside")
    assert "examReferred" in [e["what"] for e in lending.explained("northside_A-1")["events"]]
