"""Results reach a facility's chart systems in their formats: all say the same, validators take them, a repetition is the
same to the byte, and what is corrected is told as that."""

import io
import json
import sqlite3

import pydicom
import pytest
import yaml
from pypdf import PdfReader

import result_encodings as encodings
from dicom_files import dicom_bytes, uid
from reading_site import READERS, ReadingSite, at, entry, image_uid
from result_encodings import ENDINGS

FORMATS = list(ENDINGS)
NAME = {"A": "YAMADA^TARO", "I": "山田^太郎", "P": "やまだ^たろう"}
TEXT = "左乳房に腫瘤。\n次回は六か月後 | 要精査 & ~ \\ ^"
FINDING = {"code": "BI-RADS-4", "laterality": "L", "sopInstanceUID": image_uid("A-1"), "x": 812, "y": 300.5, "text": "棘状"}
EHR = {"id": "ehr", "facility": "northside", "formats": [*FORMATS]}
JAPANESE = {"id": "karte", "facility": "northside", "formats": [*FORMATS], "characterSet": "ISO-2022-JP"}
PAPER = {"id": "paper", "facility": "northside", "formats": ["pdf", "dicomPDF"]}
OTHER = {"id": "other", "facility": "southside", "formats": [*FORMATS]}
PEOPLE = {"sato": "SATO^JIRO=佐藤^次郎", "ito": "ITO^HANA", "weber": "WEBER^MAX"}


class ChartSite(ReadingSite):
    def __init__(self, root, systems=(EHR, JAPANESE, PAPER, OTHER), protocol=None):
        super().__init__(root, protocol, [entry(id, personName=PEOPLE[id]) for id in READERS])
        self.systems(*systems)

    def systems(self, *systems):
        self.adjust("parties", chartSystems=list(systems))

    def exam(self, accession="A-1", minute=0, **attributes):
        self.drop_file(f"{accession}.dcm", dicom_bytes(accession, rows=8, columns=8, **{
            "name": "=".join(NAME.values()), "SpecificCharacterSet": ["", "ISO 2022 IR 87"], "PatientBirthDate": "19700201",
            "PatientSex": "M", **attributes}))
        self.run_at(minute)
        self.run_at(minute + 15)

    def determine(self, minute):
        self.consensus(minute)
        self.run_at(minute + 1)

    def file(self, form, version=1, party="ehr", accession="A-1"):
        return self.results(party) / f"northside_{accession}.v{version}.{ENDINGS[form]}"

    def content(self, *place, **options):
        return self.file(*place, **options).read_bytes()

    def all_files(self, party="ehr"):
        return {p.name: p.read_bytes() for p in sorted(self.results(party).iterdir()) if not p.name.startswith(".")}


