"""Price lists, months and time zones, driven through the spool: each amount is worked out here by hand, from the contract."""

import copy
import json
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from dicom_files import dicom_bytes
from site_under_test import ADDRESS, PARTIES, Site

TAX = {"category": "S", "percent": "20"}
# Facility: its zone, the month, the local time at which its exam is stored, and the hours until the month's end and in it.
ZONES = {
    "tokyo": ("Asia/Tokyo", "2026-10", "2026-10-25T00:00:00", 7 * 24, 744),
    "london": ("Europe/London", "2026-10", "2026-10-25T00:00:00", 7 * 24 + 1, 745),
    "lord-howe": ("Australia/Lord_Howe", "2026-10", "2026-10-04T00:00:00", 28 * 24 - 0.5, 743.5),
    "kathmandu": ("Asia/Kathmandu", "2026-10", "2026-10-25T00:00:00", 7 * 24, 744),
    "new-york": ("America/New_York", "2026-11", "2026-11-01T00:00:00", 30 * 24 + 1, 721),
    "new-york-spring": ("America/New_York", "2027-03", "2027-03-14T00:00:00", 18 * 24 - 1, 743),
    "leap": ("Europe/London", "2028-02", "2028-02-28T12:00:00", 36, 29 * 24),
}


def cents(amount):
    """An exact amount, rounded once, half away from zero."""
    exact = Fraction(amount)
    scaled = Decimal(exact.numerator) / Decimal(exact.denominator)
    return str(scaled.quantize(Decimal("0.01"), ROUND_HALF_UP))


def instant(zone, local):
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).isoformat()


def parties(zones):
    content = copy.deepcopy(PARTIES)
    content["facilities"] = [
        {"id": name, "name": name, "timeZone": zone, "purposes": ["treatment", "teaching"], "address": dict(ADDRESS)}
        for name, zone in zones.items()
    ]
    content["chartSystems"] = []
    return content


def price_list(facility, effective="2026-01-01", **more):
    # A copy: configuration files have no anchors, which YAML would write for what stands there twice.
    return copy.deepcopy(
        {"effective": effective, "storageUnit": "MB", "storage": {"fast": "31", "slow": "3.10"}, "tax": TAX,
         "dataFees": [{"fee": "2.00"}], "facilities": [facility], **more})


class BilledSite(Site):
    """A site whose facilities store one exam each, of known size."""

    def store(self, facility, at, rows=400, accession="A-1"):
        self.drop_file(f"{accession}.dcm", dicom_bytes(accession, rows=rows, columns=400, seed=facility), facility)
        self.run_once("--as-of", at)

    def request(self, facility, id, at, accession="A-1", purpose="treatment"):
        order = {"type": "request", "id": id, "exam": {"accessionNumber": accession}, "purpose": purpose}
        self.drop_file(f"{id}.json", json.dumps(order).encode(), facility, "requests")
        self.run_once("--as-of", at)

    def size(self, facility):
        return sum(i["byteCount"] for i in self.instances("--facility", facility))

    def documents(self, facility):
        folder = self.root / "spool/outbound" / facility / "invoices"
        found = [json.loads(p.read_text()) for p in sorted(folder.glob("2???-??????.json"))]
        return {d["period"]["from"][:7]: d for d in found}

    def lines(self, facility, month="2026-10"):
        return self.documents(facility)[month]["lines"]

    def amounts(self, facility, month="2026-10"):
        return [(line["kind"], line["amount"]) for line in self.lines(facility, month)]


