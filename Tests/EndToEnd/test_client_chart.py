"""`filmroom-client chart`: charts that never leave the facility, with the images that the service has."""

import json
import os
import stat
from pathlib import Path

import pytest

import bundles
import product
from browser import ViewedPage, chromium
from client_program import Client
from conftest import watching
from dicom_files import dicom_bytes, uid
from lending_site import NOON
from liaison_site import LiaisonSite, chart_of, page_data, page_paths, visit
from reading_parties import OFFICE, check_sum, checked
from test_reading_in_browser import gradient

EXAM = "northside_A-1"
# Words that stand in charts and nowhere else.
SECRETS = ["Geheimnis", "乳房検診", "YAMADA", "Kassiopeia", "E-secret", "1970-02-01"]


@pytest.fixture
def site(tmp_path):
    site = LiaisonSite(tmp_path / "site")
    site.store("A-1", 2, rows=64, columns=48, PixelData=gradient(64, 48), WindowCenter="2048", WindowWidth="4096")
    site.store("A-2", 1, study_date="20251118")
    site.store("A-9", 1, patient_id="P-2")
    site.run_once("--as-of", NOON)
    return site


@pytest.fixture
def client(site, tmp_path):
    return Client(tmp_path / "desk", site.root / "spool")


def write(tmp_path, *charts, name="chart.json"):
    path = tmp_path / name
    path.write_text(json.dumps(charts[0] if len(charts) == 1 else list(charts), ensure_ascii=False))
    return path


def add(client, tmp_path, *charts, code=0):
    document = client.json("chart", "add", write(tmp_path, *charts), name="chart-add", code=code)
    return [i["status"] for f in document["files"] for i in f["items"]]


def open_chart(client, site, name="P-1", *arguments):
    with watching(site):
        return client.json("chart", "open", name, "--wait", "60s", *arguments, name="chart-open", seconds=120)


def folder_of(document):
    folder = Path(document["page"].split("#")[0]).parent
    check_sum(folder)
    return folder


def linked(folder):
    return {(x["entry"], x["exam"]): (x["by"], x["certainty"]) for x in checked("links", folder / "links.json")["links"]}


def secret_chart(*more):
    return {**chart_of(
        visit("E-secret", "2026-11-20", "A-1", title="Kassiopeia", text="Geheimnis 乳房検診。"), *more),
        "patient": {"patientID": "P-1", "name": "YAMADA^TARO", "birthDate": "1970-02-01"}}


def test_a_chart_is_opened_with_the_images_of_its_exam(client, site, tmp_path):
    assert add(client, tmp_path, secret_chart()) == ["accepted"]
    opened = open_chart(client, site)
    folder = folder_of(opened)
    assert opened["waiting"] == [] and len(opened["asked"]) == 1
    assert linked(folder) == {("E-secret", EXAM): ("accessionNumber", "exact")}
    page = page_data(folder / "index.html")
    assert page["kind"] == "liaison" and page["patient"]["name"] == "YAMADA, TARO" and page["exam"]["key"] == EXAM
    assert page["chart"]["entries"][0]["text"] == "Geheimnis 乳房検診。"
    paths = page_paths(folder / "index.html")
    assert len(paths) > 5 and [p for p in paths if not p.is_file()] == []
    images = {p.read_bytes() for p in (folder / "exams" / EXAM / "images").glob("*.dcm")}
    assert images == set(site.dropped[EXAM].values())
    # Again: nothing is asked for, and nothing charged.
    again = client.json("chart", "open", "P-1", name="chart-open")
    assert again["asked"] == [] and linked(folder_of(again)) == linked(folder)
    assert len(site.explained(EXAM)["subjects"][0]["holders"]) == 1
    assert client.json("chart", "open", "E-secret", "--offline", name="chart-open")["page"].endswith("#entry=E-secret")


