"""What readers say: every form of it, sealed, refused with its reason, or waiting for its exam."""

import json

import pytest

import bundles
from conftest import FIXTURES
from dicom_files import uid
from reading_parties import AFTER, NOON, OFFICE, READ_AT, ReadingSite, canonical, protocol, reader

STUDY = uid("study", "A-1")
IMAGE = uid("sop", STUDY, "1", 1)
CODES = {"recall": ["SCT:397143007", "recall"], "normal": ["normal"]}


@pytest.fixture
def site(tmp_path):
    """One exam at noon, before three readers."""
    site = ReadingSite(tmp_path / "site", protocol(technicalRecall=["repeat"], srLabels=CODES))
    site.bring()
    return site


def statuses(reads):
    return [r["status"] for r in reads]


# What is sealed

def test_the_template_filled_in_is_sealed(site):
    answer = site.answer(
        "sato", "recall", confidence=0.8, text="影, see <&\n\"", findings=[
            {"code": "BI-RADS-4", "laterality": "L", "sopInstanceUID": IMAGE, "x": 812, "y": 300.5, "text": "mass"}])
    receipt = site.take_document("sato", "diagnoses", "read.json", answer)
    assert receipt["status"] == "accepted" and receipt["reason"] is None
    assert receipt["reads"] == [{
        "digest": canonical(answer), "exam": "northside_A-1", "reader": "sato", "round": 1, "status": "sealed", "reason": None}]


@pytest.mark.parametrize("exam", [
    {"facility": "northside", "accessionNumber": "A-1"}, {"accessionNumber": "A-1"}, {"studyInstanceUID": STUDY},
    {"facility": "northside", "studyInstanceUID": STUDY, "accessionNumber": "A-1"}])
def test_an_exam_by_every_name_has_the_same_digest(site, exam):
    answer = site.answer("sato", "recall")
    reads = site.read("sato", {**answer, "exam": exam})
    assert statuses(reads) == ["sealed"] and reads[0]["digest"] == canonical(answer)
    assert statuses(site.read("sato", answer, name="whole.json")) == ["duplicate"]


def test_the_least_that_a_diagnosis_says(site):
    answer = {"type": "diagnosis", "exam": {"accessionNumber": "A-1"}, "label": "benign", "readAt": "2026-11-20T21:10:00+09:00"}
    reads = site.read("sato", answer)
    whole = {**answer, "reader": "sato", "exam": {"facility": "northside", "accessionNumber": "A-1", "studyInstanceUID": STUDY}}
    assert statuses(reads) == ["sealed"] and reads[0]["digest"] == canonical(whole)


def test_an_array_is_judged_item_by_item(site):
    good = site.answer("sato", "recall")
    receipt = site.take_document("sato", "diagnoses", "reads.json", [
        {**good, "label": "nonsense"}, good, good, {**good, "labell": "recall"}, {**good, "exam": {"accessionNumber": "A-2"}}])
    assert receipt["status"] == "partial"
    assert statuses(receipt["reads"]) == ["refused", "sealed", "duplicate", "refused", "refused"]
    assert "labell" in receipt["reads"][3]["reason"] and "name the facility" in receipt["reads"][4]["reason"]


def test_csv_is_judged_line_by_line(site):
    content = (
        "reader,label,readAt,facility,accessionNumber,studyInstanceUID,confidence,round,text\r\n"
        f"sato,recall,{READ_AT},northside,A-1,,0.8,1,\"with, comma\nand line\"\r\n"
        f"sato,recall,{READ_AT},northside,A-1,,much,1,\r\n"
        f"ito,recall,{READ_AT},northside,A-1,,,,\r\n"
        f",recall,{READ_AT},northside,A-9,,,,\r\n").encode()
    receipt = site.take_document("sato", "diagnoses", "reads.csv", content)
    assert statuses(receipt["reads"]) == ["sealed", "refused", "refused", "waiting"] and receipt["status"] == "partial"
    whole = {"reader": "sato", "exam": {"facility": "northside", "accessionNumber": "A-1", "studyInstanceUID": STUDY},
             "label": "recall", "readAt": READ_AT, "confidence": 0.8, "text": "with, comma\nand line"}
    assert receipt["reads"][0]["digest"] == canonical(whole)
    assert "confidence" in receipt["reads"][1]["reason"] and "ito" in receipt["reads"][2]["reason"]