@pytest.mark.parametrize("names, until", [
    (("tokyo", "london", "lord-howe", "kathmandu"), "2026-12-02"), (("new-york",), "2027-01-02"),
    (("new-york-spring",), "2027-05-02"), (("leap",), "2028-04-02"),
])
def test_months_are_as_long_as_their_zone_makes_them(tmp_path, names, until):
    zones = {name: ZONES[name] for name in names}
    site = BilledSite(tmp_path / "site")
    site.configure("parties", parties({name: place[0] for name, place in zones.items()}))
    site.configure("tariff", {
        "priceLists": [price_list(name, storage={"fast": "1000.00", "slow": "1"}) for name in zones], "rentals": []})
    times = {name: instant(place[0], place[2]) for name, place in zones.items()}
    for name in sorted(times, key=lambda name: datetime.fromisoformat(times[name])):
        site.store(name, times[name])
    site.json("invoice", "--as-of", f"{until}T00:00:00Z")
    for name, (_, month, _, left, whole) in zones.items():
        expected = cents(Fraction(site.size(name), 10**6) * 1000 * Fraction(left) / Fraction(whole))
        assert site.amounts(name, month) == [("storage", expected)], name
        # The month after is charged for all of it, however long it is.
        months = sorted(site.documents(name))
        assert months[0] == month and len(months) == 2
        assert site.amounts(name, months[1]) == [("storage", cents(Fraction(site.size(name), 1000)))]


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York"])
def test_the_last_instant_of_a_month_is_its_own_and_the_next_is_not(tmp_path, zone):
    site = BilledSite(tmp_path / "site")
    site.configure("parties", parties({"edge": zone}))
    site.configure("tariff", {"priceLists": [price_list("edge", storage={"fast": "1000000.00"})], "rentals": []})
    site.store("edge", instant(zone, "2026-10-31T23:59:59"))
    site.request("edge", "R-1", instant(zone, "2026-10-31T23:59:59"))
    site.request("edge", "R-2", instant(zone, "2026-11-01T00:00:00"))
    first = site.json("invoice", "--as-of", instant(zone, "2026-10-31T23:59:59"))
    assert first["issued"] == [], "the month has not ended in its last second"
    assert len(site.json("invoice", "--as-of", instant(zone, "2026-11-01T00:00:00"))["issued"]) == 1
    site.json("invoice", "--as-of", instant(zone, "2026-12-01T00:00:00"))
    month = 31 * 24 * 3600 - (1800 if zone == "Australia/Lord_Howe" else 0)
    one_second = cents(Fraction(site.size("edge"), 10**6) * 10**6 / month)
    assert site.amounts("edge") == [("storage", one_second), ("dataFee", "2.00")]
    assert site.amounts("edge", "2026-11") == [("storage", cents(Fraction(site.size("edge")))), ("dataFee", "2.00")]


@pytest.fixture(scope="module")
def tariffs(tmp_path_factory):
    """One facility for each kind of price list; each stores 0.32 MB for the whole of October."""
    steps = [{"upTo": "0.1", "price": "0"}, {"upTo": "0.2", "price": "310"}, {"upTo": None, "price": "31"}]
    fees = [{"modality": "MG", "purpose": "treatment", "fee": "4.50"}, {"purpose": "teaching", "fee": "1.00"},
            {"fee": "2.00"}]
    rents = {"unit": {"price": "310.00", "prorate": "daily"}, "client": {"price": "62.00", "prorate": "monthly"}}
    lists = {
        "graduated": [{"storage": {"fast": steps}}],
        "volume": [{"storage": {"fast": steps}, "storageSteps": "volume"}],
        "minimum": [{"minimum": "50.00"}], "above-minimum": [{"minimum": "5.00"}],
        "cap": [{"maximum": "7.77"}], "discount": [{"discounts": {"discount": "7.5"}}],
        "discounted-minimum": [{"discounts": {"discounted-minimum": "50"}, "minimum": "9.00"}],
        "fees": [{"dataFees": fees, "freeAgainWithin": "10d"}],
        "rented": [{"rents": rents}],
        "changed": [{}, {"effective": "2026-10-16", "storage": {"fast": "62"},
                         "tax": {"category": "AA", "percent": "5.5"}}],
    }
    rentals = [
        {"item": "unit", "serial": "A", "from": "2026-09-01", "to": "2026-10-16"},
        {"item": "unit", "serial": "B", "from": "2026-10-16", "to": None,
         "waivers": [{"from": "2026-10-20", "to": "2026-10-23", "reason": "repair"}]},
        {"item": "client", "serial": "C", "from": "2026-09-01", "to": "2026-10-16"},
        {"item": "client", "serial": "D", "from": "2026-10-16", "to": None},
    ]
    site = BilledSite(tmp_path_factory.mktemp("tariffs") / "site")
    site.configure("parties", parties(dict.fromkeys(lists, "Asia/Tokyo")))
    site.configure("tariff", {
        "priceLists": [price_list(name, **entry) for name, entries in lists.items() for entry in entries],
        "rentals": [{"facility": "rented", **rental} for rental in rentals]})
    for name in lists:
        site.drop_file("a.dcm", dicom_bytes("A-1", rows=400, columns=400, seed=name), name)
    site.run_once("--as-of", "2026-10-01T00:00:00+09:00")
    # The same purpose within ten days is free, and again charged after them; another purpose is another fee.
    for id, day, purpose in (("R-1", 2, "treatment"), ("R-2", 11, "treatment"), ("R-3", 13, "treatment"),
                             ("R-4", 13, "teaching")):
        site.request("fees", id, f"2026-10-{day:02}T12:00:00+09:00", purpose=purpose)
    site.json("invoice", "--as-of", "2026-11-01T00:00:00+09:00")
    return site


