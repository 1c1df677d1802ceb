"""The rehearsal of a held drop of each kind: by the rules of its own kind, and without any effect."""

import io
import json
import tarfile

import pytest

from lending_site import LATER, NOON, LendingSite
from reading_parties import protocol
from site_under_test import sha256

EXAM = {"facility": "northside", "accessionNumber": "A-1"}
READ = {
    "type": "diagnosis", "reader": "sato", "exam": EXAM, "label": "benign", "confidence": 0.7, "findings": [],
    "text": "x", "readAt": "2026-11-20T12:30:00Z", "round": 1, "packetVersion": 1, "retracts": None,
}
REPORT = {"type": "report", "exam": {"accessionNumber": "A-1"}, "author": "northside", "status": "final", "text": "x", "purpose": "treatment"}
REQUEST = {"type": "request", "id": "R-1", "exam": {"accessionNumber": "A-1"}, "purpose": "treatment"}
CHART = {"type": "chart", "patient": {"patientID": "P-1", "name": "YAMADA^TARO"}, "encounters": [
    {"id": "E1", "date": "2026-11-20", "text": "Visit.", "accessionNumbers": ["A-1"]}]}
HOLD = {"type": "hold", "id": "H-1", "exam": EXAM, "on": True, "reason": "court"}


@pytest.fixture
def site(tmp_path):
    site = LendingSite(tmp_path / "site")
    site.configure("reading", {"protocols": [protocol(readers=["sato"], rule={"arbiter": None, "ties": "mostSevere"}, quorum=1)]})
    site.store("A-1", 1)
    site.run_once("--as-of", NOON)
    site.run_once("--as-of", LATER)
    assert site.worklist("sato") == ["northside_A-1"]
    return site


def held(site, party, kind, name, content):
    """A drop in quarantine, as whatever kept it there has left it."""
    folder = site.root / "spool" / "quarantine" / "d-000050"
    folder.mkdir(parents=True)
    (folder / "drop").write_bytes(content)
    note = {
        "drop": "d-000050", "party": party, "kind": kind, "name": name, "nameBytes": name.encode().hex(), "isFolder": False,
        "status": "quarantined", "reason": "held for a look", "sha256": sha256(content), "byteCount": len(content),
        "attested": True, "receivedAt": "2026-11-20T13:00:00Z"}
    (folder / "reason.json").write_text(json.dumps(note))
    site.command("rebuild")
    return "d-000050"


def everything(site):
    """Every file of the site but the database's own."""
    return {
        str(p.relative_to(site.root)): sha256(p.read_bytes()) for p in site.root.rglob("*")
        if p.is_file() and "catalog.sqlite" not in p.name}


def rehearsed(site, drop):
    before, told = everything(site), site.explain("northside_A-1")
    [outcome] = site.json("quarantine", "rehearse", drop, "--as-of", LATER)
    assert everything(site) == before and site.explain("northside_A-1") == told
    return outcome["wouldBe"], outcome["wouldBeReason"]


def encoded(document):
    return json.dumps(document).encode()


def archive(**members):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for name, data in members.items():
            entry = tarfile.TarInfo(name.replace("_", "."))
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return content.getvalue()


KINDS = [
    ("sato", "diagnoses", "read.json", encoded(READ), "accepted", None),
    ("sato", "diagnoses", "read.json", encoded({**READ, "reader": "ito"}), "refused", "ito"),
    ("sato", "diagnoses", "read.json", encoded({**READ, "label": "cyst"}), "refused", "cyst"),
    ("sato", "diagnoses", "read.json", b'{"type": "diagnosis",', "quarantined", ""),
    ("sato", "diagnoses", "reads.csv", b"reader,wrong\nsato,1\n", "quarantined", "wrong"),
    ("northside", "requests", "ask.json", encoded(REQUEST), "accepted", None),
    ("northside", "requests", "ask.json", encoded([REQUEST, {**REQUEST, "id": "!"}]), "partial", "id"),
    ("northside", "requests", "ask.json", encoded({**REQUEST, "purpos": "x"}), "refused", "purpos"),
    ("northside", "requests", "ask.json", b"\x00\x01\x02", "quarantined", ""),
    ("office", "requests", "hold.json", encoded(HOLD), "accepted", None),
    ("office", "requests", "hold.json", encoded({**HOLD, "exam": {"accessionNumber": "A-8"}}), "refused", ""),
    ("northside", "requests", "hold.json", encoded(HOLD), "refused", ""),
    ("northside", "reports", "report.json", encoded(REPORT), "accepted", None),
    ("northside", "reports", "report.tar", archive(r_json=encoded({**REPORT, "attachment": "a.txt"}), a_txt=b"Text."), "accepted", None),
    ("northside", "reports", "report.json", encoded({**REPORT, "status": "cancelled"}), "refused", "supersedes"),
    ("northside", "reports", "report.json", b"{", "quarantined", ""),
    ("northside", "reports", "report.pdf", b"%PDF-1.4\n%%EOF\n", "quarantined", "no report"),
    ("northside", "charts", "chart.json", encoded(CHART), "accepted", None),
    ("northside-ehr", "charts", "chart.json", encoded(CHART), "accepted", None),
    ("northside", "charts", "chart.json", encoded([CHART, {**CHART, "encounters": [{"id": "E2", "daet": "x"}]}]), "partial", "daet"),
    ("northside", "charts", "chart.json", encoded({**CHART, "encounters": [{"id": "E2", "daet": "x"}]}), "refused", "daet"),
    ("northside", "charts", "chart.json", b"{", "quarantined", ""),
    ("sato", "charts", "chart.json", encoded(CHART), "refused", "may not drop charts"),
    ("northside", "acks", "one.ack", b"nothing\n", "refused", ""),
    ("northside", "acks", "one.ack", b"deliveries/R-0\n" + b"0" * 64 + b"\n", "refused", "is not there"),
    ("northside", "diagnoses", "read.json", encoded(READ), "refused", "may not drop diagnoses"),
    ("office", "reports", "report.json", encoded(REPORT), "refused", "may not drop reports"),
]


@pytest.mark.parametrize("party, kind, name, content, status, reason", KINDS)
def test_each_kind_is_judged_by_its_own_rules(site, party, kind, name, content, status, reason):
    outcome = rehearsed(site, held(site, party, kind, name, content))
    assert outcome[0] == status, outcome
    assert outcome[1] is None if reason is None else reason in (outcome[1] or "")


def test_the_rehearsal_says_what_the_release_then_does(site):
    drop = held(site, "sato", "diagnoses", "read.json", encoded(READ))
    assert rehearsed(site, drop) == ("accepted", None)
    site.command("quarantine", "release", drop, "--as-of", LATER)
    assert site.receipt("read.json", "sato")["reads"][0]["status"] == "sealed"


def test_a_good_acknowledgement_removes_nothing_in_a_rehearsal(site):
    site.request("northside", REQUEST)
    sums = (site.delivery("R-1") / "SHA256SUMS").read_bytes()
    drop = held(site, "northside", "acks", "one.ack", f"deliveries/R-1\n{sha256(sums)}\n".encode())
    assert rehearsed(site, drop) == ("accepted", None) and site.deliveries() == ["R-1"]
    site.command("quarantine", "release", drop, "--as-of", LATER)
    assert site.deliveries() == []
