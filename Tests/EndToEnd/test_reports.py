"""Reports: every form of them, whose exams they may be of, versions, waiting, and that they go along with deliveries."""

import io
import json
import tarfile

import pydicom
import pytest
import yaml
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

import bundles
import product
from dicom_files import uid
from lending_site import LATER, NOON, LendingSite, ask
from reading_parties import check
from site_under_test import sha256

SHARED = [{"from": "northside", "to": "southside", "purposes": ["treatment"], "patients": "all"}]
PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


@pytest.fixture
def site(tmp_path):
    site = LendingSite(tmp_path / "site")
    site.purposes(sharing=SHARED)
    site.store("A-1", 1)
    site.run_once("--as-of", NOON)
    return site


def report(accession="A-1", text="No finding.", **more):
    return {"type": "report", "exam": {"accessionNumber": accession}, "author": "sato", "status": "final", "text": text,
            "purpose": "treatment", **more}


def put(site, *reports, party="northside", name="report.json", at=LATER):
    return site.take_document(party, "reports", name, reports[0] if len(reports) == 1 else list(reports), at)


def items(receipt):
    return [i["status"] for i in receipt["items"]]


def tars(site):
    return sorted((site.root / "archive" / "fast").glob("*/reports/*/*.tar"))


def members(path):
    with tarfile.open(path) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar}


def delivered(site, id, party="northside"):
    site.request(party, ask(id, **({} if party == "northside" else {"exam": {"facility": "northside", "accessionNumber": "A-1"}})))
    folder = site.delivery(id, party) / "northside_A-1" / "reports"
    given = {p.name: p.read_bytes() for p in folder.iterdir()} if folder.exists() else {}
    for name, content in given.items():
        if name.startswith("report-") and name.endswith(".json"):
            check("report", json.loads(content))
    return given


def dicom(sop_class, accession="A-1", **elements):
    data = Dataset()
    data.SOPClassUID, data.SOPInstanceUID = sop_class, generate_uid()
    data.StudyInstanceUID, data.SeriesInstanceUID = uid("study", accession), generate_uid()
    data.AccessionNumber, data.PatientID, data.PatientName = accession, "P-1", "YAMADA^TARO"
    data.SpecificCharacterSet = "ISO_IR 192"
    for key, value in elements.items():
        setattr(data, key, value)
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.file_meta.MediaStorageSOPClassUID, data.file_meta.MediaStorageSOPInstanceUID = sop_class, data.SOPInstanceUID
    content = io.BytesIO()
    data.save_as(content, enforce_file_format=True)
    return content.getvalue()


def concept(value, scheme, meaning):
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, scheme, meaning
    return Sequence([code])


def test_a_report_is_stored_and_goes_along_with_a_delivery(site):
    receipt = put(site, report())
    assert (receipt["status"], items(receipt), receipt["files"]) == ("accepted", ["accepted"], [])
    [tar] = tars(site)
    digest = receipt["items"][0]["id"]
    inside = members(tar)
    assert tar.stem == digest == sha256(inside["report.json"]) and list(inside) == ["report.json", "drop.json"]
    assert json.loads(inside["drop.json"])["sha256"] == receipt["drop"]["sha256"]
    given = delivered(site, "R-1")
    said = json.loads(given["report-1.json"])
    assert {k: said[k] for k in ("exam", "author", "status", "text", "version", "digest", "party", "supersedes")} == {
        "exam": "northside_A-1", "author": "sato", "status": "final", "text": "No finding.", "version": 1, "digest": digest,
        "party": "northside", "supersedes": None}
    assert digest in site.explain("northside_A-1")
    assert site.json("verify")["reports"] == 1


def test_repeated_it_is_a_duplicate_however_the_exam_is_named(site):
    assert items(put(site, report())) == ["accepted"]
    assert put(site, report(), name="again.json")["status"] == "duplicate"
    by_study = {**report(), "exam": {"studyInstanceUID": uid("study", "A-1")}}
    assert items(put(site, by_study, name="uid.json")) == ["duplicate"] and len(tars(site)) == 1