def test_graduated_prices_give_each_part_its_own_price(tariffs):
    size = Fraction(tariffs.size("graduated"), 10**6)
    # The first 0.1 MB is the allowance; the next 0.1 MB is 31.00.
    assert tariffs.amounts("graduated") == [
        ("storage", "0.00"), ("storage", "31.00"), ("storage", cents((size - Fraction("0.2")) * 31))]


def test_volume_prices_give_all_the_price_of_the_step_that_is_reached(tariffs):
    assert tariffs.amounts("volume") == [("storage", cents(Fraction(tariffs.size("volume"), 10**6) * 31))]


def test_minimum_cap_and_discount_are_lines_of_their_own(tariffs):
    kept = {name: cents(Fraction(tariffs.size(name), 10**6) * 31)
            for name in ("minimum", "above-minimum", "cap", "discount", "discounted-minimum")}
    assert tariffs.amounts("minimum") == [
        ("storage", kept["minimum"]), ("minimum", str(Decimal("50.00") - Decimal(kept["minimum"])))]
    assert tariffs.amounts("above-minimum") == [("storage", kept["above-minimum"])]
    assert tariffs.amounts("cap") == [("storage", kept["cap"]), ("adjustment", str(Decimal("7.77") - Decimal(kept["cap"])))]
    off = cents(Fraction(kept["discount"]) * Fraction("0.075"))
    assert tariffs.amounts("discount") == [("storage", kept["discount"]), ("adjustment", f"-{off}")]
    half = cents(Fraction(kept["discounted-minimum"]) / 2)
    left = Decimal(kept["discounted-minimum"]) - Decimal(half)
    assert tariffs.amounts("discounted-minimum")[1:] == [
        ("adjustment", f"-{half}"), ("minimum", str(Decimal("9.00") - left))]


def test_the_most_specific_fee_wins_and_again_within_ten_days_is_free(tariffs):
    fees = [line for line in tariffs.lines("fees") if line["kind"] == "dataFee"]
    assert {(line["unitPrice"], line["quantity"], line["amount"], line["eventCount"]) for line in fees} == {
        ("4.50", "2", "9.00", 3), ("1.00", "1", "1.00", 1)}
    # What was metered is what is charged and what was waived.
    events = (tariffs.root / "spool/outbound/fees/invoices").glob("*.events.csv")
    rows = [row.split(",") for row in next(events).read_text().splitlines()]
    columns = {name: rows[0].index(name) for name in ("kind", "charged", "waived")}
    own = [{k: row[i] for k, i in columns.items()} for row in rows[1:]]
    own = [row for row in own if row["kind"] == "dataFee"]
    assert sorted(row["charged"] for row in own) == ["0.00", "1.00", "4.50", "4.50"]
    assert sorted(row["waived"] for row in own) == ["0.00", "0.00", "0.00", "4.50"]


def test_a_swap_in_mid_month_is_charged_by_the_day_once_or_as_one_month(tariffs):
    rents = [line for line in tariffs.lines("rented") if line["kind"] == "rent"]
    assert [(line["amount"], line["service"]["from"], line["service"]["to"]) for line in rents] == [
        ("62.00", "2026-10-01", "2026-10-16"),
        # 15 of 31 days, and 16 of 31 less 3 waived.
        ("150.00", "2026-10-01", "2026-10-16"), ("130.00", "2026-10-16", "2026-11-01")]
    assert "3 days waived (repair)" in rents[2]["description"]
    november = tariffs.json("invoice", "--dry-run", "--as-of", "2026-12-01T00:00:00+09:00")["issued"]
    rented = next(d for d in november if d["facility"] == "rented")
    expected = Decimal(cents(Fraction(tariffs.size("rented"), 10**6) * 31)) + Decimal("372.00")
    assert rented["net"] == str(expected)


