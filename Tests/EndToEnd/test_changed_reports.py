"""A report that changes: who held the former version is told, and given the new one, as long as it may have it."""

import json
import shutil

import pytest

import product
from dicom_files import dicom_bytes, uid
from lending_site import LATER, NOON, LendingSite, ask
from reading_parties import check_sum, checked, files, protocol, published
from site_under_test import sha256

KEY = "northside_A-1"
FOREIGN = {"exam": {"facility": "northside", "accessionNumber": "A-1"}}
LENT = {
    "id": "lent", "code": "TREAT",
    "range": {"kinds": "all", "pixelDensity": 1.0, "imageProcessing": True, "reports": True, "reportInput": True, "for": "2d"},
    "deidentify": False,
}
SHARED = [{"from": "northside", "to": "southside", "purposes": ["treatment", "lent", "teaching"], "patients": "all"}]
NEXT_DAY, NEXT_WEEK = "2026-11-21T12:00:00Z", "2026-11-27T12:00:00Z"


@pytest.fixture
def site(tmp_path):
    site = LendingSite(tmp_path / "site")
    site.purposes(LENT, sharing=SHARED)
    parties = site.root / "pipelines" / "parties.yaml"
    parties.write_text(parties.read_text().replace("- teaching", "- teaching\n  - lent"))
    site.store("A-1", 1)
    site.run_once("--as-of", NOON)
    return site


def report(text="Shadow, to be seen again.", status="preliminary", **more):
    return {"type": "report", "exam": {"accessionNumber": "A-1"}, "author": "sato", "status": status, "text": text,
            "purpose": "treatment", **more}


def put(site, document, name, party="northside", at=LATER):
    """Drops a report; gives its digest."""
    [item] = site.take_document(party, "reports", name, document, at)["items"]
    assert item["status"] == "accepted", item
    return item["id"]


def lend(site, id="R-1", purpose="treatment", party="southside", at=LATER):
    more = FOREIGN if party != "northside" else {}
    [item] = site.request(party, ask(id, purpose=purpose, **more), at=at)
    assert item["status"] == "accepted"
    assert site.release(id, party=party)["files"]


def notices(site, party="southside"):
    return [checked("notice", p) for p in published(site.outbound(party, "notices"))]


def said(site, party="southside"):
    """Every file that lies with a party."""
    return b"\n".join(p.read_bytes() for p in sorted(site.outbound(party, "").rglob("*")) if p.is_file())


def new_deliveries(site, party="southside"):
    return [name for name in site.deliveries(party) if "+" in name]


def test_the_new_version_is_told_and_given_for_nothing(site):
    first = put(site, report(), "1.json")
    lend(site)
    lend(site, party="northside")
    spent = site.release("R-1", party="southside")["charge"]
    second = put(site, report("Benign cyst.", "final", supersedes=first), "2.json", at=NEXT_DAY)
    [notice] = notices(site)
    assert (notice["kind"], notice["exam"], notice["status"], notice["version"], notice["digest"]) == (
        "report", KEY, "final", 2, second)
    [name] = new_deliveries(site)
    assert notice["delivery"] == name and name.startswith("R-1+")
    release = site.release(name, party="southside")
    assert (spent["amount"], release["request"], release["charge"]["amount"]) == ("4.50", "R-1", "0.00")
    assert "charged with request R-1: free" in release["charge"]["description"]
    assert [s["type"] for s in site.explained(release["charge"]["event"])["subjects"]] == ["event"]
    assert {f["path"] for f in release["files"]} == {
        "index.html", "viewer.css", "viewer.js", "reports/index.json", "reports/report-2.json"}
    given = checked("report", site.delivery(name, "southside") / KEY / "reports" / "report-2.json")
    assert (given["text"], given["version"], given["supersedes"]) == ("Benign cyst.", 2, first)
    assert [e["status"] for e in site.summary(name, "southside")["exams"]] == ["granted"]
    assert "Benign cyst." in (site.delivery(name, "southside") / KEY / "index.html").read_text()
    assert notices(site, "northside") == [] and new_deliveries(site, "northside") == []
    before = files(site.outbound("southside", ""))
    site.run_once("--as-of", NEXT_DAY)
    assert files(site.outbound("southside", "")) == before