@pytest.mark.parametrize("pack", [bundles.make_folder, bundles.make_zip, bundles.make_tar])
def test_attachments_come_in_folders_and_archives(site, tmp_path, pack):
    files = {
        "a/report.json": json.dumps([report(attachment="report.pdf"), report(text="Other.", attachment="notes.txt")]).encode(),
        "a/report.pdf": PDF, "a/notes.txt": "影像\n".encode(), "a/left.txt": b"nobody's",
    }
    name = {bundles.make_folder: "day", bundles.make_zip: "day.zip", bundles.make_tar: "day.tar"}[pack]
    receipt = site.take(pack(tmp_path, name, files), kind="reports")
    assert (receipt["status"], items(receipt)) == ("accepted", ["accepted"] * 2)
    assert {f["path"]: f["status"] for f in receipt["files"]} == {
        "a/report.json": "stored", "a/report.pdf": "stored", "a/notes.txt": "stored", "a/left.txt": "ignored"}
    given = delivered(site, "R-1")
    assert given["report-1.pdf"] == PDF and given["report-2.txt"] == files["a/notes.txt"]


BAD = [
    ({"report.json": report(attachment="report.pdf")}, "/attachment: 'report.pdf' is not in the drop"),
    ({"report.json": report(attachment="report.pdf"), "report.pdf": b"text"}, "/attachment: 'report.pdf' must be a PDF"),
    ({"report.json": report(attachment="x.txt"), "x.txt": b"\xff\xfe\x00"}, "/attachment: 'x.txt' must be a PDF or text"),
    ({"report.json": report(attachment="../x.pdf"), "x.pdf": PDF}, "is no name of a file that comes with the report"),
    ({"report.json": report(txt="?")}, "'txt' is no field of a report"),
    ({"report.json": report(status="done")}, "/status"),
    ({"report.json": report(status="cancelled")}, "says in 'supersedes'"),
    ({"report.json": report(text=None)}, "says nothing"),
]


@pytest.mark.parametrize("files, reason", BAD)
def test_what_is_wrong_is_named_and_costs_nothing_else(site, tmp_path, files, reason):
    files = {k: v if isinstance(v, bytes) else json.dumps(v).encode() for k, v in files.items()}
    receipt = site.take(bundles.make_folder(tmp_path, "day", {**files, "good.json": json.dumps(report()).encode()}), kind="reports")
    assert receipt["status"] == "partial" and sorted(items(receipt)) == ["accepted", "refused"]
    refused = next(i for i in receipt["items"] if i["status"] == "refused")
    assert reason in refused["reason"]
    assert {f["path"]: f["status"] for f in receipt["files"]}["report.json"] == "refused"


def test_a_single_pdf_is_no_report_and_broken_json_is_kept(site):
    assert "no report" in site.take_file("report.pdf", PDF, kind="reports")["reason"]
    assert site.take_file("cut.json", b'{"type": "report", "exam": }', kind="reports")["status"] == "quarantined"
    assert tars(site) == []


def test_versions_form_one_chain(site):
    first = put(site, report(status="preliminary"))["items"][0]["id"]
    second = put(site, report(text="Amended.", status="amended", supersedes=first), name="2.json")["items"][0]["id"]
    fork = put(site, report(text="Fork.", supersedes=first), name="3.json")
    assert fork["status"] == "refused" and f"the newest is {second}" in fork["reason"]
    assert "no report of this exam" in put(site, report(text="x", supersedes="0" * 64), name="4.json")["reason"]
    put(site, report(text=None, status="cancelled", supersedes=second), name="5.json")
    given = delivered(site, "R-1")
    said = {n: json.loads(c) for n, c in given.items() if n.startswith("report-")}
    assert [(said[f"report-{n}.json"]["version"], said[f"report-{n}.json"]["status"]) for n in (1, 2, 3)] == [
        (1, "preliminary"), (2, "amended"), (3, "cancelled")]
    assert said["report-1.json"]["supersededBy"] == second and said["report-3.json"]["supersededBy"] is None