def read_all(site, text=TEXT, labels=("recall", "recall", "normal"), minute=20, accession="A-1", findings=(FINDING,)):
    for reader, label in zip(READERS, labels):
        site.read(reader, {accession: label}, minute, text=text, findings=list(findings),
                  readAt="2026-11-20T19:20:00+09:00")
    site.run_at(minute + 10)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A result, and its correction."""
    site = ChartSite(tmp_path_factory.mktemp("charts") / "site")
    site.exam()
    read_all(site)
    site.determine(40)
    site.read("sato", {"A-1": "normal"}, 50, text="所見なし")
    site.run_at(51)
    site.determine(60)
    return site


def said(site, form, version=1, party="ehr"):
    reader = {"fhir": encodings.fhir, "sr": encodings.sr}.get(form, encodings.hl7)
    return reader(site.content(form, version, party))


@pytest.mark.parametrize("party", ["ehr", "karte"])
@pytest.mark.parametrize("version", [1, 2])
def test_all_encodings_say_the_same(told, version, party):
    expected = {
        "patientID": "P-1", "issuer": "NORTHSIDE", "name": NAME, "birthDate": "19700201", "sex": "M", "accession": "A-1",
        "study": uid("study", "A-1"), "document": f"northside_A-1.v{version}",
        "status": "final" if version == 1 else "amended", "at": encodings.instant(at(40 if version == 1 else 60)),
        "label": "recall" if version == 1 else "normal",
    }
    finding = f"BI-RADS-4, left: 棘状 (812, 300.5 of image {image_uid('A-1')})"
    statements = {"ito": f"recall\n{finding}\n{TEXT}", "sato": f"recall\n{finding}\n{TEXT}",
                  "weber": f"normal\n{finding}\n{TEXT}"}
    if version == 2:
        statements["sato"] = "normal\n所見なし"
    read_at = {reader: encodings.instant("2026-11-20T19:20:00+09:00") for reader in READERS}
    if version == 2:
        read_at["sato"] = encodings.instant(at(50))
    opinions = {PEOPLE[r].split("=")[0]: (read_at[r], statements[r]) for r in READERS}
    conclusions = set()
    for form in FORMATS:
        found = said(told, form, version, party)
        conclusions.add(found.pop("conclusion"))
        names = found.pop("opinions")
        assert {n.split("=")[0]: rest for n, *rest in names} == {n: list(o) for n, o in opinions.items()}, form
        assert found == expected, form
    document = told.result("A-1", version)
    assert conclusions == {": ".join(filter(None, [document["label"], document["reason"]]))}


@pytest.mark.parametrize("party", ["ehr", "karte"])
@pytest.mark.parametrize("version", [1, 2])
def test_validators_take_every_encoding(told, version, party):
    for form in ("hl7", "hl7Batch", "mdm"):
        assert encodings.hl7_faults(told.content(form, version, party)) == [], form
    assert encodings.fhir_faults(told.content("fhir", version, party)) == []
    report = told.file("sr", version, party)
    assert encodings.dicom_faults(report) == []
    shown, faults = encodings.dump(report)
    assert faults == [] and b"BI-RADS-4, left" in shown and b'PNAME:(121008,DCM,"Person Observer Name")="ITO^HANA"' in shown


def test_the_validators_of_this_test_see_faults(told):
    """A validator that takes everything proves nothing."""
    message = told.content("hl7")
    assert encodings.hl7_faults(message.replace(b"|ORU^R01^ORU_R01|", b"|ORU^R01^ADT_A01|"))
    assert encodings.hl7_faults(message.replace(b"\rPV1|1|U\r", b"\rPV1|1\r"))
    bundle = told.content("fhir")
    for right, wrong in ((b'"valueString"', b'"valueTex"'), (b'"status":"final"', b'"status":"done"'),
                         (b'"resourceType":"Practitioner"', b'"resourceType":"Doctor"')):
        assert right in bundle and encodings.fhir_faults(bundle.replace(right, wrong)), wrong


def test_a_japanese_name_and_text_survive_every_path(told):
    messages = [told.content(form, 1, "karte") for form in ("hl7", "hl7Batch", "mdm")]
    for message in messages:
        assert b"|ASCII~ISO IR87\r" in message and max(message) < 0x80
        assert "山田".encode("iso2022_jp") in message and "左乳房に腫瘤。".encode("iso2022_jp") in message
        assert encodings.hl7(message)["name"] == NAME
    report = told.content("sr", 1, "karte")
    assert pydicom.dcmread(io.BytesIO(report)).SpecificCharacterSet == ["", "ISO 2022 IR 87"] and max(
        report[report.index(b"YAMADA"):report.index(b"YAMADA") + 64]) < 0x80
    assert pydicom.dcmread(told.file("sr")).SpecificCharacterSet == "ISO_IR 192"
    for party in ("ehr", "karte"):
        assert encodings.sr(told.content("sr", 1, party))["name"] == NAME
        assert encodings.fhir(told.content("fhir", 1, party))["name"] == NAME
    page = (told.results("northside") / "northside_A-1.v1.html").read_text()
    assert "左乳房に腫瘤。" in page and "棘状" in page
    packet = (told.outbound("sato", "worklists") / "northside_A-1" / "index.html").read_text()
    assert "山田" in packet and "太郎" in packet


def test_what_is_corrected_is_told_as_that(told):
    for form in ("hl7", "hl7Batch", "mdm"):
        first, second = (encodings.hl7_messages(told.content(form, v))[0] for v in (1, 2))
        assert {o.split("|")[11] for o in second.split("\r") if o.startswith("OBX")} == {"C"}
        assert "|RAD|F\r" in first and "|RAD|C\r" in second
    first, second = (encodings.hl7_messages(told.content("mdm", v))[0] for v in (1, 2))
    assert "|MDM^T02^MDM_T02|" in first and "|MDM^T10^MDM_T02|" in second
    parents = [next(s for s in m.split("\r") if s.startswith("TXA")).split("|")[13] for m in (first, second)]
    assert parents == ["", "northside_A-1.v1"]
    reports = [json.loads(told.content("fhir", v))["entry"][-1] for v in (1, 2)]
    assert [r["resource"]["status"] for r in reports] == ["final", "amended"]
    assert reports[0]["fullUrl"] == reports[1]["fullUrl"]
    assert [r["resource"]["meta"]["versionId"] for r in reports] == ["1", "2"]
    former, latter = (pydicom.dcmread(told.file("sr", v)) for v in (1, 2))
    assert "PredecessorDocumentsSequence" not in former
    reference = latter.PredecessorDocumentsSequence[0]
    assert reference.StudyInstanceUID == former.StudyInstanceUID
    series = reference.ReferencedSeriesSequence[0]
    assert series.SeriesInstanceUID == former.SeriesInstanceUID == latter.SeriesInstanceUID
    assert series.ReferencedSOPSequence[0].ReferencedSOPInstanceUID == former.SOPInstanceUID != latter.SOPInstanceUID
    assert series.ReferencedSOPSequence[0].ReferencedSOPClassUID == former.SOPClassUID


@pytest.mark.parametrize("version", [1, 2])
def test_a_printed_report_in_its_envelope_says_the_same(told, version):
    plain = (told.results("paper") / f"northside_A-1.v{version}.pdf").read_bytes()
    path = told.results("paper") / f"northside_A-1.v{version}.pdf.dcm"
    assert encodings.dicom_faults(path) == []
    envelope = pydicom.dcmread(path)
    assert envelope.SOPClassUID == "1.2.840.10008.5.1.4.1.1.104.1"
    assert envelope.EncapsulatedDocument[:envelope.EncapsulatedDocumentLength] == plain
    assert envelope.MIMETypeOfEncapsulatedDocument == "application/pdf" and len(envelope.SourceInstanceSequence) == 1
    report = said(told, "sr", version)
    header = encodings.dicom_header(envelope)
    assert header == {key: report[key] for key in header}
    assert envelope.DocumentTitle == f"Result of examination {report['document']} ({report['status']})"
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(plain)).pages).split())
    # Paper has the texts without what only parts their lines, and a name as people write it.
    for part in ("YAMADA, TARO (山田 太郎)", report["patientID"], report["issuer"], report["accession"], report["label"],
                 "Final." if version == 1 else "Corrected: supersedes version 1.", "左乳房に腫瘤。 次回は六か月後", "棘状"):
        assert part in text, part
    assert report["study"] in text.replace(" ", "")
    pages = [told.results("paper") / f"northside_A-1.v{v}.pdf.dcm" for v in (1, 2)]
    first, second = (pydicom.dcmread(p, stop_before_pixels=True) for p in pages)
    assert first.SeriesInstanceUID == second.SeriesInstanceUID and first.SOPInstanceUID != second.SOPInstanceUID


def test_a_report_names_its_images_as_evidence(told):
    evidence = pydicom.dcmread(told.file("sr")).CurrentRequestedProcedureEvidenceSequence
    assert [item.StudyInstanceUID for item in evidence] == [uid("study", "A-1")]
    images = [i.ReferencedSOPInstanceUID for s in evidence[0].ReferencedSeriesSequence for i in s.ReferencedSOPSequence]
    assert images == [image_uid("A-1")]


def test_nobody_else_is_told(told):
    folder = told.results("other")
    assert not folder.exists() or not list(folder.iterdir())
    for party in ("office", "northside"):
        assert {p.name.split(".", 2)[2].removesuffix(".sha256") for p in told.results(party).glob("northside_A-1.*")} == {
            "json", "html", "csv"}


def test_control_ids_are_as_many_as_messages(told):
    """One for each version, recipient and form."""
    ids = [encodings.control_ids(told.content(form, version, party))[0]
           for form in ("hl7", "hl7Batch", "mdm") for version in (1, 2) for party in ("ehr", "karte")]
    assert len(set(ids)) == 12 and all(len(i) == 20 for i in ids)
    uids = {pydicom.dcmread(told.file("sr", v, p)).SOPInstanceUID for v in (1, 2) for p in ("ehr", "karte")}
    assert len(uids) == 4


def test_the_chart_intake_of_this_product_takes_what_it_writes(told):
    """The facility's own systems may pass on what they got."""
    for form, version in (("hl7", 2), ("mdm", 1), ("fhir", 2)):
        name = f"again.{ENDINGS[form]}"
        told.drop_file(name, told.content(form, version, "karte"), "northside", "charts")
        told.run_at(70)
        receipt = told.receipt(name, "northside")
        wrong = [i for i in receipt["items"] if i["status"] == "refused" and "not supported" not in i["reason"]]
        assert receipt["status"] in ("accepted", "partial") and not wrong, receipt
    links = json.loads((told.outbound("northside", "liaison") / "NORTHSIDE_P-1" / "links.json").read_text())
    assert {x["exam"] for x in links["links"]} == {"northside_A-1"}


