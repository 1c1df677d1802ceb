"""Exams are deleted by an explicit order, when their retention period is over and nobody keeps them; and nothing else is."""

import copy
import json
import random
import shutil
import signal
import sqlite3
import time
from subprocess import DEVNULL

import pytest

import product
from lending_site import NOON, PRICES, LendingSite, ask
from reading_parties import OFFICE, ReadingSite, protocol
from site_under_test import sha256

DAY_9 = "2026-11-29T12:00:00Z"
DAY_10 = "2026-11-30T12:00:00Z"
DAY_11 = "2026-12-01T12:00:00Z"
DAY_12 = "2026-12-02T12:00:00Z"
DAY_30 = "2026-12-20T12:00:00Z"
SHARED = {"from": "northside", "to": "southside", "purposes": ["treatment"], "patients": "all"}


def delete(id="D-1", accession="A-1", facility="northside", **more):
    return {"type": "delete", "id": id, "exam": {"facility": facility, "accessionNumber": accession}, **more}


def hold(id, on=True, accession="A-1"):
    return {"type": "hold", "id": id, "exam": {"facility": "northside", "accessionNumber": accession}, "on": on}


def report(accession="A-1", text="Nothing of note.", **more):
    return {"type": "report", "exam": {"accessionNumber": accession}, "author": "sato", "status": "final", "text": text, **more}


def json_bytes(document):
    return json.dumps(document).encode()


@pytest.fixture
def lending(tmp_path):
    """Two exams of northside and one of southside, kept for ten days."""
    site = LendingSite(tmp_path / "site")
    site.adjust("storage", retention="10d")
    site.store("A-1", 3)
    site.store("A-1", 1, series="other")
    site.store("A-2", 2)
    site.store("A-1", 1, party="southside")
    site.run_once("--as-of", NOON)
    return site


def order(site, *items, at=DAY_11, code=0):
    """What becomes of the office's orders."""
    return [(item["status"], item["reason"]) for item in site.request(OFFICE, *items, at=at, code=code)]


def keys(site):
    return [exam["key"] for exam in site.find()]


def bytes_in_archive(site):
    """Every file of the archive besides the database, by the digest of its bytes."""
    return {
        str(p.relative_to(site.root)): sha256(p.read_bytes())
        for tier in ("fast", "slow") for p in (site.root / "archive" / tier).rglob("*") if p.is_file()
    }


def explained(site, key="northside_A-1"):
    subject, = [s for s in site.explained(key)["subjects"] if s["type"] == "exam"]
    return subject


# Conditions

def test_nothing_is_deleted_before_its_time(lending):
    before = bytes_in_archive(lending)
    (status, reason), = order(lending, delete(), at=DAY_9)
    assert status == "refused" and reason.startswith("retention: northside_A-1 is kept for 10d")
    assert "it can be deleted from 2026-11-30T12:00:00+00:00 on" in reason
    lending.request(OFFICE, hold("H-1"), at=DAY_9)
    (status, reason), = order(lending, delete(), at=DAY_9)
    assert status == "refused" and "retention: " in reason and "onHold: " in reason
    (status, reason), = order(lending, delete(), at=DAY_11)
    assert status == "refused" and reason.startswith("onHold: northside_A-1 is on hold") and "retention" not in reason
    lending.request(OFFICE, hold("H-2", False), at=DAY_11)
    assert bytes_in_archive(lending) == before and len(keys(lending)) == 3
    # A refused order's id is free: the same one is carried out on the first second on which it may.
    assert order(lending, delete(), at=DAY_10) == [("accepted", None)]
    assert keys(lending) == ["northside_A-2", "southside_A-1"]


def test_a_site_without_a_retention_period_deletes_nothing(lending):
    lending.adjust("storage", retention=None)
    (status, reason), = order(lending, delete(), at="2099-01-01T00:00:00Z")
    assert status == "refused" and reason.startswith("retention: storage.yaml sets none")
    assert len(keys(lending)) == 3


