"""The nightly batch: what is kept and rented becomes one invoice a month, once, and can be checked from outside."""

import copy
import hashlib
import json
import random
import shutil
import sqlite3

import pytest
import yaml

import product
from dicom_files import dicom_bytes
from lending_site import NOON, PRICES, LendingSite, ask
from site_under_test import Site, schema

OCTOBER = "2026-10-10T00:00:00+09:00"
NOVEMBER = "2026-11-01T00:00:00+09:00"
LISTS = {
    "priceLists": [
        {
            "effective": "2026-01-01", "storageUnit": "MB", "storage": {"fast": "31.00", "slow": "3.10"},
            "dataFees": [{"fee": "2.00"}], "rents": {"client": {"price": "31.00", "prorate": "daily"}},
            "tax": {"category": "S", "percent": "20"},
        }
    ],
    "rentals": [{"facility": "northside", "item": "client", "serial": "C-1", "from": "2026-10-22", "to": None}],
}


def invoices(site, party="northside"):
    folder = site.root / "spool/outbound" / party / "invoices"
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if not p.name.startswith(".")}


def document(site, name, party="northside"):
    return json.loads(invoices(site, party)[name])


def change(site, statement):
    database = sqlite3.connect(site.root / "archive/catalog.sqlite")
    database.execute(statement)
    database.commit()
    database.close()


@pytest.fixture
def billed(site):
    """One exam of northside, stored on 10 October at its midnight, and a rented client from the 22nd."""
    site.configure("tariff", LISTS)
    site.drop_file("a.dcm", dicom_bytes("A-1", rows=400, columns=400))
    site.run_once("--as-of", OCTOBER)
    return site


def byte_count(site):
    return sum(i["byteCount"] for i in site.instances())


def test_a_month_becomes_one_invoice_and_only_once(billed):
    report = billed.json("invoice", "--as-of", NOVEMBER)
    assert [(d["facility"], d["month"], d["number"]) for d in report["issued"]] == [
        ("northside", "2026-10", "2026-000001")]
    invoice = document(billed, "2026-000001.json")
    storage, rent = invoice["lines"]
    # 22 of 31 days at 31.00 for a MB, and 10 of 31 days at 31.00.
    assert storage["kind"] == "storage" and storage["amount"] == f"{byte_count(billed) * 22 / 1e6:.2f}"
    assert rent["kind"] == "rent" and rent["amount"] == "10.00"
    assert invoice["period"] == {"from": "2026-10-01", "to": "2026-11-01", "timeZone": "Asia/Tokyo"}
    cents = sum(round(float(line["amount"]) * 100) for line in invoice["lines"])
    assert round(float(invoice["net"]) * 100) == cents
    before = invoices(billed)
    copies = {n: b for n, b in invoices(billed, "office").items() if n[0].isdigit()}
    own = ("draft-", "2026-000001.fhir.json")  # drafts, and what names patients
    assert copies == {n: b for n, b in before.items() if not n.startswith(own)}
    again = billed.json("invoice", "--as-of", NOVEMBER)
    assert again["issued"] == [] and invoices(billed) == before
    assert invoices(billed, "southside") == {}


def test_what_an_office_has_picked_up_does_not_come_again(billed):
    billed.json("invoice", "--as-of", NOVEMBER)
    there = {n: b for n, b in invoices(billed, "office").items() if not n.endswith(".sha256")}
    assert {"2026-000001.json", "month-2026-10.html", "journal.beancount"} <= set(there)
    for name, content in there.items():
        text = f"invoices/{name}\n{hashlib.sha256(content).hexdigest()}\n"
        billed.drop_file(f"{name}.ack", text.encode(), party="office", kind="acks")
    billed.run_once("--as-of", NOVEMBER)
    assert invoices(billed, "office") == {}
    billed.json("invoice", "--as-of", NOVEMBER)
    assert invoices(billed, "office") == {}