@pytest.mark.parametrize("content, word", [
    (b"label,readAt,accession\r\nrecall,2026-11-20T12:10:00Z,A-1\r\n", "accession"),
    (b"label,readAt,accessionNumber\r\n", ""), (b"hello, doctor\n", ""), (b"\x00\x01\x02" * 100, ""), (b"{]}", "")])
def test_garbage_is_quarantined(site, content, word):
    receipt = site.take_document("sato", "diagnoses", "garbage.txt", content)
    assert receipt["status"] == "quarantined" and word in receipt["reason"] and receipt["reads"] == []
    held = site.json("quarantine", "list")
    assert [d["name"] for d in held["drops"]] == ["garbage.txt"] if "drops" in held else "garbage.txt" in json.dumps(held)


def test_hl7_messages_and_batches(tmp_path):
    site = ReadingSite(tmp_path / "site")
    site.put("A-1001", patient_id="P-9")
    site.put("A-1002", patient_id="P-9")
    site.run_once("--as-of", NOON)
    one = (FIXTURES / "diagnoses" / "one-read.hl7").read_bytes()
    reads = site.take_reads("sato", "one.hl7", one)
    assert statuses(reads) == ["sealed"] and reads[0]["exam"] == "northside_A-1001"
    assert reads[0]["digest"] == canonical({
        "reader": "sato", "label": "recall", "confidence": 0.8, "readAt": "2026-11-20T10:15:00+09:00",
        "exam": {"facility": "northside", "accessionNumber": "A-1001", "studyInstanceUID": uid("study", "A-1001")},
        "findings": [{"code": "BI-RADS-4", "text": "Suspicious"}, {"code": "CALC"}], "text": "Cluster, left upper outer.\nCompared with 2024."})
    batch = (FIXTURES / "diagnoses" / "batch-with-an-admission.hl7").read_bytes()
    receipt = site.take_document("sato", "diagnoses", "batch.hl7", batch)
    assert receipt["status"] == "partial" and statuses(receipt["reads"]) == ["duplicate", "refused", "refused"]
    assert "ADT" in receipt["reads"][1]["reason"] and "ITO" in receipt["reads"][2]["reason"]
    other = one.replace(b"P-9^^^NORTHSIDE", b"P-8^^^NORTHSIDE").replace(b"101500", b"101600")
    assert "P-8" in site.take_reads("sato", "other.hl7", other)[0]["reason"]
    for name in ("batch-miscounted.hl7", "batch-cut.hl7"):
        receipt = site.take_document("sato", "diagnoses", name, (FIXTURES / "diagnoses" / name).read_bytes())
        assert receipt["status"] in ("quarantined", "partial", "duplicate", "refused"), receipt


def test_hl7_of_a_number_that_two_facilities_have(tmp_path):
    site = ReadingSite(tmp_path / "site")
    site.put("A-1001", patient_id="P-9")
    site.put("A-1001", patient_id="P-9", party="southside")
    site.run_once("--as-of", NOON)
    one = (FIXTURES / "diagnoses" / "one-read.hl7").read_bytes()
    for issuer in ("NORTHSIDE", "SOUTHSIDE"):
        reads = site.take_reads("sato", f"{issuer}.hl7", one.replace(b"NORTHSIDE", issuer.encode()))
        assert [(r["status"], r["exam"]) for r in reads] == [("sealed", f"{issuer.lower()}_A-1001")]
    reads = site.take_reads("sato", "neither.hl7", one.replace(b"^^^NORTHSIDE", b""))
    assert statuses(reads) == ["refused"] and "name the facility" in reads[0]["reason"]