def test_what_came_later_is_kept_as_long(lending):
    lending.store("A-1", 1, series="late")
    lending.run_once("--as-of", DAY_9)
    (status, reason), = order(lending, delete(), at=DAY_11)
    assert status == "refused" and "from 2026-12-09T12:00:00+00:00 on" in reason
    lending.drop_file("r.json", json_bytes(report("A-2")), kind="reports")
    lending.run_once("--as-of", DAY_9)
    (status, reason), = order(lending, delete("D-2", "A-2"), at=DAY_11)
    assert status == "refused" and "from 2026-12-09T12:00:00+00:00 on" in reason


def test_only_the_office_deletes(lending):
    item, = lending.request("northside", delete(), at=DAY_11)
    assert item["status"] == "refused" and "office" in item["reason"]
    (status, reason), = order(lending, delete(accession="A-9"))
    assert status == "refused" and reason == "notAvailable: there is no such exam, or it is not for you"
    assert len(keys(lending)) == 3


def test_orders_of_one_drop_are_judged_one_after_the_other(lending):
    first, second, third = order(lending, hold("H-1"), delete("D-1"), delete("D-2", "A-2"))
    assert first[0] == "accepted" and third[0] == "accepted"
    assert second[0] == "refused" and second[1].startswith("onHold: ")
    answers = order(lending, hold("H-2", False), delete("D-3"), delete("D-4"), hold("H-3"), at=DAY_12)
    assert [status for status, _ in answers] == ["accepted", "accepted", "refused", "refused"]
    assert all("deleted by an order before this one" in reason for _, reason in answers[2:])
    assert keys(lending) == ["southside_A-1"]
    lending.json("verify")


# What goes, and what stays

def test_all_of_the_exam_goes_and_nothing_else(lending):
    lending.drop_file("r.json", json_bytes(report()), kind="reports")
    lending.run_once("--as-of", NOON)
    lending.json("tier", "--as-of", NOON, "--demote", "northside_A-1")
    lending.store("A-1", 1, series="third")
    lending.run_once("--as-of", NOON)
    others = {"northside_A-2", "southside_A-1"}
    before = bytes_in_archive(lending)
    receipts = lending.receipts()
    instances = {i["sopInstanceUID"]: i["sha256"] for i in lending.instances("--accession", "A-1", "--facility", "northside")}
    assert len(instances) == 5 and sum("/reports/" in p for p in before) == 1

    assert order(lending, delete(reason="ten years are over")) == [("accepted", None)]
    after = bytes_in_archive(lending)
    gone = set(before) - set(after)
    assert after.items() <= before.items() and len(gone) == 6
    assert {p.split("/")[1] for p in gone} == {"fast", "slow"}
    assert set(keys(lending)) == others
    assert sum(len(s["instances"]) for e in lending.find("--instances") for s in e["series"]) == 3
    assert lending.receipts() == receipts
    report_, = [lending.json("verify")]
    assert report_["findings"] == [] and report_["packs"] == 3
    assert lending.json("status")["filesToRemove"] == 0

    subject = explained(lending)
    assert subject["deletedAt"] == "2026-12-01T12:00:00+00:00" and subject["instanceCount"] == 0
    deletion, = subject["deletions"]
    assert deletion["order"] == "D-1" and deletion["orderedBy"] == OFFICE and deletion["reason"] == "ten years are over"
    assert deletion["conditions"] == {
        "lastStoredAt": "2026-11-20T12:00:00+00:00", "retention": "10d", "keptUntil": "2026-11-30T12:00:00+00:00",
        "onHold": False}
    assert {i["sopInstanceUID"]: i["sha256"] for i in deletion["instances"]} == instances
    assert {(f["kind"], f["state"]) for f in deletion["files"]} == {("pack", "removed"), ("report", "removed")}
    assert {f["digest"] for f in deletion["files"]} == {p.split("/")[-1].split(".")[0] for p in gone}
    assert deletion["filesRemovedAt"] == "2026-12-01T12:00:00+00:00"
    told = [e["what"] for e in lending.explained("northside_A-1")["events"]]
    assert "instancesStored" in told and "reportStored" in told
    assert told.index("instancesStored") < told.index("deleted") < told.index("filesRemoved")
    # By its images' names and digests too.
    uid = next(u for u in instances if u not in lending.dropped["southside_A-1"])
    digest = instances[uid]
    for name in (uid, digest, deletion["files"][0]["digest"]):
        document = lending.explained(name)
        assert "northside_A-1" in [s.get("exam", s["id"]) for s in document["subjects"] if s["type"] != "drop"], name