def test_no_byte_of_a_chart_leaves(client, site, tmp_path):
    add(client, tmp_path, secret_chart(visit("E2", "2025-11-18", text="Geheimnis"), {"id": "E-secret2", "date": None}))
    client.json("chart", "open", "P-1", "--no-wait", name="chart-open")
    lying = [p for p in (site.root / "spool" / "incoming").rglob("*") if p.is_file()]
    assert [p.parent.name for p in lying] == ["requests", "requests"], "the request and its attestation, and nothing else"
    request, = (json.loads(p.read_text()) for p in lying if p.suffix == ".json")
    assert [set(r) for r in request] == [{"type", "id", "exams", "purpose"}] * len(request)
    assert {k for r in request for k in r["exams"]} <= {
        "facility", "patientID", "issuerOfPatientID", "accessionNumber", "studyInstanceUID", "nearestTo", "except"}
    open_chart(client, site)
    client.json("chart", "for", client.desk / "deliveries", name="chart-for")
    client.run("fetch")
    for path in site.root.rglob("*"):
        content = str(path.relative_to(site.root)).encode() + (path.read_bytes() if path.is_file() else b"")
        found = [s for s in SECRETS if s.encode() in content and s not in ("YAMADA", "1970-02-01")]
        assert found == [], (path, found)
    asked = b"".join(p.read_bytes() for p in (site.root / "spool" / "outbound").rglob("*.json"))
    assert b"1970-02-01" not in asked
    # And here it is nobody else's.
    store = client.desk / "charts"
    for path in [store, *store.rglob("*")]:
        private = stat.S_IMODE(path.stat().st_mode) & 0o077
        assert private == 0 or store / "pages" in path.parents, path
    assert stat.S_IMODE((store / "pages").stat().st_mode) == 0o700


def test_the_same_exams_are_chosen_as_where_the_chart_is_dropped(client, site, tmp_path):
    site.store("A-3", 1, study_date="20261108", series="x")
    site.store("A-4", 1, study_date="20261112", series="x")
    site.run_once("--as-of", NOON)
    chart = chart_of(
        visit("UID", None, studyInstanceUIDs=[uid("study", "A-1")]), visit("same", "2026-11-20"),
        visit("both", "2026-11-20", "A-1", studyInstanceUIDs=[uid("study", "A-1")]),
        visit("said", None, exams=[{"accessionNumber": "A-2"}]), visit("near", "2026-11-10"), visit("far", "2019-01-01"),
        visit("held", "2026-11-20", "A-9"), visit("absent", accession="A-77"))
    add(client, tmp_path, chart)
    folder = folder_of(open_chart(client, site))
    mine = linked(folder)
    charged = [c for e in ("A-1", "A-2", "A-3", "A-4", "A-9") for c in site.explained(f"northside_{e}")["subjects"][0]["holders"]]
    site.chart(chart)
    theirs = {k: v for k, v in site.linked().items() if k[0] != "held"}
    assert mine == theirs != {}
    assert ("near", "northside_A-4") in mine and ("same", EXAM) in mine
    # Each was given once, and nothing of another patient.
    assert len(charged) == len({exam for _, exam in mine})
    assert not list(client.desk.rglob("northside_A-9")) and not (client.desk / "deliveries" / "northside_A-9").exists()


def test_images_that_lie_here_lead_to_their_chart(client, site, tmp_path):
    add(client, tmp_path, secret_chart(visit("E2", "2026-11-21")), chart_of(visit("E9", accession="A-1"), patient="P-7"))
    folder = bundles.make_folder(tmp_path, "cd", {
        "IM1": dicom_bytes("A-1", rows=16, columns=16), "IM2": dicom_bytes("X-5", rows=16, columns=16, patient_id="P-55")})
    before = sorted(p.name for p in (site.root / "spool").rglob("*"))
    exams = {e["accessionNumber"]: e for e in client.json("chart", "for", folder, name="chart-for")["exams"]}
    one = {c["patientID"]: c for c in exams["A-1"]["charts"]}
    assert [(x["entry"], x["by"], x["certainty"]) for x in one["P-1"]["links"]] == [
        ("E-secret", "accessionNumber", "exact"), ("E2", "patientID", "possible")]
    assert one["P-1"]["page"].endswith(f"#exam={EXAM}")
    assert [x["patientOfExam"] for x in one["P-7"]["held"]] == ["P-1"] and one["P-7"]["links"] == []
    assert exams["X-5"]["charts"] == []
    page = folder_of(one["P-1"])
    assert page_data(page / "index.html")["exam"]["key"] == EXAM
    assert [p for p in page_paths(page / "index.html") if not p.is_file()] == []
    assert page_data(folder_of(one["P-7"]) / "index.html")["exam"]["series"] == []
    assert sorted(p.name for p in (site.root / "spool").rglob("*")) == before, "nothing was sent"


