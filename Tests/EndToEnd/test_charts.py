"""Every form of chart: the contract's JSON, FHIR R4, HL7 v2; its text whole, what is wrong with it said by place."""

import json

import pytest
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.core import Message

from dicom_files import uid
from lending_site import NOON
from liaison_site import LiaisonSite, chart_of, visit
from result_encodings import fhir_faults, hl7_faults

EXAM = "northside_A-1"
LATER = "2026-11-21T14:00:00Z"
NAME = "YAMADA^TARO=山田^太郎=ヤマダ^タロウ"


@pytest.fixture
def site(tmp_path):
    site = LiaisonSite(tmp_path / "site")
    site.store("A-1", 1)
    site.run_once("--as-of", NOON)
    return site


def statuses(receipt):
    return [i["status"] for i in receipt["items"]]


def entries(site, patient="NORTHSIDE_P-1"):
    return {e["name"]: e for e in site.page(patient)["chart"]["entries"]}


# HL7


def message(structure, trigger, control="1", patient="P-1", charset=None):
    """A message of another program's making, with MSH and PID filled in."""
    code = structure.split("_")[0]
    made = Message(structure, version="2.5.1", validation_level=VALIDATION_LEVEL.TOLERANT)
    made.msh.msh_7 = "20261120100000+0900"
    made.msh.msh_9 = f"{code}^{trigger}^{structure}"
    made.msh.msh_10 = control
    made.msh.msh_11 = "P"
    if charset:
        made.msh.msh_18 = charset
    segment = f"PID|1||{patient}^^^NORTHSIDE^MR||YAMADA^TARO||19700201|M"
    return made, segment


def er7(structure, trigger, *segments, **options):
    made, pid = message(structure, trigger, **options)
    text = "\r".join([made.msh.to_er7(), *(s.replace("{PID}", pid) for s in segments)]) + "\r"
    return text


def order(number="O-1", accession="A-1", **options):
    return er7("ORM_O01", "O01", "{PID}", "PV1|1|O|MAMMO||||||||||||||||V-7", f"ORC|NW|{number}|{accession}",
               f"OBR|1|{number}|{accession}|MG^Screening mammography|||20261120093000+0900", **options)


def report():
    return er7("ORU_R01", "R01", "{PID}", "PV1|1|O|MAMMO||||||||||||||||V-7", "ORC|RE|O-1|A-1",
               "OBR|1|O-1|A-1|MG^Screening mammography|||20261120093000+0900|||||||||||||||20261120110000+0900|||F",
               "OBX|1|TX|GDT^Report||No mass.\\.br\\A \\T\\ B \\F\\ C||||||F",
               "OBX|2|NM|SIZE^Size||12|mm|||||F", control="2")


def admission():
    return er7("ADT_A01", "A04", "EVN||20261118080000+0900", "{PID}", "PV1|1|O|MAMMO||||||||||||||||V-7",
               "DG1|1||N63^Lump in breast^ICD-10||20261118|W")


def letter(type="LETTER"):
    return er7("MDM_T02", "T02", "EVN||20261120", "{PID}", "PV1|1|O",
               f"TXA|1|{type}|TX|20261120120000+0900||||||||D-5|||A-1||AU",
               "OBX|1|TX|LETTER^Letter||Dear colleague||||||F")


def merge():
    return er7("ADT_A39", "A40", "EVN||20261121", "{PID}", "MRG|P-1^^^NORTHSIDE^MR", patient="P-2", control="9")


@pytest.mark.needs_no_filmroom
@pytest.mark.parametrize("content", [report(), admission(), letter(), merge()], ids=["report", "visit", "document", "merge"])
def test_a_strict_reader_takes_the_messages_of_these_tests(content):
    """What is taken here is what others write."""
    assert hl7_faults(content.encode()) == []


@pytest.mark.needs_no_filmroom
def test_a_strict_reader_takes_the_order_of_these_tests():
    """But that it asks for all of the segments of which an order has one of: OBR, RQD, RQ1, RXO, ODS or ODT."""
    fault, = hl7_faults(order().encode())
    assert fault.endswith("Missing required child ORM_O01_OBRRQDRQ1RXOODSODT_SUPPGRP.RQD")