def test_a_report_waits_for_its_exam_and_not_for_ever(site):
    assert items(put(site, report("A-9"), name="early.json")) == ["waiting"]
    site.store("A-9", 1)
    site.run_once("--as-of", LATER)
    assert items(site.receipt("early.json")) == ["accepted"]
    assert items(put(site, report("A-8"), name="lost.json")) == ["waiting"]
    site.run_once("--as-of", "2026-11-25T12:00:00Z")
    lost = site.receipt("lost.json")
    assert (lost["status"], items(lost)) == ("refused", ["refused"]) and "no such exam came in 36 h" in lost["reason"]


def test_whose_exams_a_facility_may_report_on(site):
    foreign = {**report(text="Second look."), "exam": {"facility": "northside", "accessionNumber": "A-1"}}
    before = put(site, foreign, party="southside")
    absent = put(site, {**foreign, "exam": {"facility": "northside", "accessionNumber": "A-7"}}, party="southside", name="absent.json")
    assert before["items"][0]["reason"] == absent["items"][0]["reason"] and "notAvailable" in before["reason"]
    assert "reportsNotAllowed" in put(site, report(purpose="teaching"), name="teaching.json")["reason"]
    assert "purposeUnknown" in put(site, report(purpose="nothing"), name="nothing.json")["reason"]
    delivered(site, "R-1", "southside")
    assert items(put(site, foreign, party="southside", name="after.json")) == ["accepted"]
    first = json.loads(members(tars(site)[0])["report.json"])
    assert first["party"] == "southside" and first["facility"] == "northside"


def test_a_structured_report_says_what_it_says_as_text(site):
    finding, title = Dataset(), concept("18748-4", "LN", "Diagnostic imaging report")
    finding.RelationshipType, finding.ValueType, finding.TextValue = "CONTAINS", "TEXT", "影: mass, left"
    finding.ConceptNameCodeSequence = concept("121071", "DCM", "Finding")
    observer = Dataset()
    observer.VerifyingObserverName, observer.VerificationDateTime = "SATO^X", "20261120100000"
    content = dicom(
        "1.2.840.10008.5.1.4.1.1.88.11", Modality="SR", ValueType="CONTAINER", ConceptNameCodeSequence=title,
        ContentSequence=Sequence([finding]), CompletionFlag="COMPLETE", VerificationFlag="VERIFIED",
        VerifyingObserverSequence=Sequence([observer]))
    receipt = site.take_file("sr.dcm", content, kind="reports", attested=True)
    assert items(receipt) == ["accepted"], receipt
    given = delivered(site, "R-1")
    said = json.loads(given["report-1.json"])
    assert (said["form"], said["author"], said["status"]) == ("sr", "sato", "final")
    assert said["text"] == "Diagnostic imaging report\nFinding: 影: mass, left" and given["report-1.dcm"] == content


def structured(text, uid_=None, predecessors=(), accession="A-1", **elements):
    """A structured report, and the UID by which another one names it."""
    item = Dataset()
    item.RelationshipType, item.ValueType, item.TextValue = "CONTAINS", "TEXT", text
    item.ConceptNameCodeSequence = concept("121071", "DCM", "Finding")
    elements = {"CompletionFlag": "COMPLETE", "VerificationFlag": "VERIFIED", **elements}
    uid_ = uid_ or generate_uid()
    if predecessors:
        elements["PredecessorDocumentsSequence"] = Sequence([evidence(predecessors, accession)])
    content = dicom(
        "1.2.840.10008.5.1.4.1.1.88.11", accession, SOPInstanceUID=uid_, Modality="SR", ValueType="CONTAINER",
        ConceptNameCodeSequence=concept("18748-4", "LN", "Report"), ContentSequence=Sequence([item]), **elements)
    return uid_, content


def evidence(uids, accession):
    study, series = Dataset(), Dataset()
    series.SeriesInstanceUID, series.ReferencedSOPSequence = generate_uid(), Sequence()
    for named in uids:
        reference = Dataset()
        reference.ReferencedSOPClassUID, reference.ReferencedSOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.11", named
        series.ReferencedSOPSequence.append(reference)
    study.StudyInstanceUID, study.ReferencedSeriesSequence = uid("study", accession), Sequence([series])
    return study