def test_an_order_is_carried_out_once(lending):
    assert order(lending, delete()) == [("accepted", None)]
    state = bytes_in_archive(lending)
    assert order(lending, delete()) == [("duplicate", None)]
    (status, reason), = order(lending, delete("D-2"))
    assert (status, reason) == ("refused", "notAvailable: northside_A-1 was deleted on 2026-12-01")
    (status, reason), = order(lending, hold("H-1"))
    assert status == "refused" and "was deleted on 2026-12-01" in reason
    assert len(explained(lending)["deletions"]) == 1 and bytes_in_archive(lending) == state


def test_numbers_of_what_is_gone_are_not_given_again(lending):
    """The catalogue's newest rows are deleted; what comes next is not taken for what they were."""
    lending.store("A-3", 2)
    lending.run_once("--as-of", NOON)
    uid = next(iter(lending.dropped["northside_A-3"]))
    assert order(lending, delete(accession="A-3")) == [("accepted", None)]
    lending.store("A-9", 4, party="southside")
    lending.run_once("--as-of", DAY_12)
    drop, = [s for s in lending.explained("A-3.1.dcm")["subjects"] if s["type"] == "drop"]
    assert drop["exams"] == ["northside_A-3"]
    file, = lending.explained(uid)["subjects"]
    assert (file["exam"], file["type"]) == ("northside_A-3", "file")
    lending.request("northside", ask("R-1", "A-3"), at=DAY_12)
    assert lending.denial("R-1", "northside_A-3")["reason"] == "notAvailable"
    lending.json("verify")


def test_a_report_of_another_exam_stays(lending):
    lending.drop_file("r1.json", json_bytes(report()), kind="reports")
    lending.drop_file("r2.json", json_bytes(report("A-2")), kind="reports")
    lending.run_once("--as-of", NOON)
    assert sum("/reports/" in p for p in bytes_in_archive(lending)) == 2
    order(lending, delete())
    assert sum("/reports/" in p for p in bytes_in_archive(lending)) == 1
    assert lending.json("verify")["findings"] == []
    lending.request("northside", ask("R-1", "A-2"), at=DAY_12)
    assert any("reports/" in f["path"] for f in lending.release("R-1", "northside_A-2")["files"])


def test_reports_that_changed_and_were_given_go_with_the_exam(lending):
    """Those who were given a former version are owed nothing any more, and the next report is no answer to the old one."""
    lending.purposes(sharing=[SHARED])
    first = lending.take_document("northside", "reports", "r1.json", report(), NOON)["items"][0]["id"]
    foreign = {"exam": {"facility": "northside", "accessionNumber": "A-1"}}
    assert lending.request("southside", ask("R-1", **foreign))[0]["status"] == "accepted"
    lending.take_document("northside", "reports", "r2.json", report(text="A cyst.", supersedes=first), DAY_9)
    assert [n for n in lending.deliveries("southside") if "+" in n]
    assert order(lending, delete(), at=DAY_30)[0][0] == "accepted"
    lending.run_once("--as-of", DAY_30)
    assert lending.json("verify")["findings"] == [] and not any("/reports/" in p for p in bytes_in_archive(lending))
    lending.store("A-1", 1)
    lending.run_once("--as-of", DAY_30)
    before = lending.deliveries("southside")
    lending.take_document("northside", "reports", "r3.json", report(text="Another."), DAY_30)
    assert lending.deliveries("southside") == before


# What parties are told