def test_an_order_and_its_report_come_as_hl7(site):
    receipt = site.chart((order() + report()).encode(), name="day.hl7")
    assert receipt["status"] == "accepted", receipt
    assert [i["id"] for i in receipt["items"]] == [
        "Patient/P-1", "ServiceRequest/O-1", "Patient/P-1", "DiagnosticReport/A-1"]
    assert site.linked() == {
        ("ServiceRequest/O-1", EXAM): ("accessionNumber", "exact"),
        ("DiagnosticReport/A-1", EXAM): ("accessionNumber", "exact")}
    told = entries(site)["DiagnosticReport/A-1"]
    assert told["text"] == "No mass.\nA & B | C\nSize: 12 mm"
    assert (told["status"], told["time"]) == ("final", "2026-11-20T09:30:00+09:00")


def test_a_visit_with_its_diagnosis_takes_the_exam_of_its_order(site):
    site.chart((admission() + order()).encode(), name="day.hl7")
    assert site.linked() == {
        ("Encounter/V-7", EXAM): ("encounter", "probable"),
        ("Condition/V-7/N63", EXAM): ("encounter", "probable"),
        ("ServiceRequest/O-1", EXAM): ("accessionNumber", "exact")}
    assert entries(site)["Encounter/V-7"]["time"] == "2026-11-18T08:00:00+09:00"


def test_a_batch_is_taken_but_for_what_is_wrong_in_it(site):
    odd = order("O-2").replace("ORM^O01", "ORM^O99")
    bad = order("O-3").replace("|O-3|A-1", "||")
    batch = "FHS|^~\\&\rBHS|^~\\&\r" + order() + odd + bad + "BTS|3\rFTS|1\r"
    receipt = site.chart(batch.encode(), name="batch.hl7")
    assert receipt["status"] == "partial"
    assert statuses(receipt) == ["accepted", "accepted", "refused", "duplicate", "refused"]
    refused = [i["reason"] for i in receipt["items"] if i["reason"]]
    assert "message 2, MSH[1]-9" in refused[0] and "ORM^O99" in refused[0]
    assert "message 3, OBR[1]" in refused[1] and "missing" in refused[1]
    assert site.linked().keys() == {("ServiceRequest/O-1", EXAM)}
    cut = site.chart(("FHS|^~\\&\rBHS|^~\\&\r" + order() + "BTS|2\rFTS|1\r").encode(), name="cut.hl7")
    assert cut["status"] == "quarantined" and "counts 2 messages" in cut["reason"]


def test_a_document_comes_as_mdm(site):
    # With a name for people in TXA-2, which is no code alone: many write one there.
    text = letter("LETTER^Letter to the doctor")
    assert site.chart(text.encode(), name="letter.hl7")["status"] == "accepted"
    told = entries(site)["DocumentReference/D-5"]
    assert (told["title"], told["text"], told["kind"]) == ("Letter to the doctor", "Dear colleague", "document")
    assert told["links"] == [{"exam": EXAM, "by": "accessionNumber", "certainty": "exact"}]


def test_a_merge_moves_links_and_says_so(site):
    site.chart(chart_of(visit("E1", accession="A-1", title="Visit")))
    receipt = site.chart(merge().encode(), name="merge.hl7", at=LATER)
    assert statuses(receipt) == ["accepted", "accepted"]
    assert site.linked("NORTHSIDE_P-2") == {("E1", EXAM): ("accessionNumber", "exact")}
    links = site.links("NORTHSIDE_P-2")
    assert links["merged"] == [{"patientID": "P-1", "issuerOfPatientID": "NORTHSIDE"}] and links["held"] == []
    old = site.links("NORTHSIDE_P-1")
    assert old["mergedInto"]["patientID"] == "P-2" and old["links"] == []
    successor = site.page("NORTHSIDE_P-1")["chart"]["successor"]
    assert (site.liaison("NORTHSIDE_P-1") / successor["path"]).resolve().is_file()
    assert len(site.deliveries()) == 1
    again = site.chart(merge().encode(), name="again.hl7", at=LATER)
    assert again["status"] == "duplicate"


