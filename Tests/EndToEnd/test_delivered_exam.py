"""What lies in a delivered exam's folder: copies, derived files, pictures, stored values, the page, a DICOMDIR."""

import base64
import json
import re
import subprocess

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.fileset import FileSet

import derivative_checker
from browser import ViewedPage, chromium
from dicom_files import dicom_bytes, uid
from site_under_test import PARTIES, Site, sha256

PURPOSES = [
    {"id": "treatment", "range": {"kinds": "all", "pixelDensity": 1.0, "imageProcessing": True, "reports": True}},
    {"id": "look", "range": {"kinds": "all", "pixelDensity": 1.0, "imageProcessing": False, "reports": False}},
    {"id": "half", "range": {"kinds": "all", "pixelDensity": 0.5, "imageProcessing": True, "reports": True}},
    {"id": "research", "range": {"kinds": "all", "pixelDensity": 1.0, "imageProcessing": True}, "deidentify": True},
    {"id": "teaching", "range": {"kinds": "all", "pixelDensity": 0.25, "imageProcessing": False}, "deidentify": True},
]
KEY = "northside_A-1001"
REPORT = "1.2.840.10008.5.1.4.1.1.88.11"
IDENTITY = (b"YAMADA", b"TARO", b"P-77", b"A-1001", b"19700201", b"SAITO", b"NORTHSIDE", b"northside", b"secret words")


def tissue(seed, rows=96, columns=80):
    generator = np.random.default_rng(seed)
    y, x = np.mgrid[0:rows, 0:columns]
    return (1000 + 20 * x + 8 * y + generator.normal(0, 20, (rows, columns))).astype("u2")


def person(**more):
    return {"patient_id": "P-77", "PatientBirthDate": "19700201", "ReferringPhysicianName": "SAITO^KEN",
            "StudyDescription": "secret words", "SeriesDescription": "secret words", **more}


def images():
    """Two mammograms, two slices, an image with burned-in text, a structured report, a report with a private element."""
    spacing = {"ImagerPixelSpacing": ["0.1", "0.1"], "ImageLaterality": "L", "ViewPosition": "CC", "WindowCenter": "2000",
               "WindowWidth": "3000"}
    files = {}
    for number in (1, 2):
        files[f"MG{number}"] = dicom_bytes(
            number=number, rows=96, columns=80, PixelData=tissue(number).tobytes(), series="1", **spacing, **person())
        files[f"CT{number}"] = dicom_bytes(
            number=number, rows=96, columns=80, modality="CT", series="2", SeriesNumber="2", RescaleSlope="1",
            RescaleIntercept="-1024", PixelData=tissue(10 + number).tobytes(), PixelSpacing=["0.5", "0.5"],
            ImageOrientationPatient=["1", "0", "0", "0", "1", "0"], ImagePositionPatient=["0", "0", str(number)], **person())
    files["BURNED"] = dicom_bytes(
        number=1, rows=96, columns=80, series="3", SeriesNumber="3", PixelData=tissue(5).tobytes(), modality="US",
        BurnedInAnnotation="YES", **person())
    for number, private in ((1, False), (2, True)):
        ds = pydicom.dcmread(pydicom.filebase.DicomBytesIO(
            dicom_bytes(number=number, series="4", SeriesNumber="4", modality="SR", PixelData=None, Rows=None, Columns=None,
                        SOPClassUID=REPORT, **person())), force=True)
        ds.file_meta.MediaStorageSOPClassUID = REPORT
        ds.ValueType, ds.ContentDate, ds.ContentTime = "CONTAINER", "20261120", "101500"
        ds.CompletionFlag, ds.VerificationFlag, ds.ContinuityOfContent = "COMPLETE", "UNVERIFIED", "SEPARATE"
        if private:
            ds.add_new(0x00091010, "OB", b"\0" * 8)
        out = pydicom.filebase.DicomBytesIO()
        ds.save_as(out, enforce_file_format=True)
        files[f"SR{number}"] = out.getvalue()
    return files