def test_a_deleted_exam_is_to_others_one_that_never_was(lending):
    lending.purposes(sharing=[SHARED])
    lending.request("southside", ask("R-0") | {"exam": {"facility": "northside", "accessionNumber": "A-1"}})
    assert lending.release("R-0", party="southside")["recipient"] == "southside"
    order(lending, delete())
    absent = {"facility": "northside", "accessionNumber": "A-8"}
    gone = {"facility": "northside", "accessionNumber": "A-1"}
    lending.request("southside", ask("R-1") | {"exam": gone}, ask("R-2") | {"exam": absent}, at=DAY_12)
    first = lending.denial("R-1", "northside_A-1", "southside")
    second = lending.denial("R-2", "northside_A-8", "southside")
    assert first | {"request": "", "exam": ""} == second | {"request": "", "exam": ""}
    own, office = ask("R-1"), ask("R-1") | {"exam": gone}
    for party, item in (("northside", own), (OFFICE, office)):
        lending.request(party, item, at=DAY_12)
        denial = lending.denial("R-1", party=party)
        assert denial["reason"] == "notAvailable" and "deleted on 2026-12-01" in denial["message"]
    # Who got it before is known still.
    assert [h["party"] for h in explained(lending)["holders"]] == ["southside"]
    lending.request("northside", {"type": "request", "id": "R-9", "exams": {"from": "1900-01-01"}, "purpose": "treatment"}, at=DAY_12)
    assert [e["exam"] for e in lending.summary("R-9")["exams"]] == ["northside_A-2"]


def test_what_was_granted_and_not_given_ends_as_not_available(lending):
    """Nothing says what the exam costs, so that its delivery waits; then it is deleted."""
    lending.price({**PRICES, "dataFees": [{"purpose": "teaching", "fee": "1.00"}]})
    both = {"type": "request", "id": "R-1", "exams": {"modality": "MG"}, "purpose": "treatment"}
    lending.request("northside", both, code=None)
    assert lending.json("status")["deliveries"] != []
    order(lending, delete(), code=None)
    lending.price(PRICES)
    lending.run_once("--as-of", DAY_12)
    assert lending.json("status")["deliveries"] == []
    denial = lending.denial("R-1")
    assert denial["reason"] == "notAvailable" and "deleted on 2026-12-01" in denial["message"]
    assert lending.release("R-1", "northside_A-2")["charge"]["amount"] == "4.50"
    request, = [s for s in lending.explained("R-1")["subjects"] if s["type"] == "request"]
    assert [r["exam"] for r in request["releases"]] == ["northside_A-2"]


def test_who_was_granted_a_foreign_exam_is_not_told_that_it_was_deleted(lending):
    lending.purposes(sharing=[SHARED])
    lending.price({**PRICES, "dataFees": [{"purpose": "teaching", "fee": "1.00"}]})
    exam = {"facility": "northside", "accessionNumber": "A-1"}
    lending.request("southside", ask("R-1") | {"exam": exam}, code=None)
    assert lending.json("status")["deliveries"][0]["granted"] == 1
    order(lending, delete(), code=None)
    lending.price(PRICES)
    lending.request("southside", ask("R-2") | {"exam": {**exam, "accessionNumber": "A-8"}}, at=DAY_12)
    given = lending.denial("R-1", "northside_A-1", "southside")
    absent = lending.denial("R-2", "northside_A-8", "southside")
    assert given | {"request": "", "exam": ""} == absent | {"request": "", "exam": ""}


