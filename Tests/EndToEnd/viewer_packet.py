"""Makes packets with viewer pages for the browser: pages and pixel files by the product, pictures by the formulas of DICOM."""

import json
import struct
import subprocess
import zlib

import numpy as np
import pydicom

import product

EXAM_KEY = "northside_A%2F1"


def png(path, pixels):
    """Writes 8-bit grey or RGB."""
    rows, columns = pixels.shape[:2]
    colour = 2 if pixels.ndim == 3 else 0

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + np.ascontiguousarray(row).tobytes() for row in pixels.astype(np.uint8))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, colour, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def grey(stored, *, slope=1, intercept=0, center=None, width=None, function="LINEAR", table=None, modality_table=None,
         inverted=False):
    """8-bit grey of stored values, by PS3.3 C.11.1 and C.11.2, as numbers before rounding."""
    def look_up(t, x):
        return np.asarray(t["entries"])[np.clip(np.rint(x).astype(int) - t["firstMapped"], 0, len(t["entries"]) - 1)]

    if center is None and not table:
        center, width = (int(stored.min()) + int(stored.max()) + 1) / 2, int(stored.max()) - int(stored.min()) + 1
    x = look_up(modality_table, stored).astype(float) if modality_table else stored.astype(float) * slope + intercept
    if table:
        y = look_up(table, x) / (2 ** table["bits"] - 1)
    elif function == "SIGMOID":
        y = 1 / (1 + np.exp(-4 * (x - center) / width))
    elif function == "LINEAR_EXACT":
        y = np.clip((x - center) / width + 0.5, 0, 1)
    else:
        y = np.clip((x - (center - 0.5)) / (width - 1) + 0.5, 0, 1) if width > 1 else (x > center - 0.5).astype(float)
    return 255 * (1 - y if inverted else y)


class Packet:
    """A folder with a page in the making."""

    def __init__(self, folder):
        self.folder = folder
        self.samples = []
        self.count = 0
        (folder / "pixels").mkdir(parents=True)
        (folder / "raw").mkdir()

    def pixels(self, frames, kind, frames_per_file=None):
        """Pixel files of frames (an array of frames first); gives what the page says of them."""
        files = []
        for first in range(0, len(frames), frames_per_file or len(frames)):
            part = frames[first:first + (frames_per_file or len(frames))]
            self.count += 1
            key = str(self.count)
            raw = self.folder / "raw" / key
            raw.write_bytes(np.ascontiguousarray(part).tobytes())
            path = f"pixels/{key}.js"
            self.samples.append({"source": str(raw), "path": path, "key": key, "rows": part.shape[1],
                                 "columns": part.shape[2], "frames": len(part), "type": kind})
            files.append({"path": path, "key": key, "firstFrame": first, "frameCount": len(part)})
        return files

    def instance(self, uid, stored, kind, look=None, frames_per_file=None, with_pixels=True, **more):
        """An image: stored values (one frame, or frames first), its look as for `grey`, and whatever else the page is told."""
        frames = stored if stored.ndim == (4 if kind == "rgb8" else 3) else stored[None]
        rendered = []
        for index, frame in enumerate(frames):
            path = f"rendered/{len(self.samples)}-{uid.split('.')[-1]}-{index}.png"
            png(self.folder / path, frame if kind == "rgb8" else np.rint(grey(frame, **(look or {}))))
            rendered.append(path)
        scale = [] if kind == "rgb8" else [self.scale(look or {})]
        photometric = "RGB" if kind == "rgb8" else "MONOCHROME1" if (look or {}).get("inverted") else "MONOCHROME2"
        return {
            "sopInstanceUID": uid, "rows": frames.shape[1], "columns": frames.shape[2], "frames": len(frames),
            "photometricInterpretation": photometric, "rendered": rendered, "grey": scale,
            "pixels": self.pixels(frames, kind, frames_per_file) if with_pixels else [], **more}

    @staticmethod
    def scale(look):
        windows = [{"center": look["center"], "width": look["width"]}] if "center" in look else []
        result = {"slope": look.get("slope", 1), "intercept": look.get("intercept", 0), "windows": windows,
                  "function": look.get("function", "LINEAR"), "tables": [look["table"]] if "table" in look else []}
        if "modality_table" in look:
            result["modalityTable"] = look["modality_table"]
        return result

    def write(self, page):
        description = self.folder / "raw" / "description.json"
        description.write_text(json.dumps({"page": page, "pixels": self.samples}))
        subprocess.run([str(product.FOLDER / "filmroom-bench"), "page", str(description), str(self.folder)], check=True)
        return self.folder / "index.html"