def test_the_running_month_has_a_draft_that_goes_when_it_ends(billed):
    report = billed.json("invoice", "--as-of", "2026-10-15T00:00:00+09:00")
    assert report["issued"] == [] and [d["month"] for d in report["drafts"]] == ["2026-10"]
    draft = document(billed, "draft-2026-10.json")
    assert draft["number"] is None
    assert [line["kind"] for line in draft["lines"]] == ["storage"]
    assert draft["lines"][0]["amount"] == f"{byte_count(billed) * 5 / 1e6:.2f}"
    billed.json("invoice", "--as-of", NOVEMBER)
    assert "draft-2026-10.json" not in invoices(billed) and "2026-000001.json" in invoices(billed)


def test_a_dry_run_writes_nothing(billed):
    report = billed.json("invoice", "--dry-run", "--as-of", NOVEMBER)
    assert [d["number"] for d in report["issued"]] == ["2026-000001"]
    assert invoices(billed) == {}


def test_a_missing_price_stops_that_invoice_and_no_other(billed):
    billed.drop_file("s.dcm", dicom_bytes("A-1", seed="other"), "southside")
    billed.run_once("--as-of", OCTOBER)
    lists = copy.deepcopy(LISTS)
    lists["priceLists"] += copy.deepcopy(LISTS["priceLists"])
    lists["priceLists"][0]["facilities"] = ["northside"]
    lists["priceLists"][1].update(storage={}, facilities=["southside"])
    billed.configure("tariff", lists)
    outcome = billed.command("invoice", "--as-of", NOVEMBER, code=1)
    assert "southside" in outcome.errors and "'fast'" in outcome.errors
    assert "2026-000001.json" in invoices(billed) and invoices(billed, "southside") == {}
    billed.configure("tariff", LISTS)
    report = billed.json("invoice", "--as-of", NOVEMBER)
    assert [(d["facility"], d["number"]) for d in report["issued"]] == [("southside", "2026-000002")]
    first = invoices(billed)["2026-000001.json"]
    assert document(billed, "2026-000002.json", "southside")["previousDigest"] == hashlib.sha256(first).hexdigest()


def test_what_comes_too_late_goes_on_the_next_invoice_with_its_own_period(billed):
    billed.json("invoice", "--as-of", NOVEMBER)
    billed.drop_file("late.dcm", dicom_bytes("A-2", rows=300, columns=300))
    billed.run_once("--as-of", "2026-10-31T00:00:00+09:00")
    billed.json("invoice", "--as-of", "2026-12-01T00:00:00+09:00")
    late = [line for line in document(billed, "2026-000002.json")["lines"] if line["kind"] == "late"]
    assert [line["service"] for line in late] == [{"from": "2026-10-01", "to": "2026-11-01"}]
    size = sum(i["byteCount"] for i in billed.instances("--accession", "A-2"))
    assert late[0]["amount"] == f"{size / 1e6:.2f}"


def credit(site, at, *orders):
    """Drops orders of the office; what became of each."""
    name = f"c{at[8:10]}{len(orders)}{orders[0]['id']}.json"
    site.drop_file(name, json.dumps([{"type": "credit", **order} for order in orders]).encode(), "office", "requests")
    site.run_once("--as-of", at)
    return [(i["status"], i["reason"]) for i in site.receipt(name, "office")["items"]]


def test_credits_come_to_the_invoice_and_no_line_is_given_back_twice(billed):
    billed.json("invoice", "--as-of", NOVEMBER)
    at = "2026-11-05T00:00:00Z"
    first = credit(billed, at, {"id": "C-1", "invoice": "2026-000001", "lines": [2], "reason": "never delivered"},
                   {"id": "C-2", "invoice": "2026-000001", "lines": [2]})
    assert [status for status, _ in first] == ["accepted", "refused"] and "before" in first[1][1]
    assert credit(billed, at, {"id": "C-3", "invoice": "2026-000001", "lines": [3]})[0][0] == "refused"
    assert credit(billed, at, {"id": "C-4", "invoice": "2026-000009"})[0][0] == "refused"
    assert credit(billed, at, {"id": "C-5", "invoice": "2026-000001"})[0][0] == "accepted"
    assert credit(billed, at, {"id": "C-6", "invoice": "2026-000001"})[0][0] == "refused"
    invoice = document(billed, "2026-000001.json")
    notes = [document(billed, f"2026-C00000{n}.json") for n in (1, 2)]
    assert {n["credits"] for n in notes} == {"2026-000001"} and notes[0]["reason"] == "never delivered"
    for key in ("net", "total"):
        assert sum(round(float(n[key]) * 100) for n in notes) == round(float(invoice[key]) * 100)
    chain = [invoices(billed)[f"{n}.json"] for n in ("2026-000001", "2026-C000001", "2026-C000002")]
    for before, after in zip(chain, chain[1:]):
        assert json.loads(after)["previousDigest"] == hashlib.sha256(before).hexdigest()


