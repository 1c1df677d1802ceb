"""Real DICOM files: the catalogue says what pydicom says, and no file is lost without a word."""

import csv
import warnings
from collections import defaultdict

import pydicom
import pytest
from pydicom.datadict import tag_for_keyword
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

import bundles
from dicom_files import dicom_bytes
from site_under_test import Site, sha256

# Attributes of the catalogue whose keyword begins with more than one capital.
SPECIAL = {"sopInstanceUID": "SOPInstanceUID", "sopClassUID": "SOPClassUID"}
# Readable files that are not kept: no image that belongs to an exam.
NEEDED = ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")
ISSUER = "NORTHSIDE"
# Patient's Name twice: pydicom takes the last, DCMTK the first.
NAMED_TWICE = {"TC0445_duplicate_tags.dcm", "TC0405_latin1_utf8_payload.dcm"}
# Cut short, which pydicom passes over.
CUT_SHORT = {"MR_truncated.dcm", "rtplan_truncated.dcm"}
DEFECTS = {
    "malformed/unknown_transfer_syntax.dcm": "1.2.840.99999.1.2.1",
    "malformed/bad_vr.dcm": "VR 'ZZ'",
    "malformed/meta_length_wrong.dcm": "group length says 2",
}
FLAGS = {
    "header/no_patient_id.dcm": "PatientID (0010,0020) is missing",
    "header/empty_patient_id.dcm": "PatientID (0010,0020) is empty",
    "header/modality_unknown.dcm": "which is no defined term",
    "mammo/incomplete.dcm": "ViewPosition (0018,5101) is missing",
}


def read_by_pydicom(path):
    """The data set and whether pydicom needs no force to read it; None when it cannot at all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return pydicom.dcmread(path, stop_before_pixels=True, force=False), True
        except Exception:
            pass
        try:
            return pydicom.dcmread(path, stop_before_pixels=True, force=True), False
        except Exception:
            return None, False


def pydicom_text(dataset, keyword):
    """An element's value as the catalogue would give it: text, or a whole number; None when empty."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = dataset.get(keyword)
        except Exception:
            return None
    if value is None:
        return None
    if isinstance(value, (MultiValue, list, tuple)):
        return "\\".join(str(v) for v in value)
    return str(value)


def same(ours, theirs):
    """Whether two readings are the same text; spaces and empty components at the ends say nothing."""

    def plain(value):
        if isinstance(value, list):
            value = "\\".join(map(str, value))
        text = "" if value is None else str(value)
        return "\\".join(part.strip(" \0^=") for part in text.strip(" \0").split("\\"))

    if plain(ours) == plain(theirs):
        return True
    try:
        return float(plain(ours)) == float(plain(theirs))
    except ValueError:
        return False


def keyword_of(name):
    keyword = SPECIAL.get(name, name[0].upper() + name[1:])
    return keyword if tag_for_keyword(keyword) else None


@pytest.fixture(scope="module")
def taken(tmp_path_factory, dicom_folder):
    """A site that has taken every file in, each source's as an attested tar; and `{sha256: path}`."""
    place = tmp_path_factory.mktemp("real")
    site = Site(place / "site")
    groups, paths = defaultdict(dict), {}
    for path in sorted(p for p in dicom_folder.rglob("*") if p.is_file()):
        relative = path.relative_to(dicom_folder)
        content = path.read_bytes()
        groups[relative.parts[0] if len(relative.parts) > 1 else "top"][str(relative)] = content
        paths[sha256(content)] = path
    for name, files in groups.items():
        site.drop(bundles.make_tar(place, f"{name}.tar", files))
    outcome = site.run_once(seconds=120)
    return site, groups, paths, outcome


@pytest.mark.slow
def test_every_file_is_in_a_receipt(taken):
    site, groups, _, outcome = taken
    receipts = {r["drop"]["name"]: r for r in site.receipts().values()}
    for name, files in groups.items():
        named = sorted(f["path"] for f in receipts[f"{name}.tar"]["files"])
        assert named == sorted(files), name
    assert outcome.peak_bytes < 300_000_000
    for receipt in receipts.values():
        for file in receipt["files"]:
            if file["status"] in ("damaged", "ignored", "refused", "conflict"):
                assert file["reason"], file


@pytest.mark.slow
def test_readable_files_are_stored(taken):
    site, _, paths, _ = taken
    lost = []
    for receipt in site.receipts().values():
        for file in receipt["files"]:
            path = paths.get(file["sha256"])
            if path is None or file["status"] in ("stored", "duplicate", "conflict"):
                continue
            dataset, is_plain = read_by_pydicom(path)
            if is_plain and "fuzz" not in str(path) and all(dataset.get(keyword) for keyword in NEEDED):
                if is_readable(path) and path.name not in CUT_SHORT and path.parent.name != "malformed":
                    lost.append((file["path"], file["status"], file["reason"]))
    assert lost == []