def test_a_japanese_name_in_iso_2022_ir_87_reaches_the_page_whole(site):
    made, _ = message("ORU_R01", "R01", charset="ISO IR6~ISO IR87")
    def kanji(text):
        return text.encode("iso2022_jp")
    lines = [
        made.msh.to_er7().replace("\\R\\", "~").encode(),
        b"PID|1||P-1^^^NORTHSIDE^MR||YAMADA^TARO^^^^^^A~" + kanji("山田") + b"^" + kanji("太郎") + b"^^^^^^I~"
        + kanji("ヤマダ") + b"^" + kanji("タロウ") + b"^^^^^^P||19700201|M",
        b"OBR|1||A-1|MG^" + kanji("乳房撮影") + b"|||20261120093000+0900",
        b"OBX|1|TX|GDT||" + kanji("所見なし。次回は一年後。") + b"||||||F"]
    receipt = site.chart(b"\r".join(lines) + b"\r", name="kanji.hl7")
    assert receipt["status"] == "accepted", receipt
    told = entries(site)["DiagnosticReport/A-1"]
    assert (told["title"], told["text"]) == ("乳房撮影", "所見なし。次回は一年後。")
    assert site.page()["patient"]["name"] == "YAMADA, TARO (山田 太郎)"
    broken = site.chart(b"\r".join(lines).replace(b"ISO IR87", b"ISO IR999", 1) + b"\r", name="broken.hl7")
    assert statuses(broken) == ["refused"] and "MSH[1]-18" in broken["items"][0]["reason"]


# FHIR


def reference(type, id):
    return {"reference": f"{type}/{id}"}


def bundle(*resources):
    return {"resourceType": "Bundle", "type": "collection", "entry": [
        {"fullUrl": f"urn:uuid:0000-{n}", "resource": r} for n, r in enumerate(resources)]}


PATIENT = {
    "resourceType": "Patient", "id": "p1", "gender": "male", "birthDate": "1970-02-01",
    "identifier": [
        {"system": "urn:national", "value": "999"},
        {"type": {"coding": [{"code": "MR"}]}, "value": "P-1", "assigner": {"display": "NORTHSIDE"}}],
    "name": [{"family": "YAMADA", "given": ["TARO"]}, {"family": "山田", "given": ["太郎"]}]}
SUBJECT = reference("Patient", "p1")
ORDER = {
    "resourceType": "ServiceRequest", "id": "s1", "status": "active", "intent": "order", "subject": SUBJECT,
    "identifier": [{"type": {"coding": [{"code": "ACSN"}]}, "value": "A-1"}], "encounter": reference("Encounter", "e1"),
    "code": {"text": "乳房撮影"}, "authoredOn": "2026-11-19"}
REPORT = {
    "resourceType": "DiagnosticReport", "id": "r1", "status": "amended", "subject": SUBJECT, "code": {"text": "Report"},
    "basedOn": [reference("ServiceRequest", "s1")], "effectiveDateTime": "2026-11-20T10:00:00+09:00",
    "conclusion": "所見なし"}
STUDY = {
    "resourceType": "ImagingStudy", "id": "i1", "status": "available", "subject": {"reference": "urn:uuid:0000-0"},
    "identifier": [{"system": "urn:dicom:uid", "value": f"urn:oid:{uid('study', 'A-1')}"}], "started": "2026-11-20"}
ENCOUNTER = {
    "resourceType": "Encounter", "id": "e1", "status": "finished", "class": {"code": "AMB", "display": "ambulatory"},
    "subject": SUBJECT, "period": {"start": "2026-11-18T09:00:00+09:00"}}
CONDITION = {
    "resourceType": "Condition", "id": "c1", "subject": {"reference": "https://ehr.example/fhir/Patient/p1"},
    "encounter": reference("Encounter", "e1"), "code": {"coding": [{"code": "N63", "display": "Lump"}]}}