def test_it_is_acknowledged_like_any_delivery_and_does_not_come_again(site):
    first = put(site, report(), "1.json")
    lend(site)
    put(site, report("Cyst.", "final", supersedes=first), "2.json")
    [name] = new_deliveries(site)
    sums = (site.delivery(name, "southside") / "SHA256SUMS").read_bytes()
    site.drop_file("one.ack", f"deliveries/{name}\n{sha256(sums)}\n".encode(), "southside", "acks")
    site.run_once("--as-of", LATER)
    assert new_deliveries(site) == []
    third = put(site, report("Not a cyst.", "amended", supersedes=put_digest(site, "2.json")), "3.json")
    [name] = new_deliveries(site)
    assert third[:8] in name and len(notices(site)) == 2
    site.command("rebuild")
    site.run_once("--as-of", NEXT_DAY)
    assert [third[:8] in n for n in new_deliveries(site)] == [True] and len(notices(site)) == 2


def put_digest(site, name):
    return site.receipt(name)["items"][0]["id"]


def test_whoever_has_no_right_any_more_is_told_and_gets_nothing(site):
    first = put(site, report(), "1.json")
    lend(site, purpose="lent")
    second = put(site, report("Within its time.", "amended", supersedes=first), "2.json", at=NEXT_DAY)
    assert len(new_deliveries(site)) == 1
    put(site, report("Secret now.", "cancelled", supersedes=second), "3.json", at=NEXT_WEEK)
    assert len(new_deliveries(site)) == 1
    last = max(notices(site), key=lambda n: n["version"])
    assert (last["delivery"], last["digest"], last["status"], last["version"]) == (None, None, "cancelled", 3)
    assert b"Secret now." not in said(site) and b"Within its time." in said(site)
    [subject] = [s for s in site.explained(put_digest(site, "3.json"))["subjects"] if s["type"] == "report"]
    assert subject["told"] == ["southside"] and [h["version"] for h in subject["holders"]] == [1, 2]


def test_an_exam_on_hold_gives_no_report(site):
    first = put(site, report(), "1.json")
    lend(site)
    hold = {"type": "hold", "id": "H-1", "on": True, "reason": "court", **FOREIGN}
    assert site.take_document("office", "requests", "hold.json", hold, LATER)["status"] == "accepted"
    put(site, report("Held back.", "final", supersedes=first), "2.json")
    assert [n["delivery"] for n in notices(site)] == [None] and b"Held back." not in said(site)


def test_who_never_had_the_report_hears_nothing(site):
    first = put(site, report(), "1.json")
    lend(site, "R-9", purpose="teaching")
    put(site, report("Cyst.", "final", supersedes=first), "2.json")
    assert notices(site) == [] and new_deliveries(site) == []
    lend(site, "R-2")
    put(site, report("On its own.", "final"), "3.json")
    assert notices(site) == [], "a report that takes no other's place is news to nobody"


def test_a_reader_gets_it_unless_its_own_reading_is_to_be_made_without(tmp_path):
    site = LendingSite(tmp_path / "site")
    reading = protocol(
        readers=["sato", "ito"], number=1, blinded=False, quorum=1, rule={"arbiter": None, "ties": "mostSevere"})
    site.configure("reading", {"protocols": [reading]})
    site.store("A-1", 1)
    site.run_once("--as-of", NOON)
    site.run_once("--as-of", LATER)
    assert site.worklist("sato") and not site.worklist("ito")
    first = put(site, report(author=None), "1.json")
    lend(site, party="ito")
    second = put(site, report("Cyst.", "final", author=None, supersedes=first), "2.json")
    [name] = new_deliveries(site, "ito")
    assert second[:8] in name and [n["delivery"] for n in notices(site, "ito")] == [name]
    site.configure("reading", {"protocols": [{**reading, "blinded": True}]})
    assign = {"type": "assign", "id": "S-1", "readers": ["ito"], "reason": "second opinion", **FOREIGN}
    assert site.take_document("office", "requests", "assign.json", assign, LATER)["status"] == "accepted"
    assert site.worklist("ito")
    put(site, report("Not a cyst.", "amended", author=None, supersedes=second), "3.json")
    assert new_deliveries(site, "ito") == [name] and b"Not a cyst." not in said(site, "ito")
    assert [n["delivery"] for n in notices(site, "ito") if n["version"] == 3] == [None]


def test_explain_leads_from_the_digest_to_drop_exam_versions_and_holders(site):
    first = put(site, report(), "1.json")
    lend(site)
    second = put(site, report("Cyst.", "final", supersedes=first), "2.json")
    for name in (first, first[:12]):
        document = site.explained(name)
        [subject] = [s for s in document["subjects"] if s["type"] == "report"]
        assert (subject["exam"], subject["party"], subject["author"], subject["version"]) == (KEY, "northside", "sato", 1)
        assert subject["drops"] == [site.receipt("1.json")["drop"]["id"]]
        assert [(v["version"], v["digest"], v["status"]) for v in subject["versions"]] == [
            (1, first, "preliminary"), (2, second, "final")]
        assert [(h["party"], h["request"], h["version"]) for h in subject["holders"]] == [
            ("southside", "R-1", 1), ("southside", "R-1", 2)]
        happened = [e["what"] for e in document["events"]]
        assert {"reportStored", "reportGiven", "reportChanged"} <= set(happened)
    assert "reportChanged" in site.explain(KEY)