def test_a_number_that_two_facilities_have_and_one_of_them_asked(tmp_path):
    site = ReadingSite(tmp_path / "site", protocol(match={"facilities": ["southside"]}))
    site.put("A-1")
    site.put("A-1", party="southside")
    site.run_once("--as-of", NOON)
    answer = {**site.answer("sato", "recall", "southside_A-1"), "exam": {"accessionNumber": "A-1"}}
    assert [(r["status"], r["exam"]) for r in site.read("sato", answer)] == [("sealed", "southside_A-1")]


def structured_report(accession="A-1", study=STUDY, label=("397143007", "SCT"), observer="SATO^X", **changes):
    """An Enhanced SR with one coded statement."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian
    import io

    def code(value, scheme, meaning):
        item = Dataset()
        item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
        return item

    report = Dataset()
    report.SOPClassUID, report.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.22", uid("sr", accession, label)
    report.StudyInstanceUID, report.SeriesInstanceUID = study, uid("sr series", accession)
    report.Modality, report.AccessionNumber, report.PatientID, report.PatientName = "SR", accession, "P-1", "YAMADA^TARO"
    report.StudyDate, report.StudyTime, report.StudyID, report.SeriesNumber, report.InstanceNumber = "20261120", "101500", "1", "9", "1"
    report.ContentDate, report.ContentTime, report.TimezoneOffsetFromUTC = "20261120", "211000", "+0900"
    report.CompletionFlag, report.VerificationFlag = "COMPLETE", "UNVERIFIED"
    report.ValueType, report.ContinuityOfContent = "CONTAINER", "SEPARATE"
    report.ConceptNameCodeSequence = [code("11528-7", "LN", "Radiology Report")]
    person, answer = Dataset(), Dataset()
    person.RelationshipType, person.ValueType, person.PersonName = "HAS OBS CONTEXT", "PNAME", observer
    person.ConceptNameCodeSequence = [code("121008", "DCM", "Person Observer Name")]
    answer.RelationshipType, answer.ValueType = "CONTAINS", "CODE"
    answer.ConceptNameCodeSequence = [code("121071", "DCM", "Finding")]
    answer.ConceptCodeSequence = [code(*label, "answer")]
    report.ContentSequence = [person, answer]
    evidence, series, image = Dataset(), Dataset(), Dataset()
    image.ReferencedSOPClassUID, image.ReferencedSOPInstanceUID = "1.2.840.10008.5.1.4.1.1.1.2", IMAGE
    series.SeriesInstanceUID, series.ReferencedSOPSequence = uid("series", study, "1"), [image]
    evidence.StudyInstanceUID, evidence.ReferencedSeriesSequence = study, [series]
    report.CurrentRequestedProcedureEvidenceSequence = [evidence]
    for keyword, value in changes.items():
        setattr(report, keyword, value)
    meta = FileMetaDataset()
    meta.TransferSyntaxUID, meta.MediaStorageSOPClassUID = ExplicitVRLittleEndian, report.SOPClassUID
    meta.MediaStorageSOPInstanceUID, meta.ImplementationClassUID = report.SOPInstanceUID, "2.25.1"
    report.file_meta = meta
    buffer = io.BytesIO()
    report.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def test_a_structured_report(site):
    receipt = site.take_document("sato", "diagnoses", "report.dcm", structured_report())
    assert [(r["status"], r["exam"]) for r in receipt["reads"]] == [("sealed", "northside_A-1")], receipt
    site.all_read({"ito": "recall"})
    assert site.consensus()
    assert {r["reader"]: r["label"] for r in site.result()["reads"]} == {"sato": "recall", "ito": "recall"}
    assert statuses(site.take_reads("sato", "again.dcm", structured_report())) == ["duplicate"]


@pytest.mark.parametrize("changes, words", [
    ({"observer": "ITO^X"}, "ITO"), ({"label": ("999", "SCT")}, "label"), ({"study": "1.2.3", "accession": "A-1"}, "not of one exam"),
    ({"PatientID": "P-2"}, "P-2")])
def test_a_structured_report_that_is_refused(site, changes, words):
    read = site.take_reads("sato", "report.dcm", structured_report(**changes))[0]
    assert read["status"] == "refused" and words in read["reason"], read


# What changes a mind

def test_a_newer_read_replaces_the_older_and_an_older_that_comes_late_is_replaced(site):
    first = site.answer("sato", "normal")
    newer = site.answer("sato", "recall", at="2026-11-20T12:20:00Z")
    older = site.answer("sato", "benign", at="2026-11-20T12:05:00Z")
    assert statuses(site.read("sato", first)) == ["sealed"]
    read = site.read("sato", newer, name="newer.json")[0]
    assert read["status"] == "sealed" and canonical(first) in read["reason"]
    read = site.read("sato", older, name="older.json")[0]
    assert read["status"] == "replaced" and canonical(newer) in read["reason"]
    site.all_read({"ito": "recall"})
    site.consensus()
    assert {(r["reader"], r["label"]): r["counted"] for r in site.result()["reads"]} == {
        ("sato", "normal"): False, ("sato", "benign"): False, ("sato", "recall"): True, ("ito", "recall"): True}


def test_the_same_order_within_one_drop(site):
    newer = site.answer("sato", "recall", at="2026-11-20T12:20:00Z")
    assert statuses(site.read("sato", newer, site.answer("sato", "normal"), newer)) == ["sealed", "replaced", "duplicate"]


def test_a_read_is_withdrawn(site):
    first = site.answer("sato", "normal")
    site.read("sato", first)
    withdrawal = {**site.answer("sato", None, at="2026-11-20T12:20:00Z"), "retracts": canonical(first)}
    read = site.read("sato", withdrawal, name="2.json")[0]
    assert (read["status"], read["digest"]) == ("sealed", canonical(withdrawal))
    site.all_read({"ito": "recall", "weber": "recall"})
    site.consensus()
    result = site.result()
    assert [r["counted"] for r in result["reads"] if r["reader"] == "sato"] == [False] and result["label"] == "recall"
    # Nothing is left of what would be newer than a read of before.
    assert statuses(site.read("sato", site.answer("sato", "recall", at="2026-11-20T12:05:00Z"), name="3.json")) == ["sealed"]


def test_a_read_is_withdrawn_for_another(site):
    first = site.answer("sato", "normal")
    site.read("sato", first)
    instead = {**site.answer("sato", "recall"), "retracts": canonical(first).upper()}
    assert statuses(site.read("sato", instead, name="2.json")) == ["sealed"]
    site.all_read({"ito": "recall"})
    site.consensus()
    assert site.result()["label"] == "recall" and site.result()["posterior"]["recall"] == 1


# What is refused

@pytest.mark.parametrize("change, words", [
    ({"label": "malignant"}, "malignant"), ({"label": None}, "label"), ({"readAt": "2026-11-20T13:10:00Z"}, "future"),
    ({"readAt": None}, "readAt"), ({"readAt": "2026-11-20"}, "readAt"), ({"reader": "ito"}, "ito"),
    ({"exam": {"facility": "northside", "accessionNumber": "A-1", "studyInstanceUID": "1.2.3"}}, "not of one exam"),
    ({"exam": {"facility": "nowhere", "accessionNumber": "A-1"}}, "nowhere"), ({"exam": {"facility": "northside"}}, ""),
    ({"findings": [{"code": "X", "sopInstanceUID": "1.2.3"}]}, "1.2.3"), ({"packetVersion": 2}, "packetVersion 2"),
    ({"packetVersion": 0}, "packetVersion"), ({"round": 2}, "round"), ({"confidence": 1.2}, "confidence"),
    ({"retracts": "0" * 64}, "0000"), ({"retracts": "abc"}, "retracts"), ({"comment": "x"}, "comment"), ({"type": "report"}, "type"),
])
def test_a_read_is_refused_with_its_reason(site, change, words):
    receipt = site.take_document("sato", "diagnoses", "read.json", {**site.answer("sato", "recall"), **change})
    assert receipt["status"] == "refused" and statuses(receipt["reads"]) == ["refused"]
    assert words in receipt["reads"][0]["reason"] and receipt["reason"], receipt
    # What was refused stands in nobody's way.
    assert statuses(site.read("sato", site.answer("sato", "recall"), name="right.json")) == ["sealed"]


def test_a_technical_recall_is_a_label(site):
    assert "repeat" in site.exam_json("sato")["labels"]
    assert statuses(site.read("sato", site.answer("sato", "repeat"))) == ["sealed"]


def test_nobody_withdraws_the_read_of_another(site):
    first = site.answer("ito", "normal")
    site.read("ito", first)
    read = site.read("sato", {**site.answer("sato", None), "retracts": canonical(first)}, name="2.json")[0]
    assert read["status"] == "refused" and "no read of yours" in read["reason"]


def test_an_exam_that_a_reader_has_not_been_given(tmp_path):
    site = ReadingSite(tmp_path / "site", protocol(readers=["sato"], quorum=1, rule={"arbiter": None}))
    site.bring()
    answer = {**site.answer("sato", "recall"), "reader": "ito"}
    # Nothing tells an exam of others from one that is not there.
    read = site.read("ito", answer)[0]
    assert read["status"] == "waiting" and read["digest"] == canonical(answer)
    absent = {**answer, "exam": {"facility": "northside", "accessionNumber": "A-99", "studyInstanceUID": "1.2.99"}}
    none = site.read("ito", absent, name="none.json")[0]
    assert (none["status"], none["reason"], none["exam"]) == (read["status"], read["reason"], read["exam"])
    for key, other in (("mixed", {**absent["exam"], "accessionNumber": "A-1"}), ("part", {"facility": "northside", "accessionNumber": "A-1"})):
        answered = site.read("ito", {**answer, "exam": other}, name=f"{key}.json")[0]
        assert (answered["status"], answered["reason"], answered["exam"]) == ("waiting", read["reason"], None)
        assert answered["digest"] == canonical({**answer, "exam": other})
    reasons = [site.read("ito", {**answer, "exam": {"accessionNumber": a}}, name=f"{a}.json")[0]["reason"] for a in ("A-1", "A-99")]
    assert reasons[0] == reasons[1] and "name the facility" in reasons[0]
    assert statuses(site.read("ito", answer, name="again.json")) == ["duplicate"]
    read = site.read("sato", answer, name="for-ito.json")[0]
    assert read["status"] == "refused" and "'ito'" in read["reason"]
    site.run_once("--as-of", "2026-11-22T12:00:00Z")
    ends = {(r["status"], r["reason"]) for n in ("read.json", "none.json") for r in site.receipt(n, "ito")["reads"]}
    assert len(ends) == 1 and ends.pop()[0] == "refused"


def test_a_read_is_decided_once_its_reader_is_given_the_exam(tmp_path):
    site = ReadingSite(tmp_path / "site", protocol(readers=["sato"], quorum=1, rule={"arbiter": None}))
    site.bring()
    assert statuses(site.read("ito", {**site.answer("sato", "recall"), "reader": "ito"})) == ["waiting"]
    order = {"type": "assign", "id": "AS-1", "exam": {"facility": "northside", "accessionNumber": "A-1"}, "readers": ["ito"]}
    assert site.ask(OFFICE, order)[0]["status"] == "accepted"
    assert statuses(site.receipt("read.json", "ito")["reads"]) == ["sealed"]


def test_a_facility_gives_no_diagnosis(site):
    receipt = site.take_document("northside", "diagnoses", "read.json", site.answer("sato", "recall"))
    assert receipt["status"] == "refused" and receipt["reads"] == []


def test_a_read_of_the_packet_before(site):
    site.put(first=2)
    site.run_once("--as-of", AFTER)
    assert statuses(site.read("sato", site.answer("sato", "recall", packetVersion=1))) == ["sealed"]


# What waits

def early(accession="A-7", at=READ_AT, **more):
    return {"type": "diagnosis", "reader": "sato", "exam": {"facility": "northside", "accessionNumber": accession},
            "label": "recall", "readAt": at, **more}


def test_a_read_before_its_images_waits_and_is_sealed_with_them(site):
    receipt = site.take_document("sato", "diagnoses", "early.json", early())
    assert receipt["status"] == "accepted" and receipt["reads"][0]["status"] == "waiting"
    assert receipt["reads"][0]["exam"] is None and receipt["reads"][0]["reason"]
    site.bring("A-7", at=AFTER)
    after = site.receipt("early.json", "sato")["reads"][0]
    assert (after["status"], after["exam"], after["digest"]) == ("sealed", "northside_A-7", receipt["reads"][0]["digest"])
    assert len(site.receipts("sato")) == 1
    for again in (early(), site.answer("sato", "recall", "northside_A-7", packetVersion=None)):
        assert statuses(site.read("sato", again, name="again.json")) == ["duplicate"]


def test_a_read_that_waits_is_judged_like_any_other(site):
    site.take_document("sato", "diagnoses", "early.json", [early(), early(at="2026-11-20T12:11:00Z", label="malignant"), early("A-8")])
    site.bring("A-7", at=AFTER)
    receipt = site.receipt("early.json", "sato")
    assert statuses(receipt["reads"]) == ["sealed", "refused", "waiting"] and receipt["status"] == "partial"


def test_a_read_whose_exam_never_comes_is_refused_in_the_end(site):
    site.take_document("sato", "diagnoses", "early.json", early())
    site.run_once("--as-of", "2026-11-22T00:59:59Z")
    assert site.receipt("early.json", "sato")["reads"][0]["status"] == "waiting"
    site.run_once("--as-of", "2026-11-22T01:00:01Z")
    receipt = site.receipt("early.json", "sato")
    assert receipt["reads"][0]["status"] == "refused" and "36 h" in receipt["reads"][0]["reason"]
    assert receipt["status"] == "refused"


def test_a_text_that_is_cut_off_waits_for_its_rest(site):
    content = json.dumps(site.answer("sato", "recall")).encode()
    path = site.drop_file("read.json", content[:-20], "sato", "diagnoses", attested=False)
    site.run_once("--as-of", NOON)
    assert not site.receipts("sato") and path.exists()
    site.run_once("--as-of", "2026-11-22T12:00:00Z")
    receipt = site.receipts("sato")["diagnoses.read.json.incomplete.json"]
    assert receipt["missing"] == ["read.json"]
    path.write_bytes(content)
    site.run_once("--as-of", "2026-11-22T12:00:00Z")
    receipt = site.receipt("read.json", "sato")
    assert receipt["status"] == "accepted" and receipt["drop"]["attested"] is False and len(site.receipts("sato")) == 1


@pytest.mark.parametrize("content", [b'{"type": "diagnosis",, "label": 1}\n', b"label,readAt,accession\nrecall,2026-11-20T12:10:00Z,A-1\n"])
def test_what_is_plainly_wrong_is_not_waited_for(site, content):
    receipt = site.take_document("sato", "diagnoses", "wrong", content, attested=False)
    assert receipt["status"] == "quarantined"


def test_a_folder_is_no_diagnosis(site, tmp_path):
    folder = bundles.make_folder(tmp_path, "reads", {"read.json": json.dumps(site.answer("sato", "recall")).encode()})
    site.drop(folder, "sato", "diagnoses")
    site.run_once("--as-of", AFTER)
    assert site.receipt("reads", "sato")["status"] == "refused"


def test_a_second_file_of_the_same_name_and_bytes(site):
    answer = site.answer("sato", "recall")
    site.read("sato", answer)
    assert site.take_document("sato", "diagnoses", "read.json", answer)["status"] == "duplicate"
    assert sorted(site.receipts("sato"))[0].endswith(".2.json") and len(site.receipts("sato")) == 2
