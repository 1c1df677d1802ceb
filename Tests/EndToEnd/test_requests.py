"""Requests for stored exams: what is given of which exam to whom, for what, and what of it is said."""

import json
import shutil
import signal
from subprocess import DEVNULL

import pydicom
import pytest
from pydicom.fileset import FileSet

import product
from lending_site import LATER, NOON, PRICES, LendingSite, ask, unpacked
from reading_parties import check_sum, files, protocol
from site_under_test import sha256, wait_until

ALLOWED = {"kinds": ["MG"], "pixelDensity": "0.25", "imageProcessing": False, "reports": False}
SHARED = [{"from": "southside", "to": "northside", "purposes": ["treatment"], "patients": "all"}]
RESEARCH = {
    "id": "research", "code": "HRESCH",
    "range": {"kinds": "all", "pixelDensity": 0.5, "imageProcessing": True, "reports": True, "reportInput": False, "for": "30d"},
}
LATEST = {"id": "latest", "range": {"kinds": "all", "imageProcessing": True, "mostRecent": 1}}


@pytest.fixture
def lending(tmp_path):
    """One exam of northside with two kinds of image, one of southside under the same numbers, one of southside alone."""
    site = LendingSite(tmp_path / "site")
    site.store("A-1", 2)
    site.store("A-1", 1, modality="CT", series="2", patient_id="P-1")
    site.store("A-1", 1, "southside", seed="other")
    site.store("B-1", 1, "southside", patient_id="P-2", name="SECRET^NAME")
    site.run_once("--as-of", NOON)
    return site


# What is given

def test_an_own_exam_is_given_whole_byte_for_byte(lending):
    assert lending.request("northside", ask("R-1")) == [{"index": 0, "id": "R-1", "status": "accepted", "reason": None}]
    release = lending.release("R-1")
    assert release["range"] == {
        "kinds": ["CT", "MG"], "pixelDensity": "1.0", "imageProcessing": True, "reports": True, "reportInput": True,
        "deidentified": False}
    assert (release["recipient"], release["purpose"], release["reducedFrom"]) == ("northside", "treatment", None)
    assert release["releasedAt"].startswith("2026-11-20T13:00:00") and release["until"] is None
    folder = lending.delivery("R-1") / "northside_A-1"
    given = {f["sopInstanceUID"]: f for f in release["files"] if f["path"].endswith(".dcm")}
    assert given.keys() == lending.dropped["northside_A-1"].keys()
    for uid, content in lending.dropped["northside_A-1"].items():
        assert (folder / given[uid]["path"]).read_bytes() == content
        assert given[uid]["sourceSHA256"] == given[uid]["sha256"] == sha256(content) and given[uid]["changed"] == []
    assert release["charge"] == {**release["charge"], "amount": "4.50", "currency": "EUR"}
    assert (folder / "index.html").exists() and (folder / "pixels").is_dir()
    summary = lending.summary("R-1")
    assert summary["counts"] == {"granted": 1, "reduced": 0, "denied": 0, "failed": 0}
    assert [(e["exam"], e["status"], e["path"]) for e in summary["exams"]] == [("northside_A-1", "granted", "northside_A-1")]
    assert summary["exams"][0]["charge"] == release["charge"]
    assert not any(lending.root.joinpath("spool/outbound/northside/deliveries").glob(".*"))


TABLE = [
    # purpose, want, prefer → kinds, density, processing, reduced, or the reason of a denial
    ("treatment", {"kinds": ["MG"]}, "reduce", (["MG"], "1.0", True, False)),
    ("treatment", {"kinds": ["MG"], "pixelDensity": 0.5}, "reduce", (["MG"], "0.5", True, False)),
    ("treatment", {"imageProcessing": False, "kinds": ["CT"]}, "refuse", (["CT"], "1.0", False, False)),
    ("treatment", {"kinds": ["US"]}, "reduce", "notAvailable"),
    ("teaching", None, "reduce", (["MG"], "0.25", False, False)),
    ("teaching", {"pixelDensity": 1.0, "reports": True}, "reduce", (["MG"], "0.25", False, True)),
    ("teaching", {"pixelDensity": 1.0}, "refuse", "densityNotAllowed"),
    ("teaching", {"kinds": ["MG", "CT"]}, "refuse", "kindNotAllowed"),
    ("teaching", {"kinds": ["CT"]}, "reduce", "kindNotAllowed"),
    ("teaching", {"imageProcessing": True}, "refuse", "processingNotAllowed"),
    ("teaching", {"reports": True}, "refuse", "reportsNotAllowed"),
    ("research", {"pixelDensity": 1.0, "kinds": ["MG"]}, "reduce", "purposeNotGranted"),
    ("nothing", None, "reduce", "purposeUnknown"),
    ("reading", None, "reduce", "purposeNotGranted"),
]