class Delivered:
    """A site with one exam, and what its parties are given of it."""

    def __init__(self, root):
        self.site = Site(root)
        self.site.configure("purposes", {"purposes": PURPOSES, "sharing": []})
        parties = json.loads(json.dumps(PARTIES))
        for facility in parties["facilities"]:
            facility["purposes"] = [purpose["id"] for purpose in PURPOSES]
        self.parties = parties
        self.use(["dicom", "png"])
        self.files = images()
        for name, content in self.files.items():
            self.site.drop_file(name, content)
        self.site.run_once()
        self.sources = {sha256(content): content for content in self.files.values()}
        self.count = 0

    def use(self, formats):
        for facility in self.parties["facilities"]:
            facility["recipientFormats"] = list(formats)
        self.site.configure("parties", self.parties)

    def deliver(self, purpose, kinds=None, dicomdir=False, formats=("dicom", "png")):
        """The exam's folder and its release."""
        self.use(list(formats))
        self.count += 1
        request = {"type": "request", "id": f"R-{self.count}", "exam": {"accessionNumber": "A-1001"}, "purpose": purpose}
        request |= {"want": {"kinds": kinds}} if kinds else {}
        request |= {"dicomdir": True} if dicomdir else {}
        self.site.drop_file(f"R-{self.count}.json", json.dumps(request).encode(), kind="requests")
        self.site.run_once()
        self.delivery = self.site.outbound(kind="deliveries") / request["id"]
        checked = subprocess.run(["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=self.delivery)
        assert checked.returncode == 0
        listed = {line.split("  ", 1)[1] for line in (self.delivery / "SHA256SUMS").read_text().splitlines()}
        assert listed == {str(p.relative_to(self.delivery)) for p in self.delivery.rglob("*") if p.is_file()} - {"SHA256SUMS"}
        return self.delivery / KEY, json.loads((self.delivery / KEY / "release.json").read_text())


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    return Delivered(tmp_path_factory.mktemp("delivered") / "site")


def page_of(folder):
    text = (folder / "index.html").read_text()
    return json.loads(re.search(r'id="filmroom-page">(.*?)</script>', text, re.S).group(1))


def names(folder, kind):
    return sorted(p.name for p in (folder / kind).glob("*")) if (folder / kind).exists() else []


def test_with_all_rights_every_file_is_a_copy(delivered):
    folder, outcome = delivered.deliver("treatment")
    given = {sha256(p.read_bytes()) for p in (folder / "images").iterdir()}
    assert given == set(delivered.sources) and outcome["leftOut"] == []
    assert all(f["sha256"] == f["sourceSHA256"] and f["changed"] == [] for f in outcome["files"] if f["path"].endswith(".dcm"))
    assert len(names(folder, "pixels")) == 5, "stored values of each image"
    # One picture for each mammogram and the burned-in image, and one for the slices.
    assert len(names(folder, "rendered")) == 4
    assert page_of(folder)["patient"]["name"] and not list(delivered.delivery.rglob(".sources"))


def test_the_same_facts_give_the_same_bytes(delivered):
    sums = []
    for _ in range(2):
        delivered.deliver("half")
        lines = (delivered.delivery / "SHA256SUMS").read_text().splitlines()
        # These name the request.
        sums.append([line for line in lines if not line.endswith(("index.html", "release.json", "summary.json"))])
    assert sums[0] == sums[1]


def test_half_density_is_derived_and_says_what_changed(delivered):
    folder, outcome = delivered.deliver("half")
    for file in outcome["files"]:
        if not file["path"].startswith("images/"):
            continue
        source = delivered.sources[file["sourceSHA256"]]
        if file["sha256"] == file["sourceSHA256"]:
            assert pydicom.dcmread(folder / file["path"]).SOPClassUID == REPORT
            continue
        original = delivered.site.root / "source.dcm"
        original.write_bytes(source)
        assert derivative_checker.faults(original, folder / file["path"], 0.5) == []
        assert {"Rows", "Columns", "PixelData", "SOPInstanceUID"} <= set(file["changed"])
    assert [f for f in outcome["files"] if f["sha256"] == sha256(delivered.files["SR1"])]
    assert not [f for f in outcome["files"] if f.get("sourceSHA256") == sha256(delivered.files["SR2"])]
    assert len(outcome["leftOut"]) == 1 and "document" in outcome["leftOut"][0]["reason"]
    shown = [i for s in page_of(folder)["exam"]["series"] for i in s["instances"] if i["pixels"]]
    assert {(i["rows"], i["columns"]) for i in shown} == {(48, 40)}


@pytest.mark.parametrize("formats", [("dicom",), ("png",), ("dicom", "png")])
def test_without_the_processing_right_there_are_no_stored_values(delivered, formats):
    folder, outcome = delivered.deliver("look", formats=formats)
    endings = {p.suffix for p in (folder / "images").iterdir()}
    assert endings == {f".{'dcm' if f == 'dicom' else f}" for f in formats}
    assert not (folder / "pixels").exists()
    page = page_of(folder)
    for instance in (i for s in page["exam"]["series"] for i in s["instances"]):
        assert instance["pixels"] == [] and instance["grey"] == [] and instance["rendered"]
        for picture in instance["rendered"]:
            assert Image.open(folder / picture).size == (80, 96)
    values = [pydicom.dcmread(pydicom.filebase.DicomBytesIO(c)).get("PixelData") for c in delivered.files.values()]
    for path in (p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        assert not any(v and v[5000:5064] in content for v in values), f"{path} has stored values"
        if path.suffix == ".dcm":
            assert pydicom.dcmread(path).BitsAllocated == 8
    assert outcome["leftOut"] == [], "documents come with the right to reports, which this purpose does not give"


@pytest.mark.parametrize("purpose, formats", [("research", ("dicom", "png")), ("research", ("png",)), ("teaching", ("dicom", "png")), ("teaching", ("png",))])
def test_a_deidentified_delivery_does_not_say_whose_it_is(delivered, purpose, formats):
    folder, outcome = delivered.deliver(purpose, formats=formats)
    for path in (p for p in folder.rglob("*") if p.is_file()):
        # The release names the exam as the request did.
        content = path.read_bytes().replace(KEY.encode(), b"") if path.name == "release.json" else path.read_bytes()
        if path.parent.name == "pixels":
            # Any four letters may come about in base64.
            content = re.sub(rb'"([A-Za-z0-9+/=]*)"\);\n$', lambda match: base64.b64decode(match[1]), content)
        found = [word for word in IDENTITY if word in content and not (path.name == "release.json" and word == b"northside")]
        assert not found, f"{path}: {found}"
    originals = {uid("study", "A-1001")} | {pydicom.dcmread(pydicom.filebase.DicomBytesIO(c)).SOPInstanceUID for c in delivered.files.values()}
    assert not any(u.encode() in p.read_bytes() for u in originals for p in folder.rglob("*") if p.is_file())
    assert any("written into its pixels" in o["reason"] or "burned" in o["reason"] for o in outcome["leftOut"])
    assert all(f["sourceSHA256"] is None for f in outcome["files"]) and all(o["sopInstanceUID"] is None for o in outcome["leftOut"])
    page = page_of(folder)
    assert page["delivery"]["deidentified"] and len({s["seriesInstanceUID"] for s in page["exam"]["series"]}) == 2
    if "dicom" in formats:
        made = [pydicom.dcmread(p) for p in (folder / "images").glob("*.dcm")]
        assert {m.StudyInstanceUID for m in made} == {page["exam"]["studyInstanceUID"]}
        assert {m.PatientID for m in made} == {page["patient"]["patientID"]} and len(made) == 4


def test_two_deliveries_to_one_party_belong_together(delivered):
    studies = [page_of(delivered.deliver(purpose)[0])["exam"]["studyInstanceUID"] for purpose in ("research", "teaching")]
    assert studies[0] == studies[1]


def test_only_the_kinds_that_are_granted(delivered):
    folder, outcome = delivered.deliver("treatment", kinds=["MG"])
    given = {f["sourceSHA256"] for f in outcome["files"] if f["path"].startswith("images/")}
    assert given >= {sha256(delivered.files[name]) for name in ("MG1", "MG2")}
    assert not given & {sha256(delivered.files[name]) for name in ("CT1", "CT2", "BURNED")}


@pytest.mark.parametrize("purpose", ["treatment", "half", "research"])
def test_a_dicomdir_names_every_image(delivered, purpose):
    folder, outcome = delivered.deliver(purpose, dicomdir=True)
    directory = delivered.delivery / "DICOMDIR"
    instances = {i.SOPInstanceUID: i for i in FileSet(directory)}
    files = {f["sopInstanceUID"]: f for f in outcome["files"] if f["path"].endswith(".dcm")}
    assert set(instances) == set(files)
    for sop, instance in instances.items():
        assert sha256(open(instance.path, "rb").read()) == files[sop]["sha256"]
        parts = list(instance.ReferencedFileID)
        assert all(re.fullmatch(r"[A-Z0-9_]{1,8}", part) for part in parts)
    dumped = subprocess.run(["dcmdump", "-q", directory], capture_output=True, text=True)
    assert dumped.returncode == 0 and "W:" not in dumped.stderr and "E:" not in dumped.stderr, dumped.stderr
    kinds = {str(record.DirectoryRecordType) for record in pydicom.dcmread(directory).DirectoryRecordSequence}
    assert {"PATIENT", "STUDY", "SERIES", "IMAGE"} <= kinds and ("SR DOCUMENT" in kinds) == (purpose != "research")


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("downloads")) as driver:
        yield driver


@pytest.mark.parametrize("purpose, text", [("treatment", "YAMADA"), ("look", "Rendered pictures only"), ("teaching", "De-identified")])
def test_the_page_shows_the_images_and_the_right(delivered, driver, purpose, text, tmp_path):
    folder, _ = delivered.deliver(purpose)
    driver.get_log("browser")
    page = ViewedPage(driver, folder / "index.html")
    shown = page.find("body").text
    assert text in shown and "Delivery" in shown and purpose in shown
    assert page.console() == []
    page.screenshot(tmp_path / "page.png")
    # A canvas with a picture of a folder cannot be read out, so that the screen is looked at.
    box = page.find(".surface").rect
    left, top = int(box["x"] + box["width"] / 2) - 40, int(box["y"] + box["height"] / 2) - 40
    middle = np.asarray(Image.open(tmp_path / "page.png").convert("L"))[top:top + 80, left:left + 80]
    assert middle.std() > 5, "an image is drawn"
    for thumbnail in page.all(".thumbnail img"):
        assert page.js("return arguments[0].naturalWidth", thumbnail) > 0