FLAGS = [
    ({}, "final"), ({"VerificationFlag": "UNVERIFIED"}, "preliminary"), ({"CompletionFlag": "PARTIAL"}, "preliminary"),
    ({"PreliminaryFlag": "PRELIMINARY"}, "preliminary"), ({"PreliminaryFlag": "FINAL", "VerificationFlag": "UNVERIFIED"}, "final"),
]


@pytest.mark.parametrize("flags, status", FLAGS)
def test_a_structured_report_is_as_far_along_as_its_flags_say(site, flags, status):
    _, content = structured("x", **flags)
    assert items(site.take_file("sr.dcm", content, kind="reports")) == ["accepted"]
    assert json.loads(delivered(site, "R-1")["report-1.json"])["status"] == status


def test_structured_reports_take_the_place_of_their_predecessors(site):
    first, draft = structured("Draft.", VerificationFlag="UNVERIFIED")
    second, final = structured("Final.", predecessors=[first])
    third, amended = structured("Amended.", predecessors=[first, second])
    digests = []
    for name, content in (("1.dcm", draft), ("2.dcm", final), ("3.dcm", amended)):
        receipt = site.take_file(name, content, kind="reports")
        assert items(receipt) == ["accepted"] and receipt["items"][0]["reason"] is None, receipt
        digests.append(receipt["items"][0]["id"])
    assert items(site.take_file("again.dcm", amended, kind="reports")) == ["duplicate"]
    given = delivered(site, "R-1")
    said = [json.loads(given[f"report-{n}.json"]) for n in (1, 2, 3)]
    assert [(s["version"], s["status"], s["supersedes"]) for s in said] == [
        (1, "preliminary", None), (2, "final", digests[0]), (3, "amended", digests[1])]


def test_structured_reports_of_one_drop_find_each_other(site, tmp_path):
    first, draft = structured("Draft.", VerificationFlag="UNVERIFIED")
    _, final = structured("Final.", predecessors=[first])
    receipt = site.take(bundles.make_zip(tmp_path, "both.zip", {"1.dcm": draft, "2.dcm": final}), kind="reports")
    assert items(receipt) == ["accepted"] * 2
    assert json.loads(delivered(site, "R-1")["report-2.json"])["supersedes"] == receipt["items"][0]["id"]


def test_a_predecessor_that_is_not_here_or_anothers_is_said_and_nothing_more(site):
    first, own = structured("Theirs.")
    assert items(site.take_file("1.dcm", own, kind="reports")) == ["accepted"]
    delivered(site, "R-1", "southside")
    _, other = structured("Ours.", predecessors=[first], InstitutionName="southside")
    _, lost = structured("Lost.", predecessors=[generate_uid()])
    theirs = site.take_file("2.dcm", other, "northside", kind="reports")
    unknown = site.take_file("3.dcm", lost, kind="reports")
    assert items(theirs) == ["accepted"] and theirs["items"][0]["reason"] is None
    assert items(unknown) == ["accepted"] and "no report of this exam from you" in unknown["items"][0]["reason"]
    foreign = {**report(text="Southside's."), "exam": {"facility": "northside", "accessionNumber": "A-1"}}
    assert items(put(site, foreign, party="southside", name="own.json")) == ["accepted"]
    stolen = {**foreign, "text": "x", "supersedes": unknown["items"][0]["id"]}
    absent = {**foreign, "text": "x", "supersedes": "0" * 64}
    reasons = [put(site, r, party="southside", name=f"{n}.json")["items"][0]["reason"] for n, r in enumerate((stolen, absent))]
    assert reasons[0].replace(stolen["supersedes"], "") == reasons[1].replace("0" * 64, "")


