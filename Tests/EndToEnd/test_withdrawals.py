"""What nobody acknowledges is withdrawn after `retainUnacknowledged`, told in a notice, and can be had again."""

import json
import random
import signal
import subprocess
import time

import pytest

import product
from lending_site import LATER, NOON, LendingSite, ask
from reading_parties import OFFICE, check_sum, checked, files, protocol, published
from site_under_test import sha256

BEFORE = "2027-02-18T11:59:59Z"
AFTER = "2027-02-19T12:00:00Z"
KEY = "northside_A-1"
LABELS = {"sato": "recall", "ito": "recall", "weber": "normal"}


@pytest.fixture
def site(tmp_path):
    """A site on which a packet of each reader, results, notices and a delivery lie."""
    site = LendingSite(tmp_path / "site")
    site.configure("reading", {"protocols": [protocol()]})
    site.store("A-1", 1)
    site.run_once("--as-of", NOON)
    for reader, label in LABELS.items():
        site.say(reader, site.answer(reader, label))
    site.run_once("--as-of", LATER)
    site.consensus(LATER)
    site.request("northside", ask("R-1"))
    return site


def lying(site, party, kind):
    """The names that lie there, without checksum files, what is hidden, and the statistics, which are replaced and stay."""
    folder = site.outbound(party, kind)
    names = [p.name for p in folder.iterdir() if not p.name.startswith(".") and p.suffix != ".sha256"]
    return sorted(n for n in names if not n.startswith("readers."))


def everything(site):
    kinds = {"northside": ["deliveries", "results"], OFFICE: ["results", "notices"], "northside-ehr": ["results"]}
    kinds |= {reader: ["worklists"] for reader in LABELS}
    return {(party, kind): lying(site, party, kind) for party, of in kinds.items() for kind in of}


def notice(site, party, about=None):
    """The notices of what was withdrawn from a party, as one."""
    about = about or party
    found = [p for p in published(site.outbound(party, "notices")) if p.name.startswith(f"withdrawn.{about}.")]
    documents = [checked("notice", p) for p in found]
    assert {d["party"] for d in documents} <= {about}
    return [item for d in documents for item in d["withdrawn"]]


def ack(site, party, what, digest, at=AFTER, name="one.ack"):
    site.drop_file(name, f"{what}\n{digest}\n".encode(), party, "acks")
    site.run_once("--as-of", at)


def test_what_lies_for_too_long_goes_and_is_told(site):
    before = everything(site)
    assert all(lying for (party, _), lying in before.items() if party != "northside-ehr"), before
    digest = sha256((site.delivery("R-1") / "SHA256SUMS").read_bytes())
    receipts = files(site.outbound("northside", "receipts"))
    site.run_once("--as-of", BEFORE)
    assert everything(site) == before, "one second before its time"
    assert notice(site, "northside") == []
    site.run_once("--as-of", AFTER)
    left = everything(site)
    quiet = left.pop((OFFICE, "notices"))
    assert not any(left.values()), left
    for folder in (site.root / "spool" / "outbound").rglob("*"):
        assert not folder.name.startswith(".tmp"), folder
    own = {item["path"]: item for item in notice(site, "northside")}
    assert own["deliveries/R-1"]["sha256"] == digest and "same id" in own["deliveries/R-1"]["again"]
    assert {f"results/{n}" for n in before["northside", "results"]} <= own.keys()
    for party in ("sato", OFFICE):
        assert [i["path"] for i in notice(site, party, "sato")] == [f"worklists/{KEY}"], "somebody has to read it"
    assert {f"results/{n}" for n in before["northside-ehr", "results"]} <= {
        i["path"] for i in notice(site, "northside", "northside-ehr")}, "its facility is told"
    told = {i["path"] for i in notice(site, OFFICE)}
    assert {f"notices/{n}" for n in before[OFFICE, "notices"]} | {f"results/{n}" for n in before[OFFICE, "results"]} <= told
    assert all(name.startswith("withdrawn.") for name in quiet)
    assert files(site.outbound("northside", "receipts")) == receipts, "a receipt is a proof, and stays"
    events = [e for e in site.explained("R-1")["events"] if e["what"] == "withdrawn"]
    assert [(e["at"], e["detail"]) for e in events] == [("2027-02-19T12:00:00+00:00", "northside/deliveries/R-1")]
    assert "withdrawn" in [e["what"] for e in site.explained(KEY)["events"]]
    # Again, and earlier by the clock: nothing more happens.
    then = files(site.root / "spool" / "outbound")
    for at in (AFTER, NOON, AFTER):
        site.run_once("--as-of", at)
    assert files(site.root / "spool" / "outbound") == then
    # Notices of withdrawals go in their time without another notice of themselves.
    site.run_once("--as-of", "2027-06-01T00:00:00Z")
    assert lying(site, "northside", "notices") == [] and lying(site, OFFICE, "notices") == []