def test_a_list_that_begins_in_mid_month_parts_lines_and_taxes(tariffs):
    size = Fraction(tariffs.size("changed"), 10**6)
    document = tariffs.documents("changed")["2026-10"]
    first, second = cents(size * 31 * 15 / 31), cents(size * 62 * 16 / 31)
    assert [(x["amount"], x["taxCategory"], x["service"]["from"]) for x in document["lines"]] == [
        (first, "S", "2026-10-01"), (second, "AA", "2026-10-16")]
    taxes = {"AA": cents(Fraction(second) * Fraction("0.055")), "S": cents(Fraction(first) / 5)}
    assert {t["category"]: t["amount"] for t in document["tax"]} == taxes
    assert Decimal(document["total"]) == sum(map(Decimal, [first, second, *taxes.values()]))


def month_of(site, drops):
    """The October of one facility whose exams came in some order."""
    site.configure("parties", parties({"alone": "Europe/London"}))
    site.configure("tariff", {
        "priceLists": [price_list("alone", storage={"fast": "1000", "slow": "1"})], "rentals": []})
    for accession, day, rows in drops:
        site.store("alone", f"2026-10-{day:02}T12:34:56+01:00", rows, accession)
    for night in (5, 12, 19, 26):
        site.json("invoice", "--as-of", f"2026-10-{night:02}T03:00:00+00:00")
    site.json("invoice", "--as-of", "2026-11-02T03:00:00+00:00")
    folder = site.root / "spool/outbound/alone/invoices"
    return {p.name: p.read_bytes() for p in folder.iterdir() if not p.name.startswith(".")}


def test_two_sites_have_the_same_bytes_and_the_order_of_arrival_makes_no_difference(tmp_path):
    drops = [("A-1", 3, 100), ("A-2", 9, 200), ("A-3", 24, 150)]
    one = month_of(BilledSite(tmp_path / "one"), drops)
    two = month_of(BilledSite(tmp_path / "two"), drops)
    other = month_of(BilledSite(tmp_path / "other"), [drops[2], drops[0], drops[1]])
    assert set(one) == set(two) and {n for n in one if one[n] != two[n]} == set()
    same = [n for n in one if not n.startswith("2026-000001.events.csv")]
    assert {n for n in same if one[n] != other[n]} == set()


def test_one_month_alone_and_a_dry_run_that_says_what_changes(tmp_path):
    site = BilledSite(tmp_path / "site")
    site.configure("parties", parties({"alone": "Europe/London"}))
    site.configure("tariff", {"priceLists": [price_list("alone")], "rentals": []})
    site.store("alone", "2026-10-01T00:00:00+01:00")
    site.json("invoice", "--as-of", "2026-10-11T00:00:00+01:00")
    stands = site.documents("alone")
    site.store("alone", "2026-10-21T00:00:00+01:00", accession="A-2")
    dry = site.json("invoice", "--dry-run", "--as-of", "2026-10-25T00:00:00+01:00")
    draft = json.loads((site.root / "spool/outbound/alone/invoices/draft-2026-10.json").read_text())
    assert site.documents("alone") == stands == {}
    assert dry["drafts"][0]["before"] == draft["total"] != dry["drafts"][0]["total"]
    report = site.json("invoice", "--month", "2026-10", "--as-of", "2026-12-05T00:00:00Z")
    assert [d["month"] for d in report["issued"]] == ["2026-10"] and report["drafts"] == []
    assert sorted(site.documents("alone")) == ["2026-10"]
    report = site.json("invoice", "--as-of", "2026-12-05T00:00:00Z")
    assert [d["month"] for d in report["issued"]] == ["2026-11"]
    assert site.command("invoice", "--month", "2026-13", code=64).errors