def test_the_right_to_report_ends_with_the_time_of_its_purpose(site):
    lent = {"id": "lent", "code": "TREAT", "deidentify": False, "range": {
        "kinds": "all", "pixelDensity": 1.0, "imageProcessing": True, "reports": True, "reportInput": True, "for": "2d"}}
    mute = {**lent, "id": "mute", "range": {**lent["range"], "reportInput": False}}
    site.purposes(lent, mute, sharing=[{**SHARED[0], "purposes": ["treatment", "lent", "mute"]}])
    parties = site.root / "pipelines" / "parties.yaml"
    parties.write_text(parties.read_text().replace("- teaching", "- teaching\n  - lent\n  - mute"))
    exam = {"facility": "northside", "accessionNumber": "A-1"}
    assert site.request("southside", ask("R-1", purpose="mute", exam=exam))[0]["status"] == "accepted"
    foreign = {**report(purpose="mute"), "exam": exam}
    assert "reportsNotAllowed" in put(site, foreign, party="southside", name="mute.json")["reason"]
    lent_report = {**foreign, "purpose": "lent"}
    assert "notAvailable" in put(site, lent_report, party="southside", name="early.json")["reason"]
    assert site.request("southside", ask("R-2", purpose="lent", exam=exam))[0]["status"] == "accepted"
    assert items(put(site, lent_report, party="southside", name="in-time.json", at="2026-11-22T12:00:00Z")) == ["accepted"]
    late = put(site, {**lent_report, "text": "Late."}, party="southside", name="late.json", at="2026-11-22T14:00:00Z")
    assert late["status"] == "refused" and "that right has ended" in late["reason"]


def test_a_pdf_in_its_envelope_is_taken_out(site):
    content = dicom(
        "1.2.840.10008.5.1.4.1.1.104.1", Modality="DOC", MIMETypeOfEncapsulatedDocument="application/pdf",
        EncapsulatedDocument=PDF + b"\0" * (len(PDF) % 2), EncapsulatedDocumentLength=len(PDF), DocumentTitle="Report")
    assert items(site.take_file("doc.dcm", content, kind="reports")) == ["accepted"]
    given = delivered(site, "R-1")
    assert given["report-1.pdf"] == PDF and given["report-1.dcm"] == content
    assert pydicom.dcmread(io.BytesIO(given["report-1.dcm"])).DocumentTitle == "Report"


def test_no_report_goes_along_with_what_is_deidentified(site):
    content = yaml.safe_load((site.root / "pipelines" / "purposes.yaml").read_text())
    teaching = next(p for p in content["purposes"] if p["id"] == "teaching")
    assert teaching["deidentify"]
    teaching["range"]["reports"] = True
    site.configure("purposes", content)
    put(site, report(text="Mr Yamada"))
    site.request("northside", ask("R-2", purpose="teaching"))
    folder = site.delivery("R-2")
    assert (folder / "northside_A-1" / "release.json").exists()
    assert not any(b"Yamada" in p.read_bytes() for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize("part", [b'"author":"sato"', b'"name":"a.zip"', b"Attached."])
def test_a_damaged_report_is_found_and_a_rebuild_keeps_all(site, tmp_path, part):
    files = {"r.json": json.dumps(report(attachment="a.txt")).encode(), "a.txt": b"Attached."}
    site.take(bundles.make_zip(tmp_path, "a.zip", files), kind="reports")
    put(site, report("A-9"), name="waits.json")
    site.command("rebuild")
    assert site.json("verify")["reports"] == 2
    site.store("A-9", 1)
    site.run_once("--as-of", LATER)
    assert items(site.receipt("waits.json")) == ["accepted"]
    assert "report-1.json" in delivered(site, "R-1")
    tar = next(t for t in tars(site) if part in t.read_bytes())
    tar.chmod(0o640)
    whole = tar.read_bytes()
    tar.write_bytes(whole.replace(part, part[:-1] + b"?"))
    findings = site.json("verify", code=2)["findings"]
    assert len(findings) == 1 and tar.name in findings[0]["path"]


@pytest.mark.parametrize("milliseconds", [20, 60, 120, 250])
def test_a_kill_anywhere_ends_as_if_undisturbed(site, milliseconds):
    site.drop_file("many.json", json.dumps([report(text=f"{n}") for n in range(40)]).encode(), kind="reports")
    product.kill_after(milliseconds / 1000, ["run", "--once", "--as-of", LATER, "--root", site.root])
    site.run_once("--as-of", LATER)
    receipt = site.receipt("many.json")
    assert receipt["status"] == "accepted" and set(items(receipt)) == {"accepted"}
    assert len(tars(site)) == 40 and site.json("verify")["findings"] == [] and site.left(kind="reports") == []