def test_it_is_had_again_by_asking_again(site):
    delivery = files(site.delivery("R-1"))
    packet, result = files(site.packet("sato")), files(site.outbound(OFFICE, "results"))
    theirs = files(site.outbound("northside", "results"))
    order = {"type": "result", "id": "Q-1", "exam": {"facility": "northside", "accessionNumber": "A-1"}}
    site.ask(OFFICE, order, name="q1.json", at=LATER)
    site.run_once("--as-of", AFTER)
    assert not site.deliveries() and not site.worklist("sato") and not lying(site, OFFICE, "results")
    assert site.request("northside", ask("R-1"), at=AFTER)[0]["status"] == "duplicate"
    assert files(site.delivery("R-1")) == delivery, "the same to the byte"
    released = [e for e in site.explained("R-1")["events"] if e["what"] == "released"]
    assert len(released) == 1, "nothing was released, or charged, a second time"
    published = [e["at"][:10] for e in site.explained("R-1")["events"] if e["what"] == "published"]
    assert published == ["2026-11-20", "2027-02-19"]
    site.request("sato", {"type": "request", "id": "W-1", "exam": {"accessionNumber": "A-1", "facility": "northside"},
                          "purpose": "reading"}, at=AFTER)
    assert files(site.packet("sato")) == packet
    assert site.ask(OFFICE, order, name="q1again.json", at=AFTER)[0]["status"] == "duplicate"
    assert files(site.outbound(OFFICE, "results")).items() >= result.items()
    assert files(site.outbound("northside", "results")) == theirs
    assign = {"type": "assign", "id": "S-1", "exam": {"facility": "northside", "accessionNumber": "A-1"}, "readers": ["ito"],
              "reason": "again"}
    site.ask(OFFICE, assign, name="s1.json", at=AFTER)
    assert site.worklist("ito") == [KEY] and site.worklist("weber") == []
    # It lies there for as long again, and then goes again.
    site.run_once("--as-of", "2027-05-20T11:59:59Z")
    assert site.deliveries() == ["R-1"]
    site.run_once("--as-of", "2027-05-20T12:00:00Z")
    assert site.deliveries() == [] and site.worklist("ito") == []
    site.ask(OFFICE, assign, name="s1again.json", at="2027-05-21T12:00:00Z")
    assert site.worklist("ito") == [KEY], "the same order once more"


def test_archives_go_with_their_checksums(site):
    site.request("northside", ask("R-2", format="zip"), ask("R-3", format="tar"))
    assert lying(site, "northside", "deliveries") == ["R-1", "R-2.zip", "R-3.tar"]
    site.run_once("--as-of", AFTER)
    assert list(site.outbound("northside", "deliveries").iterdir()) == []
    site.request("northside", ask("R-2", format="zip"), at=AFTER)
    assert site.deliveries() == ["R-2.zip", "R-2.zip.sha256"]
    check_sum(site.outbound("northside", "deliveries") / "R-2.zip")


def test_what_is_not_ours_stays(site):
    packet = site.packet("sato")
    (packet / "notes.txt").write_text("what I saw")
    (packet / "exam.json").write_text("{}")
    mine = site.outbound("northside", "deliveries") / "mine.txt"
    mine.write_text("mine")
    theirs = site.outbound("northside", "results") / f"{KEY}.v1.json"
    theirs.write_text("changed")
    delivery = site.delivery("R-1")
    (delivery / "SHA256SUMS").write_text("")
    there = files(delivery)
    site.run_once("--as-of", AFTER)
    assert {str(p.relative_to(packet)) for p in packet.rglob("*") if p.is_file()} == {"notes.txt", "exam.json"}
    assert mine.read_text() == "mine" and theirs.read_text() == "changed"
    assert files(delivery) == there, "it is not the delivery that was published"
    assert not site.worklist("ito")


def test_documents_of_accounts_stay(site):
    site.command("invoice", "--as-of", "2026-12-02T00:00:00Z")
    books = files(site.outbound("northside", "invoices"))
    assert any(name.startswith("2026-000001") for name in books)
    site.run_once("--as-of", "2027-06-01T00:00:00Z")
    assert files(site.outbound("northside", "invoices")) == books and not site.deliveries()


