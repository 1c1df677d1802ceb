"""Reads the encodings of a result with libraries of others, each to the same plain form, and has validators judge them."""

import base64
import io
import json
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import fhirkit
import pydicom
from hl7apy.base_datatypes import FT, TX
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.exceptions import HL7apyException
from hl7apy.parser import parse_message
from pyrofile_validator import Validator

ENDINGS = {"fhir": "fhir.json", "hl7": "hl7", "hl7Batch": "batch.hl7", "mdm": "mdm.hl7", "sr": "sr.dcm"}
STATUSES = {"P": "preliminary", "F": "final", "C": "amended"}
# FHIR R4, value set diagnostic-report-status.
REPORT_STATUSES = {"registered", "partial", "preliminary", "final", "amended", "corrected", "appended", "cancelled",
                   "entered-in-error", "unknown"}
REPRESENTATIONS = {"ABC": "A", "IDE": "I", "SYL": "P"}


def instant(text):
    """An instant of any of the notations: 2026-11-20T10:15:00+09:00, 20261120101500+0900."""
    digits = re.sub(r"[-:T]", "", text[:19]) if "-" in text[:5] else text[:14]
    zone = re.search(r"([+-]\d\d):?(\d\d)$|Z$", text)
    offset = "+0000" if zone.group(0) == "Z" else zone.group(1) + zone.group(2)
    return datetime.strptime(digits + offset, "%Y%m%d%H%M%S%z").timestamp()


# FHIR


def fhir(content):
    bundle = json.loads(content)
    resources = {e["fullUrl"]: e["resource"] for e in bundle["entry"]}
    by_type = {}
    for resource in resources.values():
        by_type.setdefault(resource["resourceType"], []).append(resource)
    patient, report, study = (by_type[t][0] for t in ("Patient", "DiagnosticReport", "ImagingStudy"))

    def follow(reference):
        return resources[reference["reference"]]

    assert follow(report["subject"]) is patient and follow(report["imagingStudy"][0]) is study
    accession = [i["value"] for i in report["identifier"] if i.get("type")]
    opinions = []
    for observation in map(follow, report["result"]):
        assert observation["status"] == report["status"] and follow(observation["subject"]) is patient
        opinions.append((fhir_name(follow(observation["performer"][0])["name"])["A"], instant(observation["issued"]),
                         observation["valueString"]))
    form = report["presentedForm"][0]
    assert form["contentType"] == "text/plain; charset=utf-8"
    whole = base64.b64decode(form["data"]).decode()
    assert all(text in whole for _, _, text in opinions) and report["conclusion"] in whole
    return {
        "patientID": patient["identifier"][0]["value"], "issuer": patient["identifier"][0]["assigner"]["display"],
        "name": fhir_name(patient["name"]), "birthDate": patient["birthDate"].replace("-", ""),
        "sex": {"male": "M", "female": "F"}[patient["gender"]], "accession": accession[0],
        "study": study["identifier"][0]["value"].removeprefix("urn:oid:"),
        "document": next(i["value"] for i in report["identifier"] if not i.get("type")), "status": report["status"],
        "at": instant(report["issued"]), "label": report["conclusionCode"][0]["text"] if "conclusionCode" in report else None,
        "conclusion": report["conclusion"], "opinions": opinions,
    }


def fhir_name(names):
    found = {}
    for name in names:
        code = REPRESENTATIONS[name["extension"][0]["valueCode"]] if "extension" in name else "A"
        found[code] = "^".join([name["family"], *name.get("given", [])]) if "family" in name else name["text"]
    return found


def fhir_faults(content):
    """What either validator has against it.

    The second one takes the states of a resource from the short text of its definition, which for a report ends in
    "final +": the states after that are judged here.
    """
    faults = [str(issue) for issue in fhirkit.validate(content.decode())]
    for issue in Validator().validate_resource(json.loads(content)).issues:
        known = re.fullmatch(r"Code '(\w+)' is not in required ValueSet _r4b_status_\d+", issue.message)
        if issue.path == "DiagnosticReport.status" and known and known.group(1) in REPORT_STATUSES:
            continue
        faults.append(f"{issue.path}: {issue.message}")
    return faults


# HL7


def hl7_text(content):
    """The text of a message in the character sets that its header names; ASCII where it names none."""
    sets = re.search(rb"MSH(?:\|[^|\r]*){16}\|([^|\r]*)", content)
    sets = sets.group(1).decode() if sets else ""
    codec = {"": "ascii", "~ISO IR87": "iso2022_jp", "ISO IR6~ISO IR87": "iso2022_jp", "UNICODE UTF-8": "utf-8", "ASCII~ISO IR87": "iso2022_jp", "ASCII~ISO IR87~ISO IR159": "iso2022_jp_1"}[sets]
    return content.decode(codec)


def hl7_messages(content):
    """Every message of a file, out of its batch where it has one, whose counts must be right."""
    text = hl7_text(content)
    messages = ["MSH" + part for part in re.split(r"(?:^|\r)MSH", text)[1:]]
    if text.startswith("FHS"):
        assert re.match(r"FHS\|[^\r]*\rBHS\|[^\r]*\rMSH", text)
        end = re.search(r"\rBTS\|(\d+)\rFTS\|(\d+)\r$", text)
        assert (int(end.group(1)), int(end.group(2))) == (len(messages), 1)
        messages[-1] = messages[-1].split("\rBTS")[0] + "\r"
    return messages