# Repetition


def withdraw(site):
    """Nobody picks anything up for longer than the site keeps it."""
    site.run_once("--as-of", "2027-06-01T10:00:00Z", seconds=120)


def test_a_repetition_is_the_same_to_the_byte_whatever_is_configured_meanwhile(tmp_path):
    site = ChartSite(tmp_path / "site")
    site.exam()
    read_all(site)
    site.determine(40)
    before = {party: site.all_files(party) for party in ("ehr", "karte", "paper")}
    assert len(before["ehr"]) == 2 * len(FORMATS) and len(before["paper"]) == 4
    site.determine(50)
    assert {party: site.all_files(party) for party in before} == before
    withdraw(site)
    assert not any(site.all_files(party) for party in before)
    parties = yaml.safe_load((site.root / "pipelines/parties.yaml").read_text())
    parties["site"]["name"] = "Another name"
    parties["readers"] = [entry(id, personName="SOMEBODY^ELSE") for id in READERS]
    parties["chartSystems"] = [{**EHR, "name": "Other charts"}, {**JAPANESE, "characterSet": "UTF-8"}, PAPER]
    site.configure("parties", parties)
    order = {"type": "result", "id": "Q-1", "exam": {"facility": "northside", "accessionNumber": "A-1"}}
    site.drop_file("again.json", json.dumps(order).encode(), "office", "requests")
    site.run_once("--as-of", "2027-06-01T11:00:00Z", seconds=120)
    assert {party: site.all_files(party) for party in before} == before


