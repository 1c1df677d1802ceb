"""The table of who may have what of one exam, written down a second time: parties, purposes, wishes, and what follows.

Nothing here is taken from the product: `expected` says by the contract's rules what a request must bring, image by image.
"""

import io
import itertools
import math

import numpy as np
import pydicom

from dicom_files import dicom_bytes, uid

DOCUMENT = "1.2.840.10008.5.1.4.1.1.88.59"
RIGHTS = {"pixelDensity": 1.0, "imageProcessing": True, "reports": True}
PURPOSES = [
    {"id": "treatment", "range": {"kinds": "all", **RIGHTS}},
    {"id": "teaching", "range": {"kinds": ["CR", "DX", "MG"], "pixelDensity": 0.25}, "deidentify": True},
    {"id": "research", "range": {"kinds": "all", **RIGHTS, "pixelDensity": 0.5}},
    {"id": "look", "range": {"kinds": ["MG", "CT"], "pixelDensity": 1.0}},
    {"id": "originals", "range": {"kinds": "all", **RIGHTS, "imageTypes": ["ORIGINAL\\PRIMARY"]}},
    {"id": "oblique", "range": {"kinds": ["MG"], **RIGHTS, "reports": False, "seriesDescriptions": ["*mlo*", "none"]}},
    {"id": "keys", "range": {"kinds": "all", **RIGHTS, "reports": False, "keyImagesOnly": True}},
]
RANGES = {purpose["id"]: purpose for purpose in PURPOSES}
SHARED = ["treatment", "teaching", "keys"]
# A reader's own read of the exam is not sealed, so that it is given no reports.
PARTIES = ["northside", "southside", "office", "sato"]

WISHES = {
    "purpose": [*RANGES, "nothing"],
    "party": [*PARTIES, "eastside"],
    "kinds": [None, ["MG"], ["CT"], ["MG", "US"], [], ["XA"]],
    "pixelDensity": [None, 1.0, 0.5, 0.3],
    "imageProcessing": [None, True, False],
    "reports": [None, True, False],
    "prefer": ["reduce", "refuse"],
}


def noise(seed, *shape):
    y, x = np.mgrid[0:shape[0], 0:shape[1]]
    grain = np.random.default_rng(seed).normal(0, 20, shape[:2])
    return np.clip(900 + 30 * x + 11 * y + grain, 0, 4095).astype("u2")


def image(modality, number, series, description, kind, **more):
    rows, columns = 48, 40
    return dicom_bytes(
        "A-1", modality=modality, number=number, series=series, SeriesNumber=series, SeriesDescription=description,
        ImageType=kind, rows=rows, columns=columns, BurnedInAnnotation="NO",
        **{"PixelData": noise(number + 10 * int(series), rows, columns).tobytes(), **more})


