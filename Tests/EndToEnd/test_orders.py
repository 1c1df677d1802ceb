"""The office's orders: exams that it keeps, and frees again."""

import pytest

from lending_site import NOON, LendingSite, ask
from reading_parties import OFFICE


@pytest.fixture
def lending(tmp_path):
    site = LendingSite(tmp_path / "site")
    site.store("A-1", 1)
    site.store("A-2", 1)
    site.run_once("--as-of", NOON)
    return site


def hold(id, on=True, accession="A-1", **more):
    return {"type": "hold", "id": id, "exam": {"facility": "northside", "accessionNumber": accession}, "on": on, **more}


def status(site):
    return site.json("status")


def test_an_exam_on_hold_is_given_to_nobody_until_it_is_free(lending):
    order = hold("H-1", reason="a court asks for it")
    assert lending.request(OFFICE, order) == [{"index": 0, "id": "H-1", "status": "accepted", "reason": None}]
    assert status(lending)["examsOnHold"] == 1
    lending.request("northside", ask("R-1"), ask("R-2", "A-2"))
    assert lending.denial("R-1")["reason"] == "onHold"
    assert lending.release("R-2", "northside_A-2")["recipient"] == "northside"
    # The same order again is a repetition; another one under its id is refused.
    assert lending.request(OFFICE, order)[0]["status"] == "duplicate"
    assert lending.request(OFFICE, hold("H-1", False))[0]["status"] == "refused"
    assert lending.request(OFFICE, hold("H-2", False))[0]["status"] == "accepted"
    assert status(lending)["examsOnHold"] == 0
    lending.request("northside", ask("R-3"))
    assert lending.release("R-3")["recipient"] == "northside"
    told = [(e["what"], e.get("detail")) for e in lending.explained("northside_A-1")["events"]]
    assert [t for t in told if t[0] in ("examHeld", "examFreed")] == [("examHeld", "a court asks for it"), ("examFreed", None)]


def test_only_the_office_holds(lending):
    item, = lending.request("northside", hold("H-1"))
    assert item["status"] == "refused" and "office" in item["reason"]
    item, = lending.request(OFFICE, hold("H-1", accession="A-9"))
    assert item["status"] == "refused" and item["reason"].startswith("notAvailable")
    assert status(lending)["examsOnHold"] == 0


def test_a_hold_survives_a_rebuild(lending):
    lending.request(OFFICE, hold("H-1"))
    lending.command("rebuild")
    assert status(lending)["examsOnHold"] == 1
    assert "examHeld" in [e["what"] for e in lending.explained("northside_A-1")["events"]]
    lending.request("northside", ask("R-1"))
    assert lending.denial("R-1")["reason"] == "onHold"