def test_a_dry_run_says_what_the_run_then_does(tmp_path):
    site = BilledSite(tmp_path / "site")
    site.configure("parties", parties({"one": "Europe/London", "two": "Asia/Tokyo"}))
    site.configure("tariff", {"priceLists": [price_list("one"), price_list("two")], "rentals": []})
    site.store("one", "2026-10-01T00:00:00+01:00")
    site.store("two", "2026-10-01T00:00:00+09:00")
    site.json("invoice", "--as-of", "2026-11-02T00:00:00Z")
    site.store("one", "2026-10-20T00:00:00+01:00", accession="late")
    site.json("invoice", "--as-of", "2026-11-15T00:00:00Z")
    site.request("two", "R-1", "2026-11-16T00:00:00Z")
    # Two months of two facilities have ended; what is late is on one document, and no number is given twice.
    dry = site.json("invoice", "--dry-run", "--as-of", "2027-01-02T00:00:00Z")
    text = site.command("invoice", "--dry-run", "--as-of", "2027-01-02T00:00:00Z").output
    real = site.json("invoice", "--as-of", "2027-01-02T00:00:00Z")

    def told(report):
        return [(d["facility"], d["month"], d["number"], d["lines"], d["total"]) for d in report["issued"] + report["drafts"]]

    assert told(dry) == told(real)
    assert [d["number"] for d in dry["issued"]] == [f"2027-00000{n}" for n in range(1, 5)]
    lines = {d["period"]["from"]: [x["kind"] for x in d["lines"]] for d in site.documents("one").values()}
    assert [month for month, kinds in lines.items() if "late" in kinds] == ["2026-11-01"]
    # The month that a draft stands for says how much more it is now.
    november = {d["facility"]: d for d in dry["issued"] if d["month"] == "2026-11"}
    for document in november.values():
        difference = Decimal(document["total"]) - Decimal(document["before"])
        assert document["difference"] == f"{difference:+}" and f"before {document['before']} ({difference:+})" in text
    assert [d["difference"] for d in dry["issued"] if d["month"] == "2026-12"] == [None, None]


def test_another_time_zone_holds_from_the_end_of_what_was_closed(tmp_path):
    site = BilledSite(tmp_path / "site")
    site.configure("parties", parties({"moved": "Asia/Tokyo"}))
    site.configure("tariff", {"priceLists": [price_list("moved", storage={"fast": "1000"})], "rentals": []})
    site.store("moved", "2026-10-01T00:00:00+09:00")
    # In Tokyo's November, in London's October.
    site.request("moved", "R-1", "2026-11-01T03:00:00+09:00")
    site.json("invoice", "--as-of", "2026-11-01T04:00:00+09:00")
    october = site.documents("moved")
    site.configure("parties", parties({"moved": "Europe/London"}))
    site.json("invoice", "--as-of", "2026-12-02T00:00:00Z")
    found = site.documents("moved")
    assert sorted(found) == ["2026-10", "2026-11"] and found["2026-10"] == october["2026-10"]
    assert [found[m]["period"]["timeZone"] for m in ("2026-10", "2026-11")] == ["Asia/Tokyo", "Europe/London"]
    month = cents(Fraction(site.size("moved"), 1000))
    assert site.amounts("moved") == [("storage", month)]
    assert site.amounts("moved", "2026-11") == [("storage", month), ("dataFee", "2.00")]
    assert site.json("verify")["findings"] == []
    site.json("rebuild", "--as-of", "2026-12-02T00:00:00Z")
    assert site.json("verify")["findings"] == []
    site.json("invoice", "--as-of", "2026-12-03T00:00:00Z")
    assert site.documents("moved") == found


def test_a_fee_for_a_procedure(tmp_path):
    site = BilledSite(tmp_path / "site")
    site.configure("parties", parties({"alone": "Europe/London"}))
    fees = [{"procedure": "Screening mammography", "fee": "7.00"}, {"procedure": "CC views", "modality": "MG", "fee": "9.00"},
            {"fee": "2.00"}]
    site.configure("tariff", {"priceLists": [price_list("alone", dataFees=fees)], "rentals": []})
    texts = {"A-1": {"RequestedProcedureDescription": "SCREENING MAMMOGRAPHY "}, "A-2": {"StudyDescription": "screening"},
             "A-3": {"PerformedProcedureStepDescription": "CC views"}, "A-4": {"StudyDescription": "screening mammography"}}
    for accession, attributes in texts.items():
        site.drop_file(f"{accession}.dcm", dicom_bytes(accession, **attributes), "alone")
    site.run_once("--as-of", "2026-10-01T00:00:00Z")
    order = [{"type": "request", "id": f"R-{a}", "exam": {"accessionNumber": a}, "purpose": "treatment"} for a in texts]
    site.drop_file("r.json", json.dumps(order).encode(), "alone", "requests")
    site.run_once("--as-of", "2026-10-02T00:00:00Z")
    folder = site.root / "spool/outbound/alone/deliveries"
    charged = {a: json.loads((folder / f"R-{a}/alone_{a}/release.json").read_text())["charge"]["amount"] for a in texts}
    assert charged == {"A-1": "7.00", "A-2": "2.00", "A-3": "9.00", "A-4": "7.00"}