def test_a_packet_that_was_not_made_is_not_made_and_a_read_is_refused(tmp_path):
    site = ReadingSite(tmp_path / "site", protocol())
    site.adjust("storage", retention="10d")
    site.bring("A-1", 2)
    site.bring("A-2", 2)
    assert site.worklist("sato") == ["northside_A-1", "northside_A-2"]
    shutil.rmtree(site.packet("sato"))
    with sqlite3.connect(site.root / "archive/catalog.sqlite") as database:
        database.execute("UPDATE publication SET state = 'due' WHERE party = 'sato' AND name = 'northside_A-1'")
        database.execute("UPDATE publication SET not_before = 9000000000000 WHERE state = 'due'")
    site.drop_file("o.json", json_bytes(delete()), OFFICE, "requests")
    site.run_once("--as-of", DAY_11)
    with sqlite3.connect(site.root / "archive/catalog.sqlite") as database:
        database.execute("UPDATE publication SET not_before = 0")
    site.run_once("--as-of", DAY_11)
    assert site.worklist("sato") == ["northside_A-2"] and site.json("status")["toPublish"] == []
    read = {
        "type": "diagnosis", "exam": {"facility": "northside", "accessionNumber": "A-1"}, "label": "normal",
        "confidence": 0.9, "readAt": NOON, "round": 1}
    site.drop_file("read.json", json_bytes(read), "sato", "diagnoses")
    site.run_once("--as-of", DAY_12)
    line, = site.receipt("read.json", "sato")["reads"]
    assert line["status"] == "refused" and "was deleted on 2026-12-01" in line["reason"]
    assert site.command("consensus", "--as-of", DAY_12).code == 0


# A second life

def test_what_is_dropped_again_is_stored_anew(lending):
    lending.request("northside", ask("R-1"))
    order(lending, delete())
    for name, content in [(f"again{n}.dcm", c) for n, c in enumerate(lending.dropped["northside_A-1"].values())]:
        lending.drop_file(name, content)
    lending.run_once("--as-of", DAY_12)
    assert {s for n, s in lending.statuses().items() if n.startswith("again")} == {"accepted"}
    assert len(lending.instances("--accession", "A-1", "--facility", "northside")) == 4
    subject = explained(lending)
    assert subject["deletedAt"] is None and len(subject["deletions"]) == 1
    assert subject["firstStoredAt"] == "2026-12-02T12:00:00+00:00"
    lending.request("northside", ask("R-2"), at=DAY_12)
    assert len(lending.images("R-2")) == 4
    lending.json("verify")
    # Its retention period begins anew, and the same order's id is used up.
    (status, reason), = order(lending, delete("D-2"), at=DAY_12)
    assert status == "refused" and "from 2026-12-12T12:00:00+00:00 on" in reason
    assert order(lending, delete("D-2"), at=DAY_30) == [("accepted", None)]
    assert len(explained(lending)["deletions"]) == 2
    lending.json("verify")


def test_the_same_drop_again_beside_the_order(lending):
    """Dropped while its deletion is under way, it is stored or was deleted, and the archive agrees."""
    for n, content in enumerate(lending.dropped["northside_A-1"].values()):
        lending.drop_file(f"again{n}.dcm", content)
    order(lending, delete())
    lending.run_once("--as-of", DAY_30)
    assert lending.json("verify")["findings"] == []
    there = [k for k in keys(lending) if k == "northside_A-1"]
    assert bool(there) == (explained(lending)["deletedAt"] is None)


# Files that cannot be removed at once

def test_files_of_a_tier_that_is_not_mounted_go_when_it_is(lending, tmp_path):
    lending.json("tier", "--as-of", NOON, "--demote", "northside_A-1")
    shutil.move(lending.root / "archive/slow", tmp_path / "away")
    assert order(lending, delete()) == [("accepted", None)]
    assert lending.json("status")["filesToRemove"] == 4 and "northside_A-1" not in keys(lending)
    assert explained(lending)["deletions"][0]["filesRemovedAt"] is None
    # The same content waits until the old files are gone, so that nothing that is stored is removed.
    content = next(iter(lending.dropped["northside_A-1"].values()))
    lending.drop_file("A-1.1.dcm", content)
    lending.run_once("--as-of", DAY_12, code=None)
    assert "northside_A-1" not in keys(lending)
    shutil.move(tmp_path / "away", lending.root / "archive/slow")
    lending.json("verify")
    lending.json("tier", "--as-of", DAY_12)
    assert lending.json("status")["filesToRemove"] == 0
    assert explained(lending)["deletions"][0]["filesRemovedAt"] == "2026-12-02T12:00:00+00:00"
    lending.run_once("--as-of", DAY_30)
    assert len(lending.instances("--accession", "A-1", "--facility", "northside")) == 1
    lending.json("verify")