def test_an_acknowledgement_that_comes_late(site):
    digest = sha256((site.delivery("R-1") / "SHA256SUMS").read_bytes())
    site.run_once("--as-of", AFTER)
    ack(site, "northside", "deliveries/R-1", "0" * 64)
    refused = site.receipt("one.ack")
    assert refused["status"] == "refused" and "withdrawn at 2027-02-19" in refused["reason"] and digest in refused["reason"]
    ack(site, "northside", "deliveries/R-1", digest, name="two.ack")
    assert "two.ack" not in site.statuses(), "they have it: a good one gets no receipt"
    assert "acknowledged" in [e["what"] for e in site.explained("R-1")["events"]]
    site.request("northside", ask("R-1"), at=AFTER)
    assert site.deliveries() == [], "it was picked up"


def test_what_was_acknowledged_in_time_is_not_told(site):
    ack(site, "northside", "deliveries/R-1", sha256((site.delivery("R-1") / "SHA256SUMS").read_bytes()), at=LATER)
    site.run_once("--as-of", AFTER)
    assert "deliveries/R-1" not in [i["path"] for i in notice(site, "northside")]


def test_an_exam_on_hold_does_not_come_again(site):
    site.run_once("--as-of", AFTER)
    hold = {"type": "hold", "id": "H-1", "exam": {"facility": "northside", "accessionNumber": "A-1"}, "on": True}
    site.request(OFFICE, hold, at=AFTER)
    item, = site.request("northside", ask("R-1"), at=AFTER)
    assert item["status"] == "duplicate" and item["reason"].startswith("onHold") and not site.deliveries()
    site.request(OFFICE, {**hold, "id": "H-2", "on": False}, at=AFTER)
    item, = site.request("northside", ask("R-1"), at=AFTER)
    assert item == {"index": 0, "id": "R-1", "status": "duplicate", "reason": None} and site.deliveries() == ["R-1"]


def test_the_configured_time_counts_and_status_tells(site):
    outbound = site.json("status")["outbound"]
    there = [p for p in (site.root / "spool" / "outbound").rglob("*") if p.is_file()]
    assert (outbound["files"], outbound["bytes"]) == (len(there), sum(p.stat().st_size for p in there))
    assert outbound["unacknowledged"] >= 8 and outbound["withdrawn"] == 0 and outbound["oldestSince"].startswith("2026-11-20")
    site.adjust("storage", retainUnacknowledged="2h")
    site.run_once("--as-of", "2026-11-20T15:00:00Z")
    after = site.json("status")["outbound"]
    assert after["withdrawn"] == outbound["unacknowledged"] and after["bytes"] < outbound["bytes"]
    assert "withdrawn" in site.command("status").output


def test_a_rebuilt_catalogue_knows_what_was_withdrawn(site):
    site.run_once("--as-of", AFTER)
    then = files(site.root / "spool" / "outbound")
    count = site.json("status")["outbound"]["withdrawn"]
    site.command("rebuild")
    site.run_once("--as-of", AFTER)
    assert files(site.root / "spool" / "outbound") == then and site.json("status")["outbound"]["withdrawn"] == count
    site.request("northside", ask("R-1"), at=AFTER)
    assert site.deliveries() == ["R-1"]


def test_killed_at_any_time(site):
    """Whatever the moment: each thing lies there whole or is gone, and in the end all are gone and told once each."""
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    site.request("northside", *[ask(f"K-{n}", format=["folder", "zip"][n % 2]) for n in range(30)])
    folder = site.outbound("northside", "deliveries")
    for _ in range(8):
        process = product.launch(
            ["run", "--once", "--root", site.root, "--as-of", AFTER], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, 0.9))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in folder.iterdir():
            if not path.name.startswith(".") and path.suffix != ".sha256":
                check_sum(path)
    site.run_once("--as-of", AFTER)
    assert list(folder.iterdir()) == [], f"seed {seed}"
    told = [i["path"] for i in notice(site, "northside") if i["path"].startswith("deliveries/")]
    expected = ["deliveries/R-1"] + [f"deliveries/K-{n}" + (".zip" if n % 2 else "") for n in range(30)]
    assert sorted(told) == sorted(expected), f"seed {seed}"
    assert json.loads(site.command("status", "--json").output)["toPublish"] == []
