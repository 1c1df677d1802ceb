"""An exam that is somebody else's is to a party as if it did not exist: two sites that differ in it tell it the same."""

import io
import json

import pydicom
import pytest

from lending_site import LATER, NOON, LendingSite, ask
from reading_parties import protocol

FOREIGN = {"patient_id": "P-2", "name": "SECRET^ANNA", "study_date": "20260301"}
OTHER = {"patient_id": "P-8", "name": "OTHERS^BERT", "study_date": "20250301"}


def contents(folder):
    """`{relative path: bytes}` of everything in a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def a_site(root, foreign, accession, purposes, sharing):
    """A site of which northside has one exam and southside another, and which shares what is asked for elsewhere."""
    site = LendingSite(root)
    parties = root / "pipelines" / "parties.yaml"
    parties.write_text(parties.read_text().replace("- teaching", "- teaching\n  - keys\n  - latest"))
    site.purposes(*purposes, sharing=sharing)
    site.configure("reading", {"protocols": [protocol(
        readers=["ito", "weber"], match={"modalities": ["MG"]}, rule={"arbiter": None, "ties": "mostSevere"})]})
    site.store("A-1", 2)
    site.store(accession, 2, "southside", **foreign)
    site.run_once("--as-of", NOON)
    return site


PURPOSES = [
    {"id": "keys", "range": {"kinds": ["MG"], "keyImagesOnly": True}},
    {"id": "latest", "range": {"kinds": "all", "imageProcessing": True, "mostRecent": 1}},
]
SHARING = [{"from": "southside", "to": "northside", "purposes": ["treatment"], "patients": ["P-9"]}]


def requests(study, instance):
    """Everything by which one could try to learn of the exam B-1."""
    number = 0

    def request(exam=None, purpose="treatment", **more):
        nonlocal number
        number += 1
        return {"type": "request", "id": f"R-{number}", "purpose": purpose, **({"exam": exam} if exam else {}), **more}

    names = [{"accessionNumber": "B-1"}, {"facility": "southside", "accessionNumber": "B-1"}, {"studyInstanceUID": study},
             {"facility": "southside", "studyInstanceUID": study}, {"accessionNumber": "B-1", "studyInstanceUID": study},
             {"accessionNumber": "A-1", "studyInstanceUID": study}, {"facility": "northside", "accessionNumber": "B-1"},
             {"accessionNumber": instance}]
    for name in names:
        yield request(name)
    for purpose in ("teaching", "keys", "latest", "nothing", "reading"):
        for prefer in ("reduce", "refuse"):
            yield request(names[1], purpose, prefer=prefer)
    for want in ({"kinds": ["MG"]}, {"kinds": ["CT"]}, {"kinds": []}, {"pixelDensity": 0.5, "imageProcessing": True},
                 {"reports": True}):
        for purpose in ("treatment", "teaching"):
            yield request(names[0], purpose, prefer="refuse", want=want)
    yield request(names[0], format="zip", dicomdir=True)
    yield request(names[0], format="tar")
    for query in ({"patientID": "P-2"}, {"patientID": "P-2", "issuerOfPatientID": "SOUTHSIDE"}, {"modality": "MG"},
                  {"from": "2026-01-01", "to": "2026-12-31"}, {"patientID": "P-2", "modality": "MG", "from": "2026-01-01"}):
        yield request(exams=query)


def tries(site, party, study, instance):
    items = list(requests(study, instance))
    for start in range(0, len(items), 12):
        site.put_request(party, *items[start:start + 12])
    site.drop_file("list.csv", b"id,accessionNumber,studyInstanceUID,purpose,prefer\r\nC-1,B-1,,treatment,\r\nC-2,,%s,teaching,refuse\r\n"
                   % study.encode(), party, "requests")
    for number, exam in enumerate(({"facility": "southside", "accessionNumber": "B-1"}, {"studyInstanceUID": study})):
        report = {"type": "report", "exam": exam, "author": "sato", "status": "final", "text": "x", "purpose": "treatment",
                  "attachment": None, "supersedes": None}
        site.drop_file(f"report{number}.json", json.dumps(report).encode(), party, "reports")
    site.drop_file("a.ack", b"deliveries/B-1\n" + b"0" * 64 + b"\n", party, "acks")
    site.run_once("--as-of", LATER, code=None)


@pytest.mark.parametrize("party", ["northside", "sato"])
@pytest.mark.parametrize("sharing", [[], SHARING], ids=["nothing is shared", "another patient's are shared"])
def test_no_byte_tells_a_foreign_exam_from_one_that_is_not_there(tmp_path, party, sharing):
    with_it = a_site(tmp_path / "with", FOREIGN, "B-1", PURPOSES, sharing)
    without = a_site(tmp_path / "without", OTHER, "D-1", PURPOSES, sharing)
    image = pydicom.dcmread(io.BytesIO(next(iter(with_it.dropped["southside_B-1"].values()))))
    answers = []
    for site in (with_it, without):
        tries(site, party, str(image.StudyInstanceUID), str(image.SOPInstanceUID))
        answers.append(contents(site.root / "spool" / "outbound" / party))
    told, wanted = answers
    assert told.keys() == wanted.keys()
    assert len([name for name in told if name.endswith("denial.json")]) >= 20
    for name in told:
        assert told[name] == wanted[name], name
    secrets = [b"SECRET", b"ANNA", b"20260301"]
    secrets += [str(image.SeriesInstanceUID).encode(), image.PixelData[:64]]
    for name, content in told.items():
        assert not any(secret in content for secret in secrets), name


def test_a_delivery_has_no_byte_of_another_exam(tmp_path):
    """Of a facility whose exams, under the very same UIDs, are another's too."""
    site = LendingSite(tmp_path / "site")
    for party, name in (("northside", "NORTH^OWN"), ("southside", "SOUTH^OTHER")):
        site.store("A-1", 2, party, name=name, seed=f"{party}/1", PatientComments=f"of {party}")
        site.store("A-2", 1, party, name=name, seed=f"{party}/2", PatientComments=f"of {party}", patient_id="P-5")
    site.run_once("--as-of", NOON)
    site.request("northside", ask("R-1", dicomdir=True), ask("R-2", purpose="teaching"), ask("R-3", format="tar"),
                 {"type": "request", "id": "R-4", "exams": {"patientID": "P-1"}, "purpose": "treatment"})
    assert site.release("R-1") and site.release("R-2") and site.release("R-4")
    foreign = [pydicom.dcmread(io.BytesIO(c)).PixelData[:256] for k, of in site.dropped.items()
               if k != "northside_A-1" for c in of.values()]
    for name, content in contents(site.outbound("northside", "deliveries")).items():
        assert b"SOUTH" not in content and b"southside" not in content, name
        assert not any(values in content for values in foreign), name