DOCUMENT = {
    "resourceType": "DocumentReference", "id": "d1", "status": "current", "type": {"text": "Letter"},
    "subject": {"identifier": {"value": "P-1", "assigner": {"display": "NORTHSIDE"}}}, "date": "2026-11-20T09:00:00Z",
    "content": [{"attachment": {"contentType": "text/plain; charset=UTF-8", "data": "44GU5aCx5ZGK"}}]}
DOCTOR = {"resourceType": "Practitioner", "id": "x"}


@pytest.mark.needs_no_filmroom
def test_validators_take_the_resources_of_these_tests():
    whole = bundle(PATIENT, ORDER, REPORT, STUDY, ENCOUNTER, CONDITION, DOCUMENT, DOCTOR)
    assert fhir_faults(json.dumps(whole).encode()) == []


def test_a_fhir_bundle_is_taken_resource_by_resource(site):
    receipt = site.chart(bundle(PATIENT, ORDER, REPORT, STUDY, ENCOUNTER, CONDITION, DOCUMENT, DOCTOR), name="b.json")
    assert receipt["status"] == "accepted", receipt
    assert [i["id"] for i in receipt["items"]] == [
        "Patient/P-1", "ServiceRequest/s1", "DiagnosticReport/r1", "ImagingStudy/i1", "Encounter/e1", "Condition/c1",
        "DocumentReference/d1"]
    assert site.linked() == {
        ("ServiceRequest/s1", EXAM): ("accessionNumber", "exact"),
        ("DiagnosticReport/r1", EXAM): ("accessionNumber", "exact"),
        ("ImagingStudy/i1", EXAM): ("studyInstanceUID", "exact"),
        ("Encounter/e1", EXAM): ("encounter", "probable"), ("Condition/c1", EXAM): ("encounter", "probable"),
        ("DocumentReference/d1", EXAM): ("date", "probable")}
    told = entries(site)
    assert (told["DiagnosticReport/r1"]["text"], told["DiagnosticReport/r1"]["status"]) == ("所見なし", "amended")
    assert (told["ServiceRequest/s1"]["title"], told["DocumentReference/d1"]["text"]) == ("乳房撮影", "ご報告")
    assert site.page()["patient"]["name"] == "YAMADA, TARO (山田 太郎)"


def test_a_resource_that_cannot_be_taken_is_refused_by_itself(site):
    orphan = {**REPORT, "id": "r2", "subject": reference("Patient", "nobody")}
    late = {**ORDER, "id": "s2", "authoredOn": "2026-13-19"}
    receipt = site.chart(bundle(PATIENT, ORDER, orphan, late, {"resourceType": "ServiceRequst"}), name="b.json")
    assert (receipt["status"], statuses(receipt)) == (
        "partial", ["accepted", "accepted", "refused", "refused", "refused"])
    reasons = [i["reason"] for i in receipt["items"][2:]]
    assert "/entry/2/resource/subject" in reasons[0] and "leads to no patient" in reasons[0]
    assert "/entry/3/resource/authoredOn" in reasons[1] and "2026-13-19" in reasons[1]
    assert "did you mean 'ServiceRequest'?" in reasons[2]
    broken = site.chart(json.dumps(bundle(PATIENT))[:-3].encode(), name="cut.json")
    assert broken["status"] == "quarantined" and "line 1" in broken["reason"]


def test_what_was_entered_by_mistake_is_linked_to_nothing(site):
    site.chart(bundle(PATIENT, REPORT, ORDER), name="b.json")
    assert ("DiagnosticReport/r1", EXAM) in site.linked()
    site.chart(bundle(PATIENT, {**REPORT, "status": "entered-in-error"}, ORDER), name="c.json", at=LATER)
    assert site.linked().keys() == {("ServiceRequest/s1", EXAM)}


def test_the_same_chart_in_three_forms_is_one_patient(site):
    site.chart(chart_of(visit("E1"), issuer="NORTHSIDE", name=NAME))
    site.chart(order().encode(), name="order.hl7")
    site.chart(bundle(PATIENT, REPORT, ORDER), name="b.json")
    assert site.patients() == ["NORTHSIDE_P-1"]
    assert entries(site).keys() == {"E1", "ServiceRequest/O-1", "DiagnosticReport/r1", "ServiceRequest/s1"}
    assert len(site.deliveries()) == 1