def is_readable(path):
    """Whether pydicom reads all of the file, pixel data included."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            for _ in pydicom.dcmread(path).iterall():
                pass
            return True
        except Exception:
            return False


@pytest.mark.slow
def test_attributes_equal_pydicoms(taken, dicom_folder):
    site, _, paths, _ = taken
    by_digest = {f["sha256"]: f for r in site.receipts().values() for f in r["files"] if f["sha256"]}
    by_uid = defaultdict(set)
    for file in by_digest.values():
        by_uid[file["sopInstanceUID"]].add(file["sha256"])
    compared, differences = 0, []
    for instance in site.instances():
        digest = instance.get("sha256") or _only(by_uid[instance["sopInstanceUID"]])
        if digest not in paths:
            continue
        dataset, _ = read_by_pydicom(paths[digest])
        for name, value in instance.items():
            keyword = keyword_of(name)
            if keyword is None or name == "transferSyntaxUID":
                continue
            theirs = pydicom_text(dataset, keyword)
            if name == "issuerOfPatientID" and not theirs and value == ISSUER:
                continue  # the facility's, by the configuration
            if name == "patientName" and paths[digest].name in NAMED_TWICE:
                continue
            compared += 1
            if not same(value, theirs):
                differences.append((str(paths[digest].relative_to(dicom_folder)), name, value, theirs))
    assert compared > 1000
    told = "\n".join(map(str, differences))
    assert not differences, f"{len(differences)} of {compared} differ (file, attribute, ours, pydicom's):\n{told}"


def _only(digests):
    return next(iter(digests)) if len(digests) == 1 else None


@pytest.mark.slow
def test_attributes_that_pydicom_sees_are_not_left_out(taken):
    site, _, paths, _ = taken
    instances = site.instances()
    names = {name for i in instances for name in i if keyword_of(name)} - {"transferSyntaxUID"}
    absent = []
    for instance in instances:
        path = paths.get(instance.get("sha256"))
        if path is None:
            continue
        dataset, _ = read_by_pydicom(path)
        for name in names - set(instance):
            value = pydicom_text(dataset, keyword_of(name))
            if value and not same(None, value):
                absent.append((path.name, name, value))
    assert absent == []


@pytest.mark.slow
def test_stored_bytes_are_the_dropped_ones(taken, tmp_path):
    site, _, paths, _ = taken
    stored = {f["sha256"] for r in site.receipts().values() for f in r["files"] if f["status"] in ("stored", "conflict")}
    assert set(site.unpacked(tmp_path)) == stored <= set(paths)
    assert site.command("verify").code == 0


def test_malformed_files_are_told_of(site, data, tmp_path):
    folder = data / "synthetic"
    if not (folder / "MANIFEST.tsv").exists():
        pytest.skip("no synthetic files in the data set")
    rows = list(csv.DictReader((folder / "MANIFEST.tsv").open(), delimiter="\t"))
    files = {row["file"]: (folder / row["file"]).read_bytes() for row in rows}
    receipt = site.take(bundles.make_tar(tmp_path, "synthetic.tar", files))
    status = {f["path"]: f for f in receipt["files"]}
    assert sorted(status) == sorted(files)
    for row in rows:
        file = status[row["file"]]
        if row["expected"] == "accept":
            assert file["status"] in ("stored", "duplicate", "conflict"), (row, file)
        if row["expected"].startswith("quarantine; no crash") and "truncated" in row["file"]:
            assert file["status"] == "damaged", (row, file)
        if row["expected"].startswith("quarantine; no crash"):
            # What is not DICOM by content or name is left out; nothing of these may count as an image.
            assert file["status"] in ("damaged", "refused", "ignored"), (row, file)
        if row["expected"].startswith("flag"):
            assert file["reason"], (row, file)
        if file["status"] not in ("stored", "duplicate"):
            assert file["reason"], (row, file)
    for name, words in FLAGS.items():
        assert words in status[name]["reason"], status[name]
        assert status[name]["status"] in ("stored", "conflict")
    for name, words in DEFECTS.items():
        assert status[name]["status"] == "damaged" and words in status[name]["reason"], status[name]
    assert not list(tmp_path.rglob("evil_escape*"))


def test_what_those_who_read_an_image_will_miss_is_said(site):
    flags = {
        "P": ("PatientID", {"patient_id": ""}), "M": ("Modality", {"modality": "XY9"}), "V": ("ViewPosition", {}),
        "good": (None, {"ViewPosition": "CC"}), "CT": (None, {"modality": "CT"}),
    }
    for name, (keyword, arguments) in flags.items():
        receipt = site.take_file(f"{name}.dcm", dicom_bytes(f"A-{name}", **arguments))
        file, = receipt["files"]
        assert receipt["status"] == "accepted" and file["status"] == "stored", receipt
        assert (file["reason"] or "").startswith(keyword or "") and bool(file["reason"]) is bool(keyword), file


def test_a_view_said_by_its_code_is_no_flag(site):
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "399162004", "SCT", "cranio-caudal"
    file, = site.take_file("one.dcm", dicom_bytes(ViewCodeSequence=[code]))["files"]
    assert file["reason"] is None