def note_total(site, number, party="northside"):
    return round(float(document(site, f"{number}.json", party)["total"]) * 100)


def order(site, at, *orders):
    """Drops orders of the office, each with its type; what became of each."""
    name = f"o{at[8:10]}{orders[0]['id']}.json"
    site.drop_file(name, json.dumps(list(orders)).encode(), "office", "requests")
    site.run_once("--as-of", at)
    return [(i["status"], i["reason"]) for i in site.receipt(name, "office")["items"]]


def test_what_was_credited_wrongly_is_charged_again_and_what_was_left_out_is_charged(billed):
    billed.json("invoice", "--as-of", NOVEMBER)
    at, invoice = "2026-11-05T00:00:00Z", "2026-000001"

    def debit(id, *lines, **more):
        return {"type": "debit", "id": id, "invoice": invoice, "reason": "agreed by phone",
                **({"lines": list(lines)} if lines else {}), **more}

    refused = order(billed, at, debit("B-0"), debit("B-1", 2), debit("B-2", {"line": 9, "amount": "1.00"}),
                    debit("B-3", {"line": 1, "amount": "1.005"}), debit("B-4", {"line": 1, "amount": 5}),
                    {"type": "debit", "id": "B-5", "invoice": invoice})
    assert {status for status, _ in refused} == {"refused"}
    for (_, reason), said in zip(refused, ("nothing of", "was not credited", "has no line 9", "no amount in EUR",
                                           "amount", "'reason'")):
        assert said in reason, reason
    assert not [n for n in invoices(billed) if n.startswith("2026-D")]
    done = order(billed, at, {"type": "credit", "id": "C-1", "invoice": invoice, "lines": [2]}, debit("B-6", 2),
                 debit("B-7", 2), {"type": "credit", "id": "C-2", "invoice": invoice, "lines": [2]},
                 debit("B-8", {"line": 2, "amount": "12.34"}, {"line": 1, "amount": "0.01", "description": "a disk"}))
    assert [status for status, _ in done] == ["accepted", "accepted", "refused", "accepted", "accepted"]
    again, more = (document(billed, f"2026-D00000{n}.json") for n in (1, 2))
    for note in (again, more):
        assert [e.message for e in schema("invoice").iter_errors(note)] == []
        assert (note["kind"], note["credits"], note["reason"]) == ("debitNote", invoice, "agreed by phone")
        assert note["dueOn"] == "2026-12-05"
    assert [(x["creditsLine"], x["amount"]) for x in again["lines"]] == [(2, "10.00")] and again["total"] == "12.00"
    assert [(x["kind"], x["amount"], x["description"]) for x in more["lines"][1:]] == [("storage", "0.01", "a disk")]
    # 12.34 and 0.01, and a fifth of that: 2.47.
    assert (more["net"], more["total"]) == ("12.35", "14.82")
    # The second credit of line 2 stands: 12.00 charged, given back, charged again, given back.
    assert note_total(billed, "2026-C000002") == 1200
    files = {n.removeprefix("2026-D000002.") for n in invoices(billed) if n.startswith("2026-D000002.")}
    assert {"json", "csv", "html", "xml", "events.csv", "fhir.json"} <= files
    assert "Debit note" in invoices(billed)["2026-D000002.html"].decode()
    # A debit note of amounts is credited by its own number; one that charges lines again by the invoice's.
    last = order(billed, "2026-11-06T00:00:00Z", {"type": "credit", "id": "C-3", "invoice": "2026-D000002"},
                 {"type": "credit", "id": "C-4", "invoice": "2026-D000001"})
    assert last[0][0] == "accepted" and "credit them there" in last[1][1]
    assert note_total(billed, "2026-C000003") == note_total(billed, "2026-D000002")
    chain = [json.loads(b) for n, b in sorted(invoices(billed).items()) if n.endswith(".json") and ".fhir" not in n]
    assert {d["number"] for d in chain} == {invoice, "2026-C000001", "2026-C000002", "2026-C000003", "2026-D000001",
                                            "2026-D000002"}
    billed.json("verify")
    billed.json("invoice", "--as-of", "2026-11-07T00:00:00Z")
    summary = json.loads(invoices(billed, "office")["month-2026-10.json"])
    signs = {"invoice": 1, "debitNote": 1, "creditNote": -1}
    assert round(float(summary["total"]) * 100) == sum(
        signs[d["kind"]] * round(float(d["total"]) * 100) for d in chain)