def test_what_each_purpose_gives_of_what_was_wanted(lending):
    lending.purposes(RESEARCH)
    lending.request("northside", *(
        ask(f"R-{n}", purpose=purpose, prefer=prefer, **({"want": want} if want else {}))
        for n, (purpose, want, prefer, _) in enumerate(TABLE)))
    for n, (purpose, want, prefer, expected) in enumerate(TABLE):
        row = (n, purpose, want, prefer)
        if isinstance(expected, str):
            denial = lending.denial(f"R-{n}")
            assert (denial["reason"], denial["exam"]) == (expected, "northside_A-1"), row
            if expected in ("densityNotAllowed", "processingNotAllowed", "reportsNotAllowed"):
                assert denial["wouldBeAllowed"] == ALLOWED, row
            continue
        kinds, density, processing, is_reduced = expected
        release = lending.release(f"R-{n}")
        said = release["range"]
        assert (said["kinds"], said["pixelDensity"], said["imageProcessing"]) == (kinds, density, processing), row
        assert (release["reducedFrom"] is not None) == is_reduced, row
        assert lending.summary(f"R-{n}")["exams"][0]["status"] == ("reduced" if is_reduced else "granted"), row
        images = lending.images(f"R-{n}")
        assert images and len({i.SOPInstanceUID for i in images.values()}) == len(images)
        assert {i.Rows for i in images.values()} == {int(24 * float(density))}, row
        assert {i.BitsAllocated for i in images.values()} == {16 if processing else 8}, row
        folder = lending.delivery(f"R-{n}") / "northside_A-1"
        assert (folder / "pixels").is_dir() == processing, row
        if purpose == "teaching":
            assert not any("YAMADA" in p.read_text(errors="ignore") for p in folder.rglob("*") if p.is_file()), row


def test_what_would_be_allowed_is_allowed(lending):
    lending.request("northside", ask("R-1", purpose="teaching", want={"pixelDensity": 1.0}, prefer="refuse"))
    offer = lending.denial("R-1")["wouldBeAllowed"]
    want = {**offer, "pixelDensity": float(offer["pixelDensity"])}
    lending.request("northside", ask("R-2", purpose="teaching", want=want, prefer="refuse"))
    release = lending.release("R-2")
    assert {k: release["range"][k] for k in offer} == offer and release["reducedFrom"] is None


# Whose exams

def test_an_exam_of_somebody_else_and_one_that_is_not_there_have_the_same_answer(lending):
    lending.request("northside", ask("R-1", "B-1"), ask("R-2", "C-1"))
    lending.request("northside", {**ask("R-3"), "exam": {"facility": "southside", "accessionNumber": "B-1"}})
    lending.request("northside", {**ask("R-4"), "exam": {"facility": "southside", "accessionNumber": "C-1"}})

    def told(name, exam):
        folder = lending.delivery(name)
        assert lending.denial(name, exam)["reason"] == "notAvailable"
        other = exam.rsplit("_", 1)[1]
        return {p.replace(exam, "EXAM"): (folder / p).read_text().replace(other, "NUMBER").replace(name, "R") for p in
                map(str, ["summary.json", f"{exam}.denial.json"])}

    assert told("R-1", "northside_B-1") == told("R-2", "northside_C-1")
    assert told("R-3", "southside_B-1") == told("R-4", "southside_C-1")
    receipts = [json.dumps(r["items"]) for r in lending.receipts().values() if r["drop"]["kind"] == "requests"]
    assert all("SECRET" not in r and "P-2" not in r for r in receipts)