@pytest.mark.parametrize("milliseconds", [15, 40, 80, 130, 200, 300])
def test_killed_anywhere_it_is_told_and_given_once(site, milliseconds):
    first = put(site, report(), "1.json")
    lend(site)
    site.drop_file("2.json", json.dumps(report("Cyst.", "final", supersedes=first)).encode(), kind="reports")
    product.kill_after(milliseconds / 1000, ["run", "--once", "--as-of", LATER, "--root", site.root])
    site.run_once("--as-of", LATER)
    assert len(notices(site)) == 1
    [name] = new_deliveries(site)
    check_sum(site.delivery(name, "southside"))
    assert len([e for e in site.explained(KEY)["events"] if e["what"] == "reportChanged"]) == 1


# The catalogue is lost


def without_catalogue(site):
    for path in (site.root / "archive").glob("catalog.sqlite*"):
        path.unlink()


def test_reports_come_back_from_their_files_alone(site):
    first = put(site, report(), "1.json")
    second = put(site, report("Cyst.", "final", supersedes=first), "2.json")
    waiting = {**report("Early.", "final"), "exam": {"accessionNumber": "A-9"}}
    assert site.take_document("northside", "reports", "early.json", waiting, LATER)["items"][0]["status"] == "waiting"
    told = [subject(site, digest) for digest in (first, second)]
    drops = [explained_drop(site, name) for name in ("1.json", "2.json", "early.json")]
    without_catalogue(site)
    site.command("rebuild")
    assert [subject(site, digest) for digest in (first, second)] == told
    assert [explained_drop(site, name) for name in ("1.json", "2.json", "early.json")] == drops
    assert site.json("verify")["reports"] == 3
    site.drop_file("A-9.dcm", dicom_bytes("A-9"))
    site.run_once("--as-of", LATER)
    assert site.receipt("early.json")["items"][0]["status"] == "accepted"
    lend(site, party="northside")
    folder = site.delivery("R-1") / KEY / "reports"
    said = {n: checked("report", folder / f"report-{n}.json") for n in (1, 2)}
    assert [(said[n]["version"], said[n]["status"], said[n]["supersededBy"]) for n in (1, 2)] == [
        (1, "preliminary", second), (2, "final", None)]
    assert site.take_document("northside", "reports", "again.json", report(), LATER)["status"] == "duplicate"


def subject(site, digest):
    [found] = [s for s in site.explained(digest)["subjects"] if s["type"] == "report"]
    return found


def explained_drop(site, name):
    [found] = [s for s in site.explained(site.receipt(name)["drop"]["id"])["subjects"] if s["type"] == "drop"]
    return {k: found[k] for k in ("id", "party", "kind", "name", "sha256", "byteCount", "attested", "receipt", "receivedAt", "status")}


def test_a_damaged_report_is_named_by_the_rebuild_and_costs_no_other(site):
    digests = [put(site, report(f"Number {n}.", "final"), f"{n}.json") for n in range(3)]
    [tar] = (site.root / "archive" / "fast").glob(f"*/reports/*/{digests[1]}.tar")
    whole = tar.read_bytes()
    tar.chmod(0o640)
    tar.write_bytes(whole.replace(b"Number 1.", b"Number 7."))
    without_catalogue(site)
    findings = site.json("rebuild", code=2)["findings"]
    assert len(findings) == 1 and digests[1] in findings[0]["path"]
    assert [subject(site, d)["state"] for d in (digests[0], digests[2])] == ["accepted"] * 2


def test_an_old_catalogue_that_lacks_reports_is_filled_up(site, tmp_path):
    put(site, report("Kept.", "final"), "1.json")
    for path in (site.root / "archive").glob("catalog.sqlite*"):
        shutil.copy(path, tmp_path)
    later = put(site, report("After the copy.", "final"), "2.json")
    without_catalogue(site)
    for path in tmp_path.glob("catalog.sqlite*"):
        shutil.copy(path, site.root / "archive")
    site.command("rebuild")
    assert subject(site, later)["drops"] == [site.receipt("2.json")["drop"]["id"]]
    assert uid("study", "A-1") in site.command("find", "--json").output