def test_who_comes_later_is_told_of_what_comes_later(tmp_path):
    site = ChartSite(tmp_path / "site", [EHR])
    site.exam()
    read_all(site)
    site.determine(40)
    site.systems(EHR, JAPANESE)
    site.read("sato", {"A-1": "normal"}, 50)
    site.run_at(51)
    site.determine(60)
    assert not site.file("hl7", 1, "karte").exists()
    message = encodings.hl7_messages(site.content("mdm", 2, "karte"))[0]
    # It corrects what others acted upon, and replaces nothing that this system has.
    assert "|MDM^T02^MDM_T02|" in message and "|RAD|C\r" in message
    assert "PredecessorDocumentsSequence" not in pydicom.dcmread(site.file("sr", 2, "karte"))
    assert "PredecessorDocumentsSequence" in pydicom.dcmread(site.file("sr", 2))


def test_a_rebuilt_catalogue_knows_what_was_told(tmp_path):
    site = ChartSite(tmp_path / "site", [EHR])
    site.exam()
    read_all(site)
    site.determine(40)
    before = site.all_files()
    site.command("rebuild", seconds=120)
    site.read("sato", {"A-1": "normal"}, 50)
    site.run_at(51)
    site.determine(60)
    former, latter = (pydicom.dcmread(site.file("sr", v)) for v in (1, 2))
    predecessor = latter.PredecessorDocumentsSequence[0].ReferencedSeriesSequence[0].ReferencedSOPSequence[0]
    assert predecessor.ReferencedSOPInstanceUID == former.SOPInstanceUID
    assert {n: c for n, c in site.all_files().items() if ".v1." in n} == before


def test_a_catalogue_from_before_gets_the_table(tmp_path):
    """Results that were determined before have no row, and are told to nobody."""
    site = ChartSite(tmp_path / "site", [])
    site.exam()
    read_all(site)
    site.determine(40)
    with sqlite3.connect(site.root / "archive/catalog.sqlite") as database:
        assert database.execute("SELECT COUNT(*) FROM chart_result").fetchone() == (0,)
        database.execute("DROP TABLE chart_result")
        database.execute("DELETE FROM grdb_migrations WHERE identifier = '13 chart results'")
    database.close()
    site.systems(EHR)
    site.run_at(45)
    site.read("sato", {"A-1": "normal"}, 50)
    site.run_at(51)
    site.determine(60)
    assert {n.split(".")[1] for n in site.all_files()} == {"v2"}


# Outcomes and odd contents