def series(modality, instances, **more):
    return {"seriesInstanceUID": "1.2.3.4", "modality": modality, "instances": instances, **more}


def exam(all_series, **more):
    return {"key": EXAM_KEY, "facility": "northside", "accessionNumber": "A/1", "studyInstanceUID": "1.2.3",
            "studyDate": "2026-11-20", "studyDescription": "Study", "series": all_series, **more}


FORM = {"reader": "sato", "readerName": "Dr Sato", "protocol": "screening", "labels": ["normal", "benign", "recall"],
        "ordered": True, "round": 1, "rounds": 1, "packetVersion": 2, "arbiter": False}


def page(current, priors=(), form=FORM, **more):
    return {"kind": "packet", "patient": {"name": "TEST, TINA", "patientID": "P-9", "birthDate": "1970-01-15", "sex": "F"},
            "exam": current, "priors": list(priors), "earlierReads": [], "isCertifiedDisplay": False,
            **({"form": form} if form else {}), **more}


def mammography(packet, folder):
    """The four views of a folder as an exam's series."""
    result = []
    for name in ("RCC", "LCC", "RMLO", "LMLO"):
        file = pydicom.dcmread(folder / f"{name}.dcm")
        look = {"center": float(file.WindowCenter), "width": float(file.WindowWidth)}
        image = packet.instance(
            str(file.SOPInstanceUID), file.pixel_array, "uint16", look, laterality=file.ImageLaterality,
            viewPosition=file.ViewPosition, patientOrientation=list(file.PatientOrientation),
            spacing={"row": file.ImagerPixelSpacing[0], "column": file.ImagerPixelSpacing[1], "kind": "ImagerPixelSpacing"})
        result.append(series("MG", [image], seriesInstanceUID=str(file.SeriesInstanceUID), bodyPart="BREAST"))
    return result


def mammography_packet(folder, fixtures, **more):
    """A screening exam with its prior."""
    packet = Packet(folder)
    current = exam(mammography(packet, fixtures / "demo" / "current"), studyDescription="Screening mammography")
    prior = exam(mammography(packet, fixtures / "demo" / "prior"), key="northside_A-0", accessionNumber="A-0",
                 studyDate="2024-10-02", studyDescription="Screening mammography")
    return packet.write(page(current, [prior], **more))


CT_LOOK = {"slope": 1.0, "intercept": -1024.0, "center": 40, "width": 400}
CT_SHAPE = (12, 96, 128)


def ct_volume():
    """An invented body of air, fat, tissue and bone, as signed stored values."""
    frames, rows, columns = CT_SHAPE
    z, y, x = np.mgrid[0:frames, 0:rows, 0:columns].astype(float)
    radius = np.hypot((x - columns / 2) / 52, (y - rows / 2) / 38)
    hounsfield = np.where(radius < 1, np.where(radius > 0.88, -90, 40 + 60 * np.sin(x / 7 + z) * np.cos(y / 9)), -1000)
    hounsfield = np.where(np.hypot(x - columns / 2, y - rows * 0.7) < 6 + z / 6, 700, hounsfield)
    return (hounsfield + 1024).astype("<i2")


def ct_series(packet, volume=None):
    stored = ct_volume() if volume is None else volume
    return series("CT", [
        packet.instance(f"1.2.9.{100 + n}", image, "int16", CT_LOOK, number=n + 1,
                        orientation=[1, 0, 0, 0, 1, 0], position=[-100, -80, 5.0 * n],
                        spacing={"row": 0.8, "column": 0.8, "kind": "PixelSpacing"})
        for n, image in enumerate(stored)], description="Abdomen 5 mm", bodyPart="ABDOMEN", number=2)