def test_what_a_kill_has_left_goes_with_the_next_round(lending, tmp_path):
    shutil.copytree(lending.root / "archive/fast", tmp_path / "fast")
    order(lending, delete())
    after = bytes_in_archive(lending)
    # As a kill between the order and the removal leaves it.
    shutil.copytree(tmp_path / "fast", lending.root / "archive/fast", dirs_exist_ok=True)
    with sqlite3.connect(lending.root / "archive/catalog.sqlite") as database:
        database.execute("UPDATE exam_deletion_file SET state = 'pending'")
        database.execute("UPDATE exam_deletion SET removed_at = NULL")
    assert lending.json("verify")["findings"] == [] and bytes_in_archive(lending) != after
    lending.run_once("--as-of", DAY_12)
    assert bytes_in_archive(lending) == after and lending.json("status")["filesToRemove"] == 0


def test_an_exam_between_two_tiers_is_deleted_after_its_move(lending):
    with sqlite3.connect(lending.root / "archive/catalog.sqlite") as database:
        database.execute(
            "INSERT INTO pack_move (pack_id, other_tier, owner) SELECT MIN(pack.id), 'slow', NULL FROM pack"
            " JOIN series ON series.id = series_id JOIN study ON study.id = study_id WHERE exam_key = 'northside_A-1'")
    lending.put_request(OFFICE, delete())
    lending.run_once("--as-of", DAY_11, code=None)
    assert "northside_A-1" in keys(lending)
    lending.json("tier", "--as-of", NOON)
    lending.run_once("--as-of", DAY_12)
    assert "northside_A-1" not in keys(lending) and lending.json("verify")["findings"] == []


# Rebuild

def test_a_rebuild_brings_nothing_back(lending, tmp_path):
    lending.drop_file("r.json", json_bytes(report()), kind="reports")
    lending.request("northside", ask("R-1"))
    lending.json("tier", "--as-of", NOON, "--demote", "northside_A-1")
    kept = bytes_in_archive(lending)
    shutil.copytree(lending.root / "archive/slow", tmp_path / "slow")
    order(lending, delete(reason="over"))
    before = explained(lending)
    # As a kill between the order and the removal leaves it.
    shutil.copytree(tmp_path / "slow", lending.root / "archive/slow", dirs_exist_ok=True)
    with sqlite3.connect(lending.root / "archive/catalog.sqlite") as database:
        database.execute("UPDATE exam_deletion_file SET state = 'pending'")
    lending.json("rebuild")
    assert keys(lending) == ["northside_A-2", "southside_A-1"]
    after = bytes_in_archive(lending)
    assert after.items() <= kept.items() and not any("/reports/" in p for p in after)
    lending.run_once("--as-of", DAY_12)
    same = ("deletedAt", "id", "patientID", "accessionNumber", "firstStoredAt", "holders")
    rebuilt = explained(lending)
    assert [rebuilt[k] for k in same] == [before[k] for k in same]
    assert rebuilt["deletions"][0]["instances"] == before["deletions"][0]["instances"]
    told = [e["what"] for e in lending.explained("northside_A-1")["events"]]
    assert "instancesStored" in told and "deleted" in told
    assert lending.json("verify")["findings"] == []
    lending.request("northside", ask("R-2"), at=DAY_12)
    assert "deleted on 2026-12-01" in lending.denial("R-2")["message"]
    lending.json("rebuild")
    assert explained(lending)["deletions"] == rebuilt["deletions"]


# Accounts

def storage_lines(site, month, at):
    site.json("invoice", "--as-of", at)
    folder = site.outbound("northside", "invoices")
    for path in sorted(folder.glob("2*.json")):
        document = json.loads(path.read_text())
        if document["type"] == "invoice" and document["period"]["from"].startswith(month):
            return [line for line in document["lines"] if line["kind"] == "storage"]
    return []