def test_what_waits_for_an_arbiter_is_preliminary_and_then_final(tmp_path):
    rule = {"kind": "unanimous", "ties": "escalate", "arbiter": "weber", "arbiterSees": "reads"}
    site = ChartSite(tmp_path / "site", [EHR], {
        "readers": ["sato", "ito"], "number": 2, "minimumReads": 2, "rule": rule})
    site.exam()
    for reader, label in (("sato", "recall"), ("ito", "normal")):
        site.read(reader, {"A-1": label}, 20)
    site.run_at(30)
    site.determine(40)
    assert site.result("A-1")["status"] == "escalated"
    for form in FORMATS:
        found = said(site, form)
        assert (found["status"], found["label"]) == ("preliminary", None), form
        assert found["conclusion"].startswith("escalated"), form
    site.read("weber", {"A-1": "recall"}, 50, round=2)
    site.run_at(51)
    site.determine(60)
    for form in FORMATS:
        found = said(site, form, 2)
        assert (found["status"], found["label"]) == ("final", "recall"), form
    assert "|MDM^T10^MDM_T02|" in encodings.hl7_messages(site.content("mdm", 2))[0]
    for version in (1, 2):
        assert encodings.hl7_faults(site.content("mdm", version)) == []
        assert encodings.fhir_faults(site.content("fhir", version)) == []
        assert encodings.dicom_faults(site.file("sr", version)) == []


@pytest.mark.parametrize("text, sets", [
    ("Œuvre 🩻 한국어", b"UNICODE UTF-8"), ("骨頭 丂", b"ASCII~ISO IR87~ISO IR159"), ("ﾊﾝｶｸ", b"UNICODE UTF-8"),
    ("plain", b"ASCII~ISO IR87"),
])
def test_what_a_repertoire_lacks_is_written_in_another_that_the_message_names(tmp_path, text, sets):
    site = ChartSite(tmp_path / "site", [JAPANESE])
    site.exam()
    read_all(site, text=text, findings=[])
    site.determine(40)
    message = site.content("hl7", 1, "karte")
    assert b"|" + sets + b"\r" in message
    for form in FORMATS:
        assert {o[2].split("\n")[1] for o in said(site, form, 1, "karte")["opinions"]} == {text}, form
    assert encodings.dicom_faults(site.file("sr", 1, "karte")) == []


def test_contents_that_are_hard_to_carry(tmp_path):
    """Lines of all kinds, separators, a long label and a long text, hardly anything known of the patient."""
    label = "recall for a second look at both sides"
    site = ChartSite(tmp_path / "site", [EHR, JAPANESE], {"labels": ["normal", label], "rule": {"kind": "majority"}})
    site.exam(name="", PatientBirthDate="", PatientSex="", StudyTime=None, accession="A.1|x^y", AccessionNumber="A.1|x^y")
    text = "one\r\ntwo\rthree\n\n\tMSH|^~\\&|four" + " long" * 20000
    for reader in READERS:
        site.read(reader, {"A.1|x^y": label}, 20, text=text, findings=[])
    site.run_at(30)
    site.determine(40)
    written = "one\ntwo\nthree\n\n MSH|^~\\&|four" + " long" * 20000
    for party in ("ehr", "karte"):
        files = {f: site.results(party) / f"northside_A.1%7Cx%5Ey.v1.{e}" for f, e in ENDINGS.items()}
        for form in ("hl7", "hl7Batch", "mdm"):
            content = files[form].read_bytes()
            assert encodings.hl7_faults(content) == []
            observations = [o.split("|") for o in encodings.hl7_messages(content)[0].split("\r") if "|FT|59776-5" in o]
            assert len(observations) > len(READERS) and max(len(o[5]) for o in observations) < 65536
            assert [text for _, text in encodings.whole(observations)] == [f"{label}\n{written}"] * len(READERS)
            assert b"A.1\\F\\x\\S\\y" in content
        assert encodings.fhir_faults(files["fhir"].read_bytes()) == []
        bundle = json.loads(files["fhir"].read_text())
        opinions = [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Observation"]
        assert {o["valueString"] for o in opinions} == {f"{label}\n{written}"}
        assert encodings.dicom_faults(files["sr"]) == [] and encodings.dump(files["sr"])[1] == []
        report = pydicom.dcmread(files["sr"])
        code = report.ContentSequence[-1].ContentSequence[0].ConceptCodeSequence[0]
        assert code.LongCodeValue == label and report.AccessionNumber == "A.1|x^y"
        assert encodings.lines(report.ContentSequence[0].ContentSequence[1].TextValue) == f"{label}\n{written}"


@pytest.mark.parametrize("system, advice", [
    ({"formats": ["fihr"]}, 'here stands "fihr"'), ({"characterSet": "latin1"}, 'here stands "latin1"')])
def test_mistakes_of_the_configuration_are_named(tmp_path, system, advice):
    site = ChartSite(tmp_path / "site", [])
    site.systems({**EHR, **system})
    told = site.command("check", code=2)
    assert advice in told.text and "parties.yaml:" in told.text