def test_a_debit_is_the_offices_to_order_and_leads_to_the_line_and_its_drops(billed):
    billed.json("invoice", "--as-of", NOVEMBER)
    debit = {"type": "debit", "id": "B-1", "invoice": "2026-000001", "reason": "r",
             "lines": [{"line": 1, "amount": "3.00"}]}
    billed.drop_file("b.json", json.dumps(debit).encode(), "northside", "requests")
    billed.run_once("--as-of", "2026-11-05T00:00:00Z")
    assert "management" in billed.receipt("b.json")["items"][0]["reason"]
    assert order(billed, "2026-11-05T00:00:00Z", debit)[0][0] == "accepted"
    told = billed.json("explain", "2026-D000001:1")
    assert told["subjects"][0]["about"] == "2026-000001:1"
    seen = [e["detail"] for e in told["events"] if e["what"] == "seen"]
    assert any(d.startswith("office/requests/") for d in seen) and "northside/images/a.dcm" in seen
    assert billed.json("explain", "2026-000001")["subjects"][0]["debitedBy"] == ["2026-D000001"]
    # The same order again changes nothing.
    billed.drop_file("again.json", json.dumps(debit).encode(), "office", "requests")
    billed.run_once("--as-of", "2026-11-06T00:00:00Z")
    assert billed.receipt("again.json", "office")["status"] == "duplicate"
    assert not [n for n in invoices(billed) if n.startswith("2026-D000002")]


def test_a_rebuild_keeps_the_ledger_and_what_was_issued(billed):
    billed.json("invoice", "--as-of", NOVEMBER)
    before = invoices(billed)
    billed.json("rebuild", "--as-of", NOVEMBER)
    billed.json("verify")
    assert billed.json("invoice", "--as-of", NOVEMBER)["issued"] == [] and invoices(billed) == before
    report = billed.json("invoice", "--as-of", "2026-12-01T00:00:00+09:00")
    assert [d["number"] for d in report["issued"]] == ["2026-000002"]
    assert document(billed, "2026-000002.json")["lines"][0]["amount"] == f"{byte_count(billed) * 31 / 1e6:.2f}"


def test_verify_finds_a_ledger_that_somebody_changed(billed):
    change(billed, "UPDATE usage_event SET byte_count = byte_count - 1")
    findings = billed.json("verify", code=2)["findings"]
    assert any("usage ledger" in f["reason"] for f in findings)


@pytest.mark.parametrize("statement", [
    "UPDATE storage_day SET moment_low = moment_low + 1",
    "UPDATE storage_day SET day = day - 1",
    "UPDATE storage_day SET event_count = event_count + 1",
    "UPDATE storage_balance SET byte_count = byte_count + 1",
    "INSERT INTO storage_day SELECT party_id, 'slow', day - 3, 0, 0, 0, 0 FROM storage_day",
    "DELETE FROM storage_day",
])
def test_verify_holds_the_sums_against_the_ledger_and_makes_them_anew(billed, statement):
    assert billed.json("verify")["findings"] == []
    change(billed, statement)
    findings = [f["reason"] for f in billed.json("verify", code=2)["findings"]]
    assert any(f.startswith("usage sums: those of northside") for f in findings), findings
    findings = [f["reason"] for f in billed.json("verify", "--repair", code=2)["findings"]]
    assert any("made anew" in f for f in findings), findings
    assert billed.json("verify")["findings"] == []
    billed.json("invoice", "--as-of", NOVEMBER)
    assert document(billed, "2026-000001.json")["lines"][0]["amount"] == f"{byte_count(billed) * 22 / 1e6:.2f}"


