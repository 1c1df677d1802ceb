"""The page of the management office: what it says, when it is made anew, where it leads, who sees it."""

import json
import re
import sqlite3
import stat
import subprocess
import threading
import time
from datetime import date, datetime, timedelta, timezone
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

import browser
import product
from dicom_files import dicom_bytes
from reading_site import READERS, ReadingSite, at
from site_under_test import PARTIES, Site, schema, sha256, wait_until

FILES = ["index.html", "index.html.sha256", "index.json", "index.json.sha256"]
# Key characters that have to be written otherwise in a file's name, and again in an address.
STRANGE = "A/7 %41#"


class Addresses(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found, self.ids, self.text = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids |= {attributes["id"]} if "id" in attributes else set()
        self.found += [attributes[k] for k in ("href", "src") if k in attributes and attributes[k] != "data:,"]

    def handle_data(self, data):
        self.text.append(data)


def office(site):
    return site.root / "spool/outbound/office"


def page(site):
    return (office(site) / "index.html").read_text()


def facts(site):
    document = json.loads((office(site) / "index.json").read_text())
    problems = [f"{list(e.absolute_path)}: {e.message}" for e in schema("office").iter_errors(document)]
    assert not problems, problems
    return document


def words(site):
    return re.sub(r"\s+", " ", " ".join(Addresses(page(site)).text))


def state(site):
    """What tells one making of the page from another."""
    return {name: ((office(site) / name).stat().st_ino, (office(site) / name).read_bytes()) for name in FILES}


def check_links(site):
    """Every address leads to a file that is there, or to a place in the page."""
    parsed = Addresses(page(site))
    for address in parsed.found:
        if address.startswith("#"):
            assert address[1:] in parsed.ids, address
        else:
            assert not re.match(r"[a-z]+:|/", address), f"{address} is not relative"
            assert (office(site) / unquote(address)).is_file(), address
    return [unquote(a) for a in parsed.found if not a.startswith("#")]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A site of which everything can be told: exams read, disputed and open, a drop held, one incomplete, invoices."""
    site = ReadingSite(tmp_path_factory.mktemp("told") / "site", protocol={"minimumReads": 2})
    site.configure("tariff", {"rentals": [], "priceLists": [{
        "effective": "2026-01-01", "storageUnit": "MB", "storage": {"fast": "50.00", "slow": "5.00"},
        "dataFees": [{"fee": "1.00"}], "tax": {"category": "S", "percent": "20"}}]})
    site.drop_file("first.dcm", dicom_bytes("A-0", rows=64, columns=64), "southside")
    site.run_once("--as-of", "2026-10-10T10:00:00Z")
    site.json("invoice", "--as-of", "2026-11-02T10:00:00Z")
    site.drop_file("strange.dcm", dicom_bytes(STRANGE, rows=8, columns=8))
    site.exams(["A-1", "A-2"])
    site.read("sato", {"A-1": "recall", "A-2": "recall", STRANGE: "normal"}, 20)
    site.read("ito", {"A-1": "normal", "A-2": "recall"}, 21)
    site.run_at(22)
    site.read("ito", {STRANGE: "normal"}, 23)
    site.run_at(24)
    site.consensus(30)
    site.drop_file("YAMADA_TARO.zip", b"not a zip", "southside")
    site.drop_file("SUZUKI.dcm", b"half", "southside")
    (site.incoming("southside") / "SUZUKI.dcm.sha256").write_text("0" * 64 + "  SUZUKI.dcm\n# end 1\n")
    site.run_at(40)
    site.run_at(40 + 37 * 60)
    site.json("invoice", "--as-of", at(40 + 37 * 60))
    return site


def test_the_page_and_its_json_tell_what_happened(told):
    found = facts(told)
    assert found["site"] == "northbank" and found["asOf"] == "2026-11-21T23:40:00+00:00"
    waiting = found["waiting"]
    assert [(d["party"], d["kind"], d["state"], d["incomplete"]) for d in waiting["drops"]] == [
        ("southside", "images", "waiting", True)]
    assert [(r["reader"], r["open"], r["withoutResult"]) for r in waiting["readings"]] == [
        ("ito", 1, 1), ("sato", 1, 1), ("weber", 4, 1)]
    assert waiting["examsWithoutResult"] == 1 and waiting["unpublished"] == 0
    assert {n["name"] for n in found["notices"]} == {"quorum-2"} and len(found["notices"]) == 3
    results = {r["exam"]: r for r in found["results"]}
    assert set(results) == {"northside_A-1", "northside_A-2", "northside_A%2F7%20%2541%23"}
    assert results["northside_A-1"]["minority"] == [{"reader": "ito", "label": "normal"}]
    assert results["northside_A-2"]["minority"] == [] and results["northside_A-2"]["label"] == "recall"
    assert [(d["party"], d["status"]) for d in found["held"]] == [("southside", "quarantined")]
    stored = {f["facility"]: f["bytes"] for f in found["storage"]["facilities"] if f["tier"] == "fast"}
    fast = next(t for t in found["storage"]["tiers"] if t["tier"] == "fast")
    assert fast["bytes"] == sum(stored.values()) == fast["bytesByDay"][-1] and set(stored) == {"northside", "southside"}
    by_day = dict(zip(found["storage"]["days"], fast["bytesByDay"]))
    assert by_day["2026-11-19"] == stored["southside"] and by_day["2026-11-20"] == fast["bytes"]
    arrived = {p["party"]: sum(s["drops"] for s in p["sums"]) for p in found["arrivals"]["parties"]}
    assert arrived == {"northside": 3, "southside": 1, "sato": 1, "ito": 2}, "October is too long ago"
    invoice = found["invoices"]["documents"][0]
    assert (invoice["facility"], invoice["month"], invoice["kind"]) == ("southside", "2026-10", "invoice")
    issued = json.loads((office(told) / "invoices" / f"{invoice['number']}.json").read_text())
    assert (invoice["net"], invoice["total"]) == (issued["net"], issued["total"])
    assert [(d["month"], d["facilities"]) for d in found["invoices"]["drafts"]] == [("2026-11", 2)]

    text = words(told)
    for expected in (
        "1 drop is not finished, 1 of them incomplete", "1 exam is open without a result", "files that are missing; its sender was told",
        "Of the newest 3 results: unanimous 2, against a minority 1", "ito: normal",
        "1 drop is kept in quarantine", "2 of 3", invoice["total"] + " EUR", "2026-11 so far",
    ):
        assert expected in text, expected


def test_no_name_of_a_patient_or_a_drop_is_told(told):
    both = page(told) + json.dumps(facts(told))
    names = {i["patientName"] for i in told.instances() if i.get("patientName")} | {"YAMADA", "SUZUKI", "first.dcm"}
    assert names and not [n for n in names if n in both]


def test_every_address_leads_somewhere(told):
    linked = check_links(told)
    assert {"index.json", "results/northside_A%2F7%20%2541%23.v1.html", "results/readers.html",
            "invoices/month-2026-10.html"} <= set(linked)
    assert any(re.fullmatch(r"invoices/2026-\d+\.html", a) for a in linked)
    assert any(a.startswith("notices/") for a in linked)
    files = [r["file"] for r in facts(told)["results"]]
    assert all(f in linked for f in files) and all((office(told) / f).is_file() for f in files)


def test_only_the_office_has_it(told):
    outbound = told.root / "spool/outbound"
    assert [p.parent.name for p in sorted(outbound.glob("*/index.json"))] == ["office"]
    folder = office(told).stat()
    assert folder.st_mode & stat.S_ISGID, "what lies in it has its group"
    for name in FILES:
        status = (office(told) / name).stat()
        assert stat.S_IMODE(status.st_mode) == 0o640 and status.st_gid == folder.st_gid, name
    for name in ("index.html", "index.json"):
        assert subprocess.run(["sha256sum", "-c", f"{name}.sha256"], cwd=office(told)).returncode == 0


def test_what_changes_nothing_leaves_the_page_alone(told):
    before = state(told)
    last = at(40 + 37 * 60)
    told.run_once("--as-of", last)
    for command in ("consensus", "tier", "invoice", "liaison"):
        told.command(command, "--as-of", last)
    assert state(told) == before
    assert sorted(p.name for p in office(told).iterdir() if p.is_file()) == FILES, "nothing is left over"


@pytest.fixture
def quick(tmp_path):
    """A site with one exam that two have read, and a result."""
    site = ReadingSite(tmp_path / "site", protocol={"minimumReads": 2})
    site.exams(["A-1"])
    site.read("sato", {"A-1": "recall"}, 20)
    site.read("ito", {"A-1": "normal"}, 20)
    site.run_at(21)
    site.consensus(22)
    return site


@pytest.mark.parametrize("damage", ["page", "document", "checksum", "nothing there", "half"])
def test_what_a_kill_or_a_hand_left_is_put_right(quick, damage):
    good = {name: content for name, (_, content) in state(quick).items()}
    folder = office(quick)
    if damage == "page":
        (folder / "index.html").write_bytes(good["index.html"].replace(b"northside_A-1", b"northside_B-1"))
    if damage == "document":
        (folder / "index.json").write_text("{")
    if damage == "checksum":
        (folder / "index.html.sha256").write_text("0" * 64 + "  index.html\n")
    if damage == "nothing there":
        for name in FILES:
            (folder / name).unlink()
    if damage == "half":
        (folder / "index.json").unlink()
    quick.run_at(22)
    assert {name: content for name, (_, content) in state(quick).items()} == good


def test_what_is_acknowledged_is_led_to_no_more(quick):
    name = "northside_A-1.v1.html"
    assert f"results/{name}" in check_links(quick)
    digest = sha256((office(quick) / "results" / name).read_bytes())
    quick.drop_file("a.ack", f"results/{name}\n{digest}\n".encode(), "office", "acks", attested=False)
    quick.run_at(23)
    assert f"results/{name}" not in check_links(quick) and "northside_A-1" in words(quick)
    # The page itself is nothing to be acknowledged, and stays.
    digest = sha256((office(quick) / "index.html").read_bytes())
    quick.drop_file("b.ack", f"index.html\n{digest}\n".encode(), "office", "acks", attested=False)
    quick.run_at(24)
    assert quick.receipt("b.ack", "office")["status"] == "refused" and check_links(quick)
    quick.run_at(60 * 24 * 200)
    assert (office(quick) / "index.html").is_file(), "nor is it withdrawn"
    assert "index.html" not in json.dumps([json.loads(p.read_text()) for p in office(quick).glob("notices/withdrawn*.json")])
    assert check_links(quick) == ["index.json", "results/readers.html"]


def test_readings_are_open_until_they_are_answered(quick):
    def open_readings():
        return {r["reader"]: r["open"] for r in facts(quick)["waiting"]["readings"]}

    assert open_readings() == {"weber": 1}
    read = next(r for p in quick.receipts("ito").values() for r in p["reads"])
    quick.read("ito", {"A-1": None}, 25, retracts=read["digest"], confidence=None)
    quick.run_at(26)
    assert open_readings() == {"ito": 1, "weber": 1}
    quick.read("ito", {"A-1": "benign"}, 27)
    quick.read("weber", {"A-1": "benign"}, 27)
    quick.run_at(28)
    assert open_readings() == {}
    # A catalogue that is made anew from the archive and the old one knows the same.
    quick.exams(["A-2"], 30)
    before = open_readings()
    assert before == {r: 1 for r in READERS}
    quick.command("rebuild", code=None)
    quick.run_at(45)
    assert open_readings() == before


def test_a_facility_is_quiet_when_it_misses_its_own_days(tmp_path):
    site = Site(tmp_path / "site")
    monday = date(2026, 11, 2)

    def day(number, hour=12):
        return datetime(2026, 11, 2, hour, tzinfo=timezone.utc) + timedelta(days=number)

    def standing(now):
        site.run_once("--as-of", now.isoformat())
        return {f["facility"]: f for f in facts(site)["facilities"]["list"]}

    for number in range(12):
        if (monday + timedelta(days=number)).weekday() < 5:
            site.drop_file(f"{number}.dcm", dicom_bytes(f"A-{number}", rows=8, columns=8))
            north = standing(day(number))["northside"]
    assert north["state"] == "usual" and north["usualWeekdays"] == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    assert (north["usualGapDays"], north["missedDays"]) == (1, 0)
    # Friday was the last. Weekends, and days that are not over, count for nothing.
    states = [standing(day(number))["northside"] for number in (12, 13, 14, 15, 16)]
    assert [(s["missedDays"], s["state"]) for s in states] == [
        (0, "usual"), (0, "usual"), (0, "usual"), (1, "usual"), (2, "quiet")]
    assert standing(day(16))["southside"] == {
        "facility": "southside", "state": "never", "lastHeardAt": None, "usualGapDays": None, "missedDays": None,
        "usualWeekdays": []}
    assert "Silent for longer than usual: 1 of 2" in words(site) and "Mon Tue Wed Thu Fri" in words(site)
    # An office that is more patient is told later; an acknowledgement is no sign of life.
    site.configure("parties", {**PARTIES, "management": [{"id": "office", "quietFactor": 3}]})
    site.drop_file("x.ack", b"receipts/x\n" + b"0" * 64 + b"\n", kind="acks", attested=False)
    assert standing(day(16, 13))["northside"]["state"] == "usual"
    assert standing(day(17))["northside"]["state"] == "quiet"
    site.drop_file("again.dcm", dicom_bytes("A-1", rows=8, columns=8))
    assert standing(day(17, 14))["northside"]["state"] == "usual"


def test_the_workers_renew_it_at_most_so_often_and_whole(tmp_path):
    site = Site(tmp_path / "site")
    site.configure("parties", {**PARTIES, "management": [{"id": "office", "pageEvery": "2s"}]})
    process = product.launch(["run", "--root", site.root], stderr=subprocess.DEVNULL)
    seen, torn, ended = {}, [], threading.Event()

    def look():
        while not ended.is_set():
            text = (office(site) / "index.html").read_bytes()
            if not (text.startswith(b"<!DOCTYPE html>") and text.endswith(b"</html>\n")):
                torn.append(text)
            seen.setdefault(sha256(text), time.monotonic())

    try:
        wait_until(lambda: all((office(site) / name).exists() for name in FILES), 30)
        watcher = threading.Thread(target=look)
        watcher.start()
        for number in range(12):
            site.drop_file(f"{number}.dcm", dicom_bytes(f"A-{number}", rows=8, columns=8))
            time.sleep(0.4)
        wait_until(lambda: facts(site)["storage"]["facilities"] and sum(
            s["drops"] for p in facts(site)["arrivals"]["parties"] for s in p["sums"]) == 12, 30)
        ended.set()
        watcher.join()
        assert not torn
        times = sorted(seen.values())[1:]
        assert len(times) >= 2, "it was not made anew"
        # The clock of the worker is not this one: a little less than the time is the time.
        assert all(later - earlier > 1.5 for earlier, later in zip(times, times[1:])), times
        before = state(site)
        time.sleep(5)
        assert state(site) == before, "nothing changed"
    finally:
        ended.set()
        process.terminate()
        process.wait(30)


def test_kills_leave_the_old_page_or_the_new_one(tmp_path):
    site = Site(tmp_path / "site")
    site.run_once()
    for number in range(12):
        site.drop_file(f"{number}.dcm", dicom_bytes(f"A-{number}", rows=8, columns=8))
        product.kill_after(0.3 + 0.06 * number, ["run", "--once", "--root", site.root])
        assert page(site).endswith("</html>\n") and facts(site)
    site.run_once()
    check_links(site)
    assert sum(s["drops"] for p in facts(site)["arrivals"]["parties"] for s in p["sums"]) == 12
    for name in ("index.html", "index.json"):
        assert subprocess.run(["sha256sum", "-c", f"{name}.sha256"], cwd=office(site)).returncode == 0
    assert sorted(p.name for p in office(site).iterdir() if p.is_file()) == FILES


def test_a_catalogue_from_before_has_its_open_readings_noted(quick):
    before = facts(quick)["waiting"]["readings"]
    with sqlite3.connect(quick.root / "archive/catalog.sqlite") as catalog:
        catalog.execute("DROP TABLE open_reading")
        catalog.execute("DROP INDEX intake_heard")
        catalog.execute("DELETE FROM grdb_migrations WHERE identifier = '18 office page'")
    quick.run_at(22)
    assert facts(quick)["waiting"]["readings"] == before


@pytest.mark.parametrize("size", [(1366, 900), (390, 844)], ids=["desk", "telephone"])
def test_a_browser_shows_it_from_the_folder(told, tmp_path, size):
    with browser.chromium(tmp_path, size) as driver:
        driver.get((office(told) / "index.html").as_uri())
        js = driver.execute_script
        assert js("return document.documentElement.scrollWidth <= window.innerWidth"), "wider than its window"
        assert driver.get_log("browser") == []
        assert js("return document.querySelectorAll('.glance li').length") == 8
        drawings = js("return [...document.querySelectorAll('svg[role=img]')].map((s) => s.getAttribute('aria-label'))")
        assert len(drawings) == 3 and all(d.endswith("In figures\u201d below has the same numbers") for d in drawings)
        # Each drawing has marks that can be seen, and the table behind it opens.
        assert js("return [...document.querySelectorAll('svg[role=img]')].every((s) => "
                  "[...s.querySelectorAll('rect')].some((r) => r.getBoundingClientRect().height > 3))")
        driver.find_element("css selector", "details summary").click()
        assert js("return document.querySelector('details table').getBoundingClientRect().height") > 50
        for address in sorted(set(js(
                "return [...document.querySelectorAll('a[href$=\".html\"], a[href$=\".json\"]')].map((a) => a.href)"))):
            driver.get(address)
            assert "ERR_FILE_NOT_FOUND" not in driver.page_source and js("return document.body.textContent.length") > 20, address
        driver.get((office(told) / "index.html").as_uri())
        browser.resize(driver, size[0], js("return document.documentElement.scrollHeight"))
        driver.save_screenshot(str(tmp_path / "page.png"))