def test_a_facility_gets_what_is_shared_with_it_for_those_purposes(lending):
    lending.purposes(sharing=SHARED)
    lending.request(
        "northside", ask("R-1", "B-1"), ask("R-2", "B-1", purpose="teaching"), ask("R-3"),
        {**ask("R-4"), "exam": {"facility": "southside", "accessionNumber": "A-1"}})
    assert lending.release("R-1", "southside_B-1")["range"]["kinds"] == ["MG"]
    assert lending.denial("R-2", "southside_B-1")["reason"] == "purposeNotGranted"
    assert lending.release("R-3", "northside_A-1"), "its own comes before another's"
    assert lending.release("R-4", "southside_A-1")["exam"] == "southside_A-1"
    lending.request("southside", ask("R-5", "A-1"), ask("R-6", "A-9"), {**ask("R-7"), "exam": {"facility": "northside", "accessionNumber": "A-1"}})
    assert lending.release("R-5", "southside_A-1", "southside")
    assert lending.denial("R-7", "northside_A-1", "southside")["reason"] == "notAvailable", "sharing goes one way"


def test_the_office_gets_every_exam_and_has_to_say_whose(lending):
    items = lending.request(
        "office", ask("R-1", "B-1"), ask("R-2", "A-1"),
        {**ask("R-3"), "exam": {"facility": "northside", "accessionNumber": "A-1"}})
    assert [i["status"] for i in items] == ["accepted", "refused", "accepted"] and "facility" in items[1]["reason"]
    assert lending.release("R-1", "southside_B-1", "office")["charge"] is None, "the office is not charged"
    assert lending.release("R-3", "northside_A-1", "office")
    assert lending.deliveries("office") == ["R-1", "R-3"]


def test_a_reader_gets_assigned_exams_and_no_opinion_before_its_own(tmp_path):
    site = LendingSite(tmp_path / "site")
    two = protocol(readers=["sato", "ito"], match={"modalities": ["MG"]}, rule={"arbiter": None, "ties": "mostSevere"})
    site.configure("reading", {"protocols": [two]})
    site.store("A-1", 1)
    site.store("C-1", 1, modality="CT", patient_id="P-3")
    site.run_once("--as-of", NOON)
    site.request("sato", ask("R-1"), ask("R-2", "C-1"), ask("R-3", want={"reports": True}, prefer="refuse"))
    release = site.release("R-1", party="sato")
    assert release["range"]["reports"] is False and release["charge"] is None
    assert site.denial("R-2", "_C-1", "sato")["reason"] == "notAvailable"
    assert site.denial("R-3", party="sato")["reason"] == "reportsNotAllowed"
    site.request("weber", ask("R-1"))
    assert site.denial("R-1", "_A-1", "weber")["reason"] == "notAvailable"
    site.read("sato", site.answer("sato", "normal"))
    site.request("sato", ask("R-4"))
    assert site.release("R-4", party="sato")["range"]["reports"] is True


# Queries

def test_a_query_is_answered_exam_by_exam(lending):
    lending.store("A-2", 1, modality="CT", study_date="20250110")
    lending.store("A-3", 1, study_date="20250301", issuer="ELSEWHERE")
    lending.store("A-4", 1, study_date="20250301", patient_id="P-9")
    lending.run_once("--as-of", NOON)

    def query(id, purpose="treatment", **terms):
        return {"type": "request", "id": id, "exams": terms, "purpose": purpose}

    lending.request(
        "northside", query("Q-1", patientID="P-1"), query("Q-2", patientID="P-1", issuerOfPatientID="NORTHSIDE"),
        query("Q-3", modality="CT", **{"from": "2025-01-01", "to": "2025-12-31"}), query("Q-4", "teaching", patientID="P-1"),
        query("Q-5", patientID="P-2"))

    def told(name):
        return {e["exam"].removeprefix("northside_"): e["status"] for e in lending.summary(name)["exams"]}

    assert told("Q-1") == {"A-1": "granted", "A-2": "granted", "A-3": "granted"}
    assert told("Q-2") == {"A-1": "granted", "A-2": "granted"}
    assert told("Q-3") == {"A-2": "granted"}
    assert told("Q-4") == {"A-1": "granted", "A-2": "denied", "A-3": "granted"}
    assert lending.denial("Q-4", "northside_A-2")["reason"] == "kindNotAllowed"
    assert told("Q-5") == {}, "what is not theirs is not listed"


def test_only_the_most_recent_exams_where_the_purpose_says_so(lending):
    parties = lending.root / "pipelines" / "parties.yaml"
    parties.write_text(parties.read_text().replace("- teaching", "- teaching\n  - latest"))
    lending.purposes(LATEST)
    lending.store("A-2", 1, study_date="20250110")
    lending.run_once("--as-of", NOON)
    lending.request("northside", ask("R-1", "A-1", "latest"), ask("R-2", "A-2", "latest"))
    assert lending.release("R-1")
    assert lending.denial("R-2", "northside_A-2")["reason"] == "purposeNotGranted"