@pytest.mark.parametrize("statement", [
    "UPDATE fee_day SET metered = metered + 1",
    "UPDATE fee_day SET waived = waived - 1",
    "UPDATE fee_day SET event_count = event_count + 1",
    "DELETE FROM fee_day",
])
def test_verify_holds_the_sums_of_fees_against_the_ledger(tmp_path, statement):
    site = LendingSite(tmp_path / "site", {**PRICES, "freeAgainWithin": "10d"})
    site.store("A-1", 1)
    site.run_once("--as-of", NOON)
    site.request("northside", ask("R-1"), ask("R-2"))
    assert [site.release(r)["charge"]["amount"] for r in ("R-1", "R-2")] == ["4.50", "0.00"]
    assert site.json("verify")["findings"] == []
    change(site, statement)
    findings = [f["reason"] for f in site.json("verify", code=2)["findings"]]
    assert any(f.startswith("usage sums: those of northside") for f in findings), findings
    site.json("verify", "--repair", code=2)
    assert site.json("verify")["findings"] == []


def test_sums_of_a_changed_ledger_are_not_made_anew(billed):
    change(billed, "UPDATE usage_event SET byte_count = byte_count - 1")
    findings = [f["reason"] for f in billed.json("verify", "--repair", code=2)["findings"]]
    assert any(f.startswith("usage sums") for f in findings) and not any("made anew" in f for f in findings)
    assert any(f.startswith("usage sums") for f in [f["reason"] for f in billed.json("verify", code=2)["findings"]])


def test_a_site_without_prices_invoices_nothing_and_says_so(site):
    site.drop_file("a.dcm", dicom_bytes("A-1"))
    site.run_once("--as-of", OCTOBER)
    outcome = site.command("invoice", "--as-of", NOVEMBER)
    assert "no price list" in outcome.errors and outcome.output == ""
    assert "no price list" in site.json("invoice", "--as-of", NOVEMBER)["reason"]
    # What was metered meanwhile is invoiced when there are prices.
    site.configure("tariff", LISTS)
    report = site.json("invoice", "--as-of", NOVEMBER)
    assert report["reason"] is None and [d["number"] for d in report["issued"]] == ["2026-000001"]
    # Where there were prices, a list that is gone is a mistake.
    site.configure("tariff", {"priceLists": [], "rentals": []})
    assert "no price list" in site.command("invoice", "--as-of", "2026-12-01T00:00:00+09:00", code=1).errors


def test_months_that_are_closed_out_of_turn_leave_the_others_open(billed):
    later = "2027-02-01T00:00:00+09:00"
    for month in ("2026-11", "2027-01"):
        issued = billed.json("invoice", "--month", month, "--as-of", later)["issued"]
        assert [d["month"] for d in issued] == [month]
        assert billed.json("invoice", "--month", month, "--as-of", later)["issued"] == []
    report = billed.json("invoice", "--as-of", later)
    assert [(d["month"], d["number"]) for d in report["issued"]] == [
        ("2026-10", "2027-000003"), ("2026-12", "2027-000004")]
    assert billed.json("invoice", "--as-of", later)["issued"] == []
    database = sqlite3.connect(billed.root / "archive/catalog.sqlite")
    closed = "SELECT closed_from, closed_to FROM account JOIN party ON party.id = party_id WHERE name = 'northside'"
    assert database.execute(closed).fetchone() == ("2026-10", "2027-02")
    database.close()
    billed.json("rebuild", "--as-of", later)
    assert billed.json("invoice", "--as-of", later)["issued"] == []
    database = sqlite3.connect(billed.root / "archive/catalog.sqlite")
    assert database.execute(closed).fetchone() == ("2026-10", "2027-02")
    database.close()