def ultrasound():
    region = pydicom.Dataset()
    for keyword, value in dict(
            RegionSpatialFormat=1, RegionDataType=1, RegionFlags=0, RegionLocationMinX0=4, RegionLocationMinY0=3,
            RegionLocationMaxX1=35, RegionLocationMaxY1=41, PhysicalUnitsXDirection=3, PhysicalUnitsYDirection=3,
            PhysicalDeltaX=0.02, PhysicalDeltaY=0.03).items():
        setattr(region, keyword, value)
    grey = (noise(7, 48, 40) >> 4).astype("u1")
    return image(
        "US", 1, "4", "sweep", ["DERIVED", "PRIMARY"], SOPClassUID="1.2.840.10008.5.1.4.1.1.6.1", SamplesPerPixel=3,
        PhotometricInterpretation="RGB", PlanarConfiguration=0, BitsAllocated=8, BitsStored=8, HighBit=7,
        PixelData=np.stack([grey, grey // 2, 255 - grey], 2).tobytes(), SequenceOfUltrasoundRegions=[region])


def selection(number, title, accession="A-1", *chosen):
    """A key object selection that names images of the exam A-1."""
    ds = pydicom.dcmread(io.BytesIO(dicom_bytes(
        accession, modality="KO", series="9", SeriesNumber="9", number=number, PixelData=None, Rows=None, Columns=None,
        SamplesPerPixel=None, PhotometricInterpretation=None, BitsAllocated=None, BitsStored=None, HighBit=None,
        PixelRepresentation=None, SOPClassUID=DOCUMENT)), force=True)
    ds.file_meta.MediaStorageSOPClassUID = DOCUMENT
    ds.ValueType, ds.ContinuityOfContent, ds.ContentDate, ds.ContentTime = "CONTAINER", "SEPARATE", "20261120", "101500"
    code = pydicom.Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = title, "DCM", "title"
    ds.ConceptNameCodeSequence, ds.ContentSequence = [code], []
    for content in chosen:
        named = pydicom.dcmread(io.BytesIO(content), stop_before_pixels=True)
        item, reference = pydicom.Dataset(), pydicom.Dataset()
        item.RelationshipType, item.ValueType = "CONTAINS", "IMAGE"
        reference.ReferencedSOPClassUID, reference.ReferencedSOPInstanceUID = named.SOPClassUID, named.SOPInstanceUID
        item.ReferencedSOPSequence = [reference]
        ds.ContentSequence.append(item)
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


def exam():
    """`{name: bytes}` of the exam, and of selections that are none of its own."""
    plane = {"PixelSpacing": ["0.5", "0.25"], "ImageOrientationPatient": ["1", "0", "0", "0", "1", "0"],
             "RescaleSlope": "1", "RescaleIntercept": "-1024", "FrameOfReferenceUID": uid("frame")}
    breast = {"ImagerPixelSpacing": ["0.1", "0.2"], "ImageLaterality": "L", "WindowCenter": "2000", "WindowWidth": "3000"}
    files = {
        "MG1": image("MG", 1, "1", "L CC", ["ORIGINAL", "PRIMARY"], **breast),
        "MG2": image("MG", 2, "2", "L MLO", ["DERIVED", "PRIMARY"], **breast),
        "CT1": image("CT", 1, "3", "axial", ["ORIGINAL", "PRIMARY", "AXIAL"], ImagePositionPatient=["-9", "4", "1"], **plane),
        "CT2": image("CT", 2, "3", "axial", ["ORIGINAL", "PRIMARY", "AXIAL"], ImagePositionPatient=["-9", "4", "3"], **plane),
        "US1": ultrasound(),
    }
    own = {"KO1": selection(1, "113000", "A-1", files["MG2"], files["CT2"]), "KO2": selection(2, "113001", "A-1", files["MG1"])}
    others = {"KO of another exam": selection(3, "113000", "A-2", files["MG1"], files["CT1"]),
              "KO of another facility": selection(4, "113000", "A-1", files["MG1"], files["CT1"])}
    return {**files, **own}, others


# What is known of the images: modality, type, series, whether it is a key image.
IMAGES = {
    "MG1": ("MG", "ORIGINAL\\PRIMARY", "l cc", False), "MG2": ("MG", "DERIVED\\PRIMARY", "l mlo", True),
    "CT1": ("CT", "ORIGINAL\\PRIMARY", "axial", False), "CT2": ("CT", "ORIGINAL\\PRIMARY", "axial", True),
    "US1": ("US", "DERIVED\\PRIMARY", "sweep", False),
}
DOCUMENTS = ("KO1", "KO2")


def opened(purpose):
    """The images that a purpose opens."""
    limits = RANGES[purpose]["range"]
    return {
        name for name, (modality, kind, series, is_key) in IMAGES.items()
        if limits["kinds"] == "all" or modality in limits["kinds"]
        if "imageTypes" not in limits or kind in limits["imageTypes"]
        if "seriesDescriptions" not in limits or "mlo" in series
        if is_key or not limits.get("keyImagesOnly")}


def expected(wish):
    """The reason of a denial, or the images, documents and rights that are given."""
    purpose, party, kinds = wish["purpose"], wish["party"], wish["kinds"]
    if purpose not in RANGES:
        return "purposeUnknown"
    if party == "eastside":
        return "notAvailable"
    if party == "southside" and purpose not in SHARED:
        return "purposeNotGranted"
    limits = RANGES[purpose]["range"]
    may_report = limits.get("reports", False) and party != "sato"
    images = {name for name in opened(purpose) if kinds is None or IMAGES[name][0] in kinds}
    reports = may_report and wish["reports"] is not False
    if kinds != [] and not images:
        only_absent = limits["kinds"] == "all" or set(kinds) <= set(limits["kinds"])
        return "notAvailable" if kinds == ["XA"] and only_absent else "kindNotAllowed"
    if not images and not reports:
        return "notAvailable" if wish["reports"] is False else "reportsNotAllowed"
    excesses = [reason for reason, is_excess in (
        ("kindNotAllowed", limits["kinds"] != "all" and not set(kinds or []) <= set(limits["kinds"])),
        ("densityNotAllowed", (wish["pixelDensity"] or 0) > limits["pixelDensity"]),
        ("processingNotAllowed", wish["imageProcessing"] and not limits.get("imageProcessing")),
        ("reportsNotAllowed", wish["reports"] and not may_report)) if is_excess]
    if excesses and wish["prefer"] == "refuse":
        return excesses[0]
    return {
        "images": images, "density": min(limits["pixelDensity"], wish["pixelDensity"] or 1.0), "reports": reports,
        "processing": bool(limits.get("imageProcessing")) and wish["imageProcessing"] is not False,
        "reduced": bool(excesses), "deidentified": RANGES[purpose].get("deidentify", False)}


def whole_cross():
    return [dict(zip(WISHES, values)) for values in itertools.product(*WISHES.values())]


def pairwise(more=40):
    """Wishes in which each two values of two columns meet, and some besides; always the same."""
    columns, chance = list(WISHES), np.random.default_rng(4)
    def pairs(row):
        return {(a, b, row[a], row[b]) for a, b in itertools.combinations(range(len(columns)), 2)}
    def pick():
        return tuple(int(chance.integers(len(WISHES[column]))) for column in columns)
    missing = set().union(*(
        {(a, b, i, j) for i in range(len(WISHES[columns[a]])) for j in range(len(WISHES[columns[b]]))}
        for a, b in itertools.combinations(range(len(columns)), 2)))
    rows = []
    while missing:
        best = max((pick() for _ in range(60)), key=lambda row: len(pairs(row) & missing))
        if not pairs(best) & missing:
            a, b, i, j = min(missing)
            best = tuple(i if n == a else j if n == b else value for n, value in enumerate(best))
        missing -= pairs(best)
        rows.append(best)
    rows += [pick() for _ in range(more)]
    unique = dict.fromkeys(rows)
    return [{column: WISHES[column][value] for column, value in zip(columns, row)} for row in unique]


def one_excess_each():
    """Wishes that go beyond a purpose in one thing, asked for by the owner."""
    nothing = {**dict.fromkeys(WISHES), "party": "northside"}
    for prefer in WISHES["prefer"]:
        for more in ({"kinds": ["MG", "US"]}, {"pixelDensity": 1.0}, {"imageProcessing": True}, {"reports": True}):
            yield {**nothing, "purpose": "teaching", "prefer": prefer, **more}


def side(length, density):
    return max(1, math.floor(length * density + 0.5))