def test_csv_requests_are_answered_line_by_line(lending):
    lending.drop_file("list.csv", b"id,accessionNumber,studyInstanceUID,purpose,prefer\r\nR-1,A-1,,treatment,\r\nR-2,Z-9,,treatment,refuse\r\n", kind="requests")
    lending.run_once("--as-of", LATER)
    assert [(i["id"], i["status"]) for i in lending.receipt("list.csv")["items"]] == [("R-1", "accepted"), ("R-2", "accepted")]
    assert lending.release("R-1") and lending.denial("R-2", "northside_Z-9")["reason"] == "notAvailable"


# Again

def test_a_request_is_answered_once(lending):
    lending.request("northside", ask("R-1"))
    before = files(lending.outbound("northside", "deliveries"))
    assert [i["status"] for i in lending.request("northside", ask("R-1", prefer="reduce"))] == ["duplicate"]
    assert lending.receipt("request2.json")["status"] == "duplicate"
    item, = lending.request("northside", ask("R-1", purpose="teaching"))
    assert item["status"] == "refused" and "R-1" in item["reason"]
    assert files(lending.outbound("northside", "deliveries")) == before
    assert lending.request("southside", ask("R-1"))[0]["status"] == "accepted", "ids are the party's own"
    folder = lending.delivery("R-1")
    lending.drop_file("r.ack", f"deliveries/R-1\n{sha256((folder / 'SHA256SUMS').read_bytes())}\n".encode(), kind="acks")
    lending.run_once("--as-of", LATER)
    assert lending.deliveries() == []
    lending.request("northside", ask("R-1"))
    assert lending.deliveries() == [], "what was picked up does not come again"


def test_numbers_that_are_not_of_one_exam_are_refused(lending):
    lending.store("A-2", 1)
    lending.run_once("--as-of", NOON)
    study = lending.find("--accession", "A-2")[0]["studyInstanceUID"]
    item, = lending.request("northside", {**ask("R-1"), "exam": {"accessionNumber": "A-1", "studyInstanceUID": study}})
    assert item["status"] == "refused" and "not of one exam" in item["reason"] and lending.deliveries() == []


def test_names_of_deliveries_never_meet(lending):
    items = lending.request("northside", ask("R-1", format="zip"), ask("R-1.zip"), ask(".R"), ask("R.sha256"))
    assert [i["status"] for i in items] == ["accepted", "refused", "refused", "refused"]
    assert lending.deliveries() == ["R-1.zip", "R-1.zip.sha256"]
    assert lending.request("northside", ask("R-1.zip"))[0]["status"] == "refused"


# Archives

def test_archives_hold_what_the_folder_holds(lending):
    lending.request("northside", ask("F"), ask("Z", format="zip"), ask("T", format="tar"))
    folder = lending.delivery("F")
    names = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    for path in (lending.outbound("northside", "deliveries") / n for n in ("Z.zip", "T.tar")):
        content = unpacked(path)
        assert content.keys() == names
        check_sum(path)
        for uid_path in (n for n in names if n.endswith(".dcm")):
            assert content[uid_path] == (folder / uid_path).read_bytes()
        lines = dict(reversed(l.split("  ", 1)) for l in content["SHA256SUMS"].decode().splitlines())
        assert lines == {n: sha256(c) for n, c in content.items() if n != "SHA256SUMS"}
    assert not any(lending.outbound("northside", "deliveries").glob(".*"))


def test_a_dicomdir_names_every_image_of_the_delivery(lending):
    lending.request("northside", ask("R-1", dicomdir=True))
    folder = lending.delivery("R-1")
    named = {str(i.SOPInstanceUID): pydicom.dcmread(i.path) for i in FileSet(folder / "DICOMDIR")}
    assert named.keys() == lending.dropped["northside_A-1"].keys()
    assert all(named[uid].SOPInstanceUID == uid for uid in named)


# Fees