def hl7_faults(content):
    """Empty when a strict reader finds every message of the file valid.

    It takes each OBX-5 for a short text, whatever OBX-2 says: a longer one is judged by its own type, and for the rest of
    the message a piece of it stands there.
    """
    faults = []
    for text in hl7_messages(content):
        try:
            message = parse_message(
                re.sub(r"(?m)^OBX[^\r]*", short_observation, text.replace("\r", "\r\n")).replace("\n", ""),
                validation_level=VALIDATION_LEVEL.STRICT, find_groups=True)
            if not message.validate():
                faults.append("not valid")
        except HL7apyException as fault:
            faults.append(f"{type(fault).__name__}: {fault}")
    return faults


def short_observation(found):
    fields = found.group(0).split("|")
    if fields[2] in ("FT", "TX"):
        {"FT": FT, "TX": TX}[fields[2]](fields[5], validation_level=VALIDATION_LEVEL.STRICT)
        fields[5] = fields[5][:150].rpartition("\\")[0] or fields[5][:150]
    return "|".join(fields)


def unescaped(text):
    marks = {"F": "|", "S": "^", "T": "&", "R": "~", "E": "\\", ".br": "\n"}
    return re.sub(r"\\(F|S|T|R|E|\.br)\\", lambda m: marks[m.group(1)], text)


def hl7(content):
    message, = hl7_messages(content)
    segments = [line.split("|") for line in message.rstrip("\r").split("\r")]
    by_name = {}
    for segment in segments:
        by_name.setdefault(segment[0], []).append(segment)
    patient, request = by_name["PID"][0], by_name["OBR"][0]
    observations = by_name["OBX"]
    assert {o[11] for o in observations} == {request[25]}
    study = next(o[5] for o in observations if o[2] == "HD").split("^")[1]
    labels = [o[5].split("^")[0] for o in observations if o[2] == "CE"]
    texts = [o for o in observations if o[2] == "FT"]
    identifier = patient[3].split("^")
    names = [n.split("^") for n in patient[5].split("~")]
    said = {
        "patientID": unescaped(identifier[0]), "issuer": identifier[3],
        "name": {n[7]: "^".join(map(unescaped, n[:2])) for n in names}, "birthDate": patient[7], "sex": patient[8],
        "accession": unescaped(request[3]), "study": study, "document": unescaped(request[20]),
        "status": STATUSES[request[25]], "at": instant(request[22]),
        "label": unescaped(labels[0]) if labels else None,
        "conclusion": unescaped(texts[0][5]),
        "opinions": [("^".join(map(unescaped, o[16].split("^")[1:])), instant(o[14]), text) for o, text in whole(texts[1:])],
    }
    if "TXA" in by_name:
        document = by_name["TXA"][0]
        assert unescaped(document[12]) == said["document"] and unescaped(document[15]) == said["accession"]
        assert document[17] == ("IP" if said["status"] == "preliminary" else "DO")
    return said


def whole(observations):
    """Each text put together from its pieces: 4, 4.2, 4.3."""
    found = []
    for observation in observations:
        if "." in observation[4]:
            found[-1] = (found[-1][0], found[-1][1] + unescaped(observation[5]))
        else:
            found.append((observation, unescaped(observation[5])))
    return found


def control_ids(content):
    return [message.split("\r")[0].split("|")[9] for message in hl7_messages(content)]


# DICOM


def sr(content):
    dataset = pydicom.dcmread(io.BytesIO(content))
    dataset.decode()
    zone = dataset.TimezoneOffsetFromUTC
    opinions, label, conclusion = [], None, None
    for section in dataset.ContentSequence:
        observer = None
        for item in section.ContentSequence:
            if item.ValueType == "PNAME":
                observer = str(item.PersonName).rstrip("^")
            elif item.ValueType == "CODE":
                label = getattr(item.ConceptCodeSequence[0], "CodeValue", None) or item.ConceptCodeSequence[0].LongCodeValue
            elif observer is None:
                conclusion = lines(item.TextValue)
            else:
                time = str(item.ObservationDateTime)
                opinions.append((observer, instant(time if len(time) > 14 else time + zone), lines(item.TextValue)))
    title = re.fullmatch(r"Result of examination (\S+) \((\w+)\)", dataset.CompletionFlagDescription)
    assert dataset.PreliminaryFlag == ("PRELIMINARY" if title.group(2) == "preliminary" else "FINAL")
    assert dataset.CompletionFlag == ("PARTIAL" if title.group(2) == "preliminary" else "COMPLETE")
    return {**dicom_header(dataset), "document": title.group(1), "status": title.group(2), "label": label,
            "conclusion": conclusion, "opinions": opinions}


def dicom_header(dataset):
    name = dataset.PatientName
    groups = {"A": name.alphabetic, "I": name.ideographic, "P": name.phonetic}
    return {
        "patientID": dataset.PatientID, "issuer": dataset.IssuerOfPatientID, "name": {k: v for k, v in groups.items() if v},
        "birthDate": dataset.PatientBirthDate, "sex": dataset.PatientSex, "accession": dataset.AccessionNumber,
        "study": dataset.StudyInstanceUID,
        "at": instant(dataset.ContentDate + dataset.ContentTime + dataset.TimezoneOffsetFromUTC),
    }


def lines(text):
    return str(text).replace("\r\n", "\n")


def dicom_faults(path):
    """Errors of `dciodvfy`; its warnings are of private codes, which are meant."""
    told = subprocess.run([Path(sys.executable).parent / "dciodvfy", path], capture_output=True, text=True, errors="replace")
    return [line for line in told.stderr.splitlines() if line.startswith("Error")]


def dump(path):
    """What `dsrdump` shows of a report, and what it has against it."""
    told = subprocess.run(["dsrdump", "--print-all-codes", "--print-long-values", path], capture_output=True)
    errors = told.stderr.decode().splitlines()
    assert told.returncode == 0
    # It checks no value in a character set of several bytes, and says so.
    return told.stdout, [e for e in errors if "Specific Character Set" not in e and "SpecificCharacterSet" not in e]