def test_the_page_leads_both_ways_in_a_browser(client, site, tmp_path):
    add(client, tmp_path, secret_chart(visit("E2", "2025-11-18", "A-2", title="First screening")))
    folder = folder_of(open_chart(client, site))
    with chromium(tmp_path) as driver:
        page = ViewedPage(driver, folder / "index.html")
        shown = "return Filmroom.room.active.stack && Filmroom.room.active.stack.exam.key"
        assert page.js(shown) == EXAM
        page.js("Array.from(document.querySelectorAll('.choose')).find((b) => b.textContent.includes('First')).click()")
        page.wait_ready()
        assert page.js(shown) == "northside_A-2" and page.js("return location.hash") == "#entry=E2"
        page.all(".thumbnail")[0].click()
        page.wait_ready()
        assert page.js(shown) == EXAM
        related = page.js("return Array.from(document.querySelectorAll('.entry.related strong')).map((e) => e.textContent)")
        assert related == ["Kassiopeia"]
        links = page.js("return Array.from(document.querySelectorAll('.chart a'), (a) => a.href)")
        assert links and all(Path(x.split("#")[0].removeprefix("file://")).is_file() for x in links)
        assert page.console() == []
        place = os.environ.get("FILMROOM_SCREENSHOTS")
        if place:
            page.screenshot(Path(place) / "client-chart.png")


def test_what_was_asked_for_before_a_kill_is_gone_on_with(client, site, tmp_path):
    add(client, tmp_path, secret_chart())
    first = client.json("chart", "open", "P-1", "--no-wait", name="chart-open")
    assert len(first["asked"]) == 1 and first["waiting"] == first["asked"] and first["links"] == []
    second = open_chart(client, site)
    assert second["asked"] == first["asked"] and [x["exam"] for x in second["links"]] == [EXAM]
    assert site.deliveries() == [] and len(site.explained(EXAM)["subjects"][0]["holders"]) == 1


def test_an_exam_that_comes_later_is_asked_for_later(client, site, tmp_path):
    add(client, tmp_path, chart_of(visit("E1", accession="A-8")))
    first = open_chart(client, site)
    assert first["links"] == [] and first["unmatchedEntries"] == ["E1"] and first["waiting"] == []
    site.store("A-8", 1)
    site.run_once("--as-of", NOON)
    assert [x["exam"] for x in open_chart(client, site)["links"]] == ["northside_A-8"]


def test_what_is_denied_is_said_on_the_page(client, site, tmp_path):
    add(client, tmp_path, chart_of(visit("E1", accession="A-1")))
    site.request(OFFICE, {"type": "hold", "id": "H-1", "exam": {"facility": "northside", "accessionNumber": "A-1"}, "on": True})
    opened = open_chart(client, site)
    exam, = page_data(folder_of(opened) / "index.html")["chart"]["exams"]
    assert exam["key"] == EXAM and exam["missing"].startswith("It was not given") and opened["waiting"] == []


def test_versions_merges_and_refusals(client, tmp_path):
    good, bad = chart_of(visit("E1", accession="A-1")), chart_of({"id": "E2", "daet": "2026-11-20"}, patient="P-2")
    assert add(client, tmp_path, good, bad, code=2) == ["accepted", "refused"]
    assert add(client, tmp_path, good) == ["duplicate"]
    assert add(client, tmp_path, chart_of(visit("E1", accession="A-2"))) == ["accepted"]
    entry, = client.json("chart", "list", "P-1", name="chart-list")["entries"]
    assert (entry["versions"], entry["numbers"]) == (2, ["A-2"])
    merge = tmp_path / "m.hl7"
    merge.write_text("MSH|^~\\&|EHR||||20261121||ADT^A40^ADT_A39|1|P|2.5.1\rPID|1||P-3^^^^MR||YAMADA^TARO\rMRG|P-1^^^^MR\r")
    run = client.run("chart", "add", merge)
    assert "accepted" in run.output
    patients = {p["patientID"]: p for p in client.json("chart", "list", name="chart-list")["patients"]}
    assert patients["P-1"]["mergedInto"] == "P-3" and "mergedInto" not in patients["P-3"]
    assert [e["name"] for e in client.json("chart", "list", "P-3", name="chart-list")["entries"]] == ["E1"]
    assert client.json("chart", "open", "E1", "--offline", name="chart-open")["patientID"] == "P-3"
    assert "no chart of a patient or entry 'P-99'" in client.run("chart", "open", "P-99", "--offline", code=1).errors


def test_an_exam_that_the_office_settled_is_found_by_its_new_patient(client, site, tmp_path):
    chart = chart_of(visit("E9", accession="A-9"))
    site.chart(chart)
    add(client, tmp_path, chart)
    assert open_chart(client, site)["links"] == []
    item, = site.request(OFFICE, {
        "type": "settle", "id": "T-1", "exam": {"facility": "northside", "accessionNumber": "A-9"},
        "patient": {"patientID": "P-1"}}, at="2026-11-21T14:00:00Z")
    assert item["status"] == "accepted", item
    assert [(x["exam"], x["certainty"]) for x in open_chart(client, site)["links"]] == [("northside_A-9", "exact")]


def test_the_client_says_its_version(client):
    assert client.run("--version").output == f"filmroom-client {product.run(['--version']).output.split()[-1]}\n"