def test_each_exam_is_charged_by_itself_and_a_missing_price_costs_no_other(tmp_path):
    site = LendingSite(tmp_path / "site", {**PRICES, "dataFees": PRICES["dataFees"][:2]})
    site.store("A-1", 1)
    site.store("A-2", 1, modality="CT")
    site.run_once("--as-of", NOON)
    query = {"type": "request", "id": "R-1", "exams": {"patientID": "P-1"}, "purpose": "treatment"}
    site.request("northside", query, code=1)
    summary = site.summary("R-1")
    assert [(e["exam"], e["status"]) for e in summary["exams"]] == [("northside_A-1", "granted"), ("northside_A-2", "failed")]
    assert "costs" in summary["exams"][1]["message"] and not (site.delivery("R-1") / "northside_A-2").exists()
    due, = site.json("status")["toPublish"]
    assert "costs" in due["error"]
    site.run_once("--as-of", "2026-11-20T15:00:00Z", code=1)
    assert site.summary("R-1") == summary
    site.price(PRICES)
    site.run_once("--as-of", "2026-11-20T18:00:00Z")
    assert site.summary("R-1")["counts"]["granted"] == 2
    assert site.release("R-1", "northside_A-2")["charge"]["amount"] == "2.00"
    assert site.release("R-1")["releasedAt"].startswith("2026-11-20T13"), "what was given stays as it was"
    assert site.json("status")["toPublish"] == []


def test_the_same_exam_is_free_again_for_the_same_purpose_only(tmp_path):
    site = LendingSite(tmp_path / "site", {**PRICES, "freeAgainWithin": "10d"})
    site.store("A-1", 1)
    site.run_once("--as-of", NOON)
    site.request("northside", ask("R-1", purpose="teaching"), ask("R-2"), ask("R-3"))
    site.request("northside", ask("R-4"), at="2026-12-05T12:00:00Z")
    assert [site.release(r)["charge"]["amount"] for r in ("R-1", "R-2", "R-3", "R-4")] == ["1.00", "4.50", "0.00", "4.50"]
    free = site.release("R-3")["charge"]
    assert "free, because the same exam was charged within the last 10" in free["description"]
    assert [e["charge"] for e in site.summary("R-3")["exams"]] == [free]
    assert site.json("explain", free["event"])["subjects"][0]["type"] == "usage"


def test_nobody_is_charged_where_there_are_no_prices(tmp_path):
    site = LendingSite(tmp_path / "site", None)
    site.store("A-1", 1)
    site.run_once("--as-of", NOON)
    site.request("northside", ask("R-1"))
    assert site.release("R-1")["charge"] is None


# Bounds in time and number

def test_a_right_that_ends_says_when(lending):
    parties = lending.root / "pipelines" / "parties.yaml"
    parties.write_text(parties.read_text().replace("- teaching", "- teaching\n  - research"))
    lending.purposes(RESEARCH)
    lending.request("northside", ask("R-1", purpose="research"))
    assert lending.release("R-1")["until"].startswith("2026-12-20T13:00:00")


def test_a_quota_is_counted_for_party_and_purpose(lending):
    lending.purposes(quotas=[{"parties": ["northside"], "purpose": "teaching", "exams": 2, "within": "7d"}])
    teaching = [ask(f"R-{n}", purpose="teaching") for n in range(3)]
    lending.request("northside", *teaching, ask("T-1"))
    assert lending.release("R-0") and lending.release("R-1") and lending.release("T-1")
    assert lending.denial("R-2")["reason"] == "quotaExceeded"
    lending.request("southside", *teaching)
    assert all(lending.release(f"R-{n}", "southside_A-1", "southside") for n in range(3)), "it is northside's"
    lending.request("northside", ask("R-8", purpose="teaching"), at="2026-11-28T13:00:00Z")
    assert lending.release("R-8")


def test_a_quota_of_nobody_is_a_mistake_with_its_line(lending):
    lending.purposes(quotas=[{"parties": ["westside"], "purpose": "teaching", "exams": 2, "within": "7d"}])
    assert any("westside" in p["message"] for p in lending.json("check", code=2)["problems"])


# Slow storage