@pytest.mark.parametrize("minimum, days", [(0, 10), (15, 15)])
def test_storage_is_charged_until_the_deletion_and_for_its_least_time(tmp_path, minimum, days):
    site = LendingSite(tmp_path / "site", prices={
        **PRICES, "storageUnit": "MB", "storage": {"fast": "31.00", "slow": "3.10"}, "storageMinimumDays": minimum})
    site.adjust("storage", retention="5d")
    site.store("A-1", 2, rows=400, columns=400)
    site.run_once("--as-of", "2026-10-10T00:00:00+09:00")
    held = sum(i["byteCount"] for i in site.instances())
    assert order(site, delete(), at="2026-10-20T00:00:00+09:00") == [("accepted", None)]
    line, = storage_lines(site, "2026-10", "2026-11-01T00:00:00+09:00")
    assert float(line["quantity"]) == pytest.approx(held / 1e6 * days / 31, abs=0.0006)
    assert storage_lines(site, "2026-11", "2026-12-01T00:00:00+09:00") == []
    site.json("verify")


# Kills

@pytest.fixture(scope="module")
def ordered(tmp_path_factory):
    """A site with two orders that wait, and what an undisturbed run makes of it."""
    place = tmp_path_factory.mktemp("ordered")
    site = LendingSite(place / "site")
    site.adjust("storage", retention="10d")
    for accession in ("A-1", "A-2", "A-3"):
        for series in range(6):
            site.store(accession, 1, series=f"s{series}")
    site.store("A-1", 3, party="southside")
    site.drop_file("r.json", json_bytes(report()), kind="reports")
    site.run_once("--as-of", NOON)
    site.json("tier", "--as-of", NOON, "--demote", "northside_A-1")
    site.put_request(OFFICE, delete())
    site.put_request(OFFICE, delete("D-2", "A-2"), delete("D-3", "A-1", "southside"))
    undisturbed = copied(site, place / "undisturbed")
    start = time.monotonic()
    undisturbed.run_once("--as-of", DAY_11)
    return site, end_state(undisturbed), time.monotonic() - start


def copied(site, root):
    shutil.copytree(site.root, root, symlinks=True)
    other = copy.copy(site)
    other.root = root
    return other


def end_state(site):
    return {
        "archive": bytes_in_archive(site), "exams": site.find("--instances"), "receipts": site.receipts(OFFICE),
        "explained": [explained(site, key) for key in ("northside_A-1", "northside_A-2", "southside_A-1")],
        "status": site.json("status")["filesToRemove"],
    }


def check_whole(site):
    """Each exam is there with every byte, or deleted: `verify` finds nothing amiss, nothing is half."""
    counts = {e["key"]: sum(len(s["instances"]) for s in e["series"]) for e in site.find("--instances")}
    whole = {"northside_A-1": 6, "northside_A-2": 6, "northside_A-3": 6, "southside_A-1": 3}
    assert counts.items() <= whole.items() and "northside_A-3" in counts
    assert site.json("verify")["findings"] == []


def kill_orders(ordered, place, seed, kills):
    site, expected, seconds = ordered
    chance = random.Random(seed)
    killed = copied(site, place / "killed")
    for _ in range(kills):
        process = product.launch(
            ["run", "--once", "--as-of", DAY_11, "--root", killed.root], stdout=DEVNULL, stderr=DEVNULL,
            start_new_session=True)
        time.sleep(chance.uniform(0, seconds))
        process.send_signal(signal.SIGKILL)
        process.wait()
        check_whole(killed)
    killed.run_once("--as-of", DAY_11)
    found = end_state(killed)
    for part in expected:
        assert found[part] == expected[part], f"{part} differ (seed {seed})"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_killed_orders_are_carried_out_or_not(ordered, tmp_path, seed):
    kill_orders(ordered, tmp_path, seed, 2)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 130))
def test_killed_orders_are_carried_out_or_not_many_times(ordered, tmp_path, seed):
    kill_orders(ordered, tmp_path, seed, 1)
