"""What doctors are paid for their readings, where the price lists say so: driven through the spool."""

import csv
import io
import json
from decimal import Decimal

import pytest

from reading_site import ReadingSite
from site_under_test import schema

FEES = [{"modality": "MG", "fee": "12.345"}, {"reader": "ito", "modality": "MG", "fee": "20.00"}]
DECEMBER = "2026-12-01T00:00:00Z"


def tariff(fees):
    return {"rentals": [], "priceLists": [{
        "effective": "2026-01-01", "storageUnit": "GB", "storage": {"fast": "0.20"}, "dataFees": [{"fee": "1.00"}],
        "tax": {"category": "S", "percent": "20"}, **({"readingFees": fees} if fees is not None else {})}]}


@pytest.fixture
def read(tmp_path):
    """Two exams: sato reads both, one of them twice; ito reads one."""
    site = ReadingSite(tmp_path / "site")
    site.configure("tariff", tariff(FEES))
    site.exams(["A-1", "A-2"])
    site.read("sato", {"A-1": "recall", "A-2": "normal"}, 20)
    site.read("ito", {"A-1": "benign"}, 21)
    site.run_at(25)
    site.read("sato", {"A-1": "benign"}, 30)
    site.run_at(35)
    return site


def statements(site):
    folder = site.root / "spool/outbound/office/invoices"
    return {p.name: p.read_bytes() for p in sorted(folder.glob("readings-*")) if p.suffix != ".sha256"}


def test_each_doctor_has_a_statement_when_the_month_has_ended(read):
    read.json("invoice", "--as-of", "2026-11-30T23:59:59Z")
    assert statements(read) == {}
    read.json("invoice", "--as-of", DECEMBER)
    found = statements(read)
    assert set(found) == {f"readings-2026-11-{r}.{e}" for r in ("sato", "ito") for e in ("json", "csv", "html", "pdf")}
    sato, ito = (json.loads(found[f"readings-2026-11-{r}.json"]) for r in ("sato", "ito"))
    for statement in (sato, ito):
        assert [e.message for e in schema("reader-statement").iter_errors(statement)] == []
    # Each reading is 12.345, which is 12.35; the second answer on A-1 is none.
    assert [(x["quantity"], x["unitPrice"], x["amount"]) for x in sato["lines"]] == [(2, "12.345", "24.70")]
    assert sato["total"] == "24.70" and {r["exam"] for r in sato["readings"]} == {"northside_A-1", "northside_A-2"}
    assert ito["total"] == "20.00" and ito["lines"][0]["description"] == "reader ito, modality MG"
    rows = list(csv.DictReader(io.StringIO(found["readings-2026-11-sato.csv"].decode(), newline="")))
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal("24.70")
    assert "24.70" in found["readings-2026-11-sato.html"].decode()
    told = read.json("explain", sato["readings"][0]["event"])
    assert told["subjects"][0]["kind"] == "read" and any(e["what"] == "seen" for e in told["events"])
    # None of it is the facility's to pay, or to see.
    facility = read.root / "spool/outbound/northside/invoices"
    lines = [x for p in facility.glob("2026-??????.json") for x in json.loads(p.read_text())["lines"]]
    assert {line["kind"] for line in lines} == {"storage"} and not list(facility.glob("readings-*"))
    read.json("invoice", "--as-of", DECEMBER)
    assert statements(read) == found


def test_without_fees_nothing_is_settled_and_a_fee_that_is_missing_is_said(read):
    for fees in (None, []):
        read.configure("tariff", tariff(fees))
        read.json("invoice", "--as-of", DECEMBER)
        assert statements(read) == {}
    read.configure("tariff", tariff([{"reader": "ito", "fee": "1.00"}]))
    outcome = read.command("invoice", "--as-of", DECEMBER, code=1)
    assert "sato" in outcome.errors and "readingFees" in outcome.errors and "northside_A-1" in outcome.errors
    assert {name.split(".")[0] for name in statements(read)} == {"readings-2026-11-ito"}
    read.configure("tariff", tariff([{"reader": "nobody", "fee": "1.00"}]))
    assert "nobody" in read.command("check", code=2).output