def test_an_exam_in_slow_storage_is_served_from_there_or_brought_back_first(lending):
    lending.command("tier", "--as-of", "2027-01-10T12:00:00Z")
    lending.request("northside", ask("R-1"), at="2027-01-10T13:00:00Z")
    assert {f["sha256"] for f in lending.release("R-1")["files"] if f["path"].endswith(".dcm")} == {
        sha256(c) for c in lending.dropped["northside_A-1"].values()}
    assert {i["tier"] for i in lending.instances("--accession", "A-1", "--facility", "northside")} == {"slow"}
    lending.adjust("storage", serveFromSlow=False, expectedRecall="25m")
    item, = lending.request("northside", ask("R-2"), at="2027-01-10T14:00:00Z")
    assert item["status"] == "accepted" and "2027-01-10T14:25:00" in item["reason"]
    assert lending.release("R-2")["files"]
    assert {i["tier"] for i in lending.instances("--accession", "A-1", "--facility", "northside")} == {"fast"}
    lending.command("tier", "--as-of", "2027-02-05T12:00:00Z")
    assert {i["tier"] for i in lending.instances("--accession", "A-1", "--facility", "northside")} == {"fast"}, "it was used"


# The register

def test_explain_says_who_holds_an_exam(lending):
    lending.request("northside", ask("R-1"), ask("R-2", purpose="teaching"))
    lending.request("northside", ask("R-3", "Z-1"))
    exam = next(s for s in lending.explained("northside_A-1")["subjects"] if s["type"] == "exam")
    assert [(h["party"], h["purpose"], h["pixelDensity"], h["request"]) for h in exam["holders"]] == [
        ("northside", "treatment", "1.0", "R-1"), ("northside", "teaching", "0.25", "R-2")]
    assert exam["holders"][0]["charge"]["amount"] == "4.50"
    story = lending.explained("R-2")
    request = next(s for s in story["subjects"] if s["type"] == "request")
    assert request["grantedCount"] == 1 and request["delivery"] == "northside/deliveries/R-2"
    assert {"requested", "granted", "released", "published"} <= {e["what"] for e in story["events"]}
    assert any(e["what"] == "released" and "teaching" in e["detail"] for e in story["events"])
    denied = next(s for s in lending.explained("northside/deliveries/R-3")["subjects"] if s["type"] == "request")
    assert denied["denials"][0]["reason"] == "notAvailable"


def test_a_rebuilt_catalogue_knows_who_holds_what(lending):
    lending.request("northside", ask("R-1"), ask("R-2", "Z-1"))
    holders = next(s for s in lending.explained("northside_A-1")["subjects"] if s["type"] == "exam")["holders"]
    before = files(lending.outbound("northside", "deliveries"))
    lending.command("rebuild")
    assert next(s for s in lending.explained("northside_A-1")["subjects"] if s["type"] == "exam")["holders"] == holders
    assert lending.request("northside", ask("R-1"))[0]["status"] == "duplicate"
    assert files(lending.outbound("northside", "deliveries")) == before
    assert next(s for s in lending.explained("R-2")["subjects"] if s["type"] == "request")["deniedCount"] == 1


# Many exams