def test_a_night_reads_no_document_of_a_month_that_has_nothing_new(billed):
    billed.json("invoice", "--as-of", NOVEMBER)
    october = {n: b for n, b in invoices(billed, "office").items() if "2026-10" in n}
    assert {"journal-2026-10.beancount", "month-2026-10.json"} <= set(october)
    # Nobody who reads it can go on.
    change(billed, "UPDATE invoice SET content = x'00' WHERE month = '2026-10'")
    billed.json("invoice", "--as-of", "2026-12-01T00:00:00+09:00")
    after = invoices(billed, "office")
    assert {"journal-2026-11.beancount", "month-2026-11.html"} <= set(after)
    assert {n: b for n, b in after.items() if "2026-10" in n} == october
    assert [line for line in after["journal.beancount"].decode().splitlines() if line.startswith("include")] == [
        'include "journal-2026-10.beancount"', 'include "journal-2026-11.beancount"']


def test_an_office_that_is_new_gets_all_books_and_what_was_lost_comes_again_when_asked_for(billed):
    billed.json("invoice", "--as-of", NOVEMBER)
    billed.json("invoice", "--as-of", "2026-12-01T00:00:00+09:00")
    books = {n: b for n, b in invoices(billed, "office").items() if n.startswith(("month-", "journal"))}
    assert len(books) == 2 * (2 * 4 + 1)
    path = billed.root / "pipelines/parties.yaml"
    parties = yaml.safe_load(path.read_text())
    parties["management"].append({"id": "auditor"})
    path.write_text(json.dumps(parties))
    billed.json("invoice", "--as-of", "2026-12-02T00:00:00+09:00")
    assert {n: b for n, b in invoices(billed, "auditor").items() if n.startswith(("month-", "journal"))} == books
    lost = billed.root / "spool/outbound/office/invoices/month-2026-10.html"
    lost.unlink()
    billed.json("invoice", "--month", "2026-10", "--as-of", "2026-12-02T00:00:00+09:00")
    assert lost.read_bytes() == books[lost.name]


def test_a_line_leads_to_its_drops_and_a_use_to_its_line(billed):
    charges = billed.receipt("a.dcm")["charges"]
    assert len(charges) == 1 and charges[0]["currency"] == "EUR"
    assert charges[0]["amount"] == f"{byte_count(billed) / 1e6:.2f}"
    assert billed.json("explain", charges[0]["event"])["subjects"][0]["billedBy"] == []
    billed.json("invoice", "--as-of", NOVEMBER)
    line = billed.json("explain", "2026-000001:1")
    assert line["subjects"][0]["eventCount"] == 1 and charges[0]["event"] in {e.get("event") for e in line["events"]}
    assert any(e["what"] == "seen" and e["detail"] == "northside/images/a.dcm" for e in line["events"])
    assert billed.json("explain", charges[0]["event"])["subjects"][0]["billedBy"] == ["2026-000001:1"]
    assert billed.json("explain", "2026-000001")["subjects"][0]["type"] == "invoice"


def outcome(site):
    return {party: invoices(site, party) for party in ("northside", "southside")}


def killed(billed, rounds, seed):
    """A batch of five months for two facilities, killed at random moments until it ends, gives what an undisturbed one gives."""
    billed.drop_file("s.dcm", dicom_bytes("A-1", seed="other"), "southside")
    billed.run_once("--as-of", OCTOBER)
    pristine = billed.root.with_name("pristine")
    shutil.copytree(billed.root, pristine, symlinks=True)
    billed.json("invoice", "--as-of", "2027-03-02T00:00:00+09:00")
    expected = outcome(billed)
    assert sum(name.endswith("000010.json") for names in expected.values() for name in names) == 1
    moments = random.Random(seed)
    for number in range(rounds):
        root = billed.root.with_name(f"killed{number}")
        shutil.copytree(pristine, root, symlinks=True)
        site = Site(root, init=False)
        batch = ["invoice", "--root", root, "--as-of", "2027-03-02T00:00:00+09:00"]
        while not product.kill_after(moments.uniform(0.02, 0.4), batch):
            pass
        site.json("invoice", "--as-of", "2027-03-02T00:00:00+09:00")
        assert outcome(site) == expected
        site.json("verify")
        shutil.rmtree(root)


def test_killed_anywhere_it_ends_the_same(billed):
    killed(billed, 3, seed=1)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_killed_at_fifty_points_it_ends_the_same(billed):
    killed(billed, 50, seed=2)