EXAMS = 14


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Exams of northside whose delivery takes some seconds, and one of southside."""
    site = LendingSite(tmp_path_factory.mktemp("many") / "site")
    for number in range(EXAMS):
        site.store(f"M-{number:02}", 3, rows=400, columns=400, patient_id="P-7")
    site.store("S-1", 1, "southside")
    site.run_once("--as-of", NOON, seconds=120)
    return site


@pytest.fixture
def crowded(many, tmp_path):
    return copy(many, tmp_path / "site")


def copy(site, root):
    shutil.copytree(site.root, root, symlinks=True)
    other = LendingSite.__new__(LendingSite)
    other.__dict__.update(site.__dict__, root=root)
    return other


MANY = {"type": "request", "id": "MANY", "exams": {"patientID": "P-7"}, "purpose": "treatment"}


def test_a_single_request_is_not_behind_a_large_one(tmp_path):
    site = LendingSite(tmp_path / "site")
    for number in range(12):
        site.store(f"M-{number:02}", 4, rows=1000, columns=1000, patient_id="P-7")
    site.store("S-1", 1, "southside")
    site.run_once("--as-of", NOON, seconds=120)
    site.adjust("images", workers=1)
    site.put_request("northside", MANY)
    process = product.launch(["run", "--root", site.root], stdout=DEVNULL, stderr=DEVNULL)
    try:
        way = wait_until(lambda: [d for d in site.json("status")["deliveries"] if d["made"]], 60)[0]
        assert way["path"] == "northside/deliveries/MANY" and way["decided"] == way["granted"] == 12
        site.put_request("southside", ask("ONE", "S-1"))
        wait_until(lambda: site.deliveries("southside") or site.deliveries("northside"), 60)
        assert site.deliveries("northside") == [], "it is made in pieces, and others have their turn in between"
        wait_until(lambda: site.deliveries("northside"), 60)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def test_killed_in_the_middle_it_goes_on_and_gives_the_same(crowded, tmp_path):
    crowded.put_request("northside", MANY)
    undisturbed = copy(crowded, tmp_path / "undisturbed")
    place = crowded.outbound("northside", "deliveries")
    seen = {}
    for made in (1, 4, 8):
        process = product.launch(
            ["run", "--once", "--as-of", LATER, "--root", crowded.root], stdout=DEVNULL, stderr=DEVNULL)
        wait_until(lambda: len(list(place.glob(".tmp-*/*/release.json"))) >= made, 60, 0.003)
        process.kill()
        process.wait()
        released = {p.parent for p in place.glob(".tmp-*/*/release.json")}
        seen.update({p: p.stat().st_ino for folder in released for p in folder.glob("images/*.dcm")})
    assert crowded.deliveries() == []
    crowded.run_once("--as-of", LATER, seconds=120)
    after = {p.stat().st_ino for p in place.glob("MANY/*/images/*.dcm")}
    assert len(seen) >= 24 and set(seen.values()) <= after, "what was made is not made again"
    events = [e["event"] for e in crowded.explained("MANY")["events"] if e["what"] == "released"]
    assert len(events) == len(set(events)) == EXAMS
    undisturbed.run_once("--as-of", LATER, seconds=120)
    assert files(place) == files(undisturbed.outbound("northside", "deliveries"))


@pytest.mark.slow
@pytest.mark.parametrize("format", ["zip", "tar"])
def test_an_archive_that_was_killed_on_its_way_is_the_same_and_leaves_nothing(crowded, tmp_path, format):
    crowded.put_request("northside", {**MANY, "format": format, "dicomdir": True})
    undisturbed = copy(crowded, tmp_path / "undisturbed")
    place = crowded.outbound("northside", "deliveries")

    def killed(when):
        process = product.launch(
            ["run", "--once", "--as-of", LATER, "--root", crowded.root], stdout=DEVNULL, stderr=DEVNULL)
        wait_until(lambda: when() or process.poll() is not None, 60, 0.002)
        process.kill()
        process.wait()

    def being_packed():
        return [p for p in place.glob(".*") if p.is_file() and p.stat().st_size > 1 << 20]

    killed(lambda: len(list(place.glob(".*/*/release.json"))) >= 5)
    for _ in range(3):
        killed(being_packed)
    assert crowded.deliveries() == [], "nothing appears that is not whole"
    crowded.run_once("--as-of", LATER, seconds=120)
    undisturbed.run_once("--as-of", LATER, seconds=120)
    name = f"MANY.{format}"
    assert crowded.deliveries() == [name, f"{name}.sha256"] and not list(place.glob(".*"))
    assert files(place) == files(undisturbed.outbound("northside", "deliveries"))
    content = unpacked(place / name)
    assert sum(n.endswith("/release.json") for n in content) == EXAMS
    for key, images in crowded.dropped.items():
        given = {sha256(c) for n, c in content.items() if n.startswith(f"{key}/images/")}
        assert key.startswith("southside") or given == {sha256(c) for c in images.values()}
    events = [e["event"] for e in crowded.explained("MANY")["events"] if e["what"] == "released"]
    assert len(events) == len(set(events)) == EXAMS


def test_what_was_changed_meanwhile_is_made_again(crowded):
    crowded.put_request("northside", MANY)
    place = crowded.outbound("northside", "deliveries")
    process = product.launch(["run", "--once", "--as-of", LATER, "--root", crowded.root], stdout=DEVNULL, stderr=DEVNULL)
    wait_until(lambda: len(list(place.glob(".tmp-*/*/release.json"))) >= 3, 60, 0.003)
    process.kill()
    process.wait()
    image = next(place.glob(".tmp-*/northside_M-00/images/1.dcm"))
    image.write_bytes(image.read_bytes()[:-100])
    crowded.run_once("--as-of", LATER, seconds=120)
    assert crowded.release("MANY", "northside_M-00")
    assert [h["charge"]["amount"] for h in crowded.explained("northside_M-00")["subjects"][0]["holders"]] == ["4.50"]
