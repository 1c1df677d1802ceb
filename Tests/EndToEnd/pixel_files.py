"""Image files made for a test: small, each with one thing that a renderer must get right."""

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate, encapsulate_extended
from pydicom.pixels.encoders import RLELosslessEncoder
from pydicom.uid import ExplicitVRLittleEndian, RLELossless, generate_uid

RAMP = np.linspace(0, 4095, 24 * 20).astype("u2").reshape(24, 20)


def image(pixels=RAMP, bits=12, frames=1, photometric="MONOCHROME2", syntax=ExplicitVRLittleEndian, **attributes):
    """A data set around an array of shape (frames,) rows, columns(, samples)."""
    shape = pixels.shape[1:] if frames > 1 else pixels.shape
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    ds.SOPInstanceUID = generate_uid(entropy_srcs=["pixel_files"])
    ds.Rows, ds.Columns = shape[:2]
    ds.SamplesPerPixel = shape[2] if len(shape) == 3 else 1
    if ds.SamplesPerPixel > 1:
        ds.PlanarConfiguration = 0
    ds.PhotometricInterpretation = photometric
    ds.BitsAllocated = pixels.dtype.itemsize * 8
    ds.BitsStored = bits
    ds.HighBit = bits - 1
    ds.PixelRepresentation = int(pixels.dtype.kind == "i")
    if frames > 1:
        ds.NumberOfFrames = frames
    ds.PixelData = pixels.tobytes()
    ds["PixelData"].VR = "OB" if ds.BitsAllocated == 8 else "OW"
    for keyword, value in attributes.items():
        setattr(ds, keyword, value)
    return ds


def save(ds, path):
    ds.save_as(path, enforce_file_format=True)
    return path


def table(entries, first, bits, signed=False):
    """The item of a LUT sequence."""
    item = Dataset()
    item.add_new("LUTDescriptor", "SS" if signed else "US", [len(entries) & 0xFFFF, first, bits])
    item.add_new("LUTData", "US", list(entries))
    return item


def window_groups(center, width, slope=1, intercept=0):
    """An item of functional groups with a window and a rescale."""
    voi, rescale, item = Dataset(), Dataset(), Dataset()
    voi.WindowCenter, voi.WindowWidth = center, width
    rescale.RescaleSlope, rescale.RescaleIntercept, rescale.RescaleType = slope, intercept, "US"
    item.FrameVOILUTSequence = [voi]
    item.PixelValueTransformationSequence = [rescale]
    return item


def rle(pixels, fragments_of_frame=1, offsets="basic", **attributes):
    """A multi-frame image compressed by RLE, its frames told apart in the way named."""
    ds = image(pixels, frames=len(pixels), **attributes)
    kept = {keyword: ds[keyword].value for keyword in ("Rows", "Columns", "SamplesPerPixel", "BitsAllocated")}
    frames = [
        RLELosslessEncoder.encode(
            frame.tobytes(), rows=kept["Rows"], columns=kept["Columns"], samples_per_pixel=kept["SamplesPerPixel"],
            bits_allocated=kept["BitsAllocated"], bits_stored=ds.BitsStored, number_of_frames=1,
            pixel_representation=ds.PixelRepresentation, photometric_interpretation=ds.PhotometricInterpretation,
            encoding_plugin="pydicom")
        for frame in pixels]
    if offsets == "extended":
        ds.PixelData, ds.ExtendedOffsetTable, ds.ExtendedOffsetTableLengths = encapsulate_extended(frames)
    else:
        ds.PixelData = encapsulate(frames, fragments_per_frame=fragments_of_frame, has_bot=offsets == "basic")
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True
    ds.file_meta.TransferSyntaxUID = RLELossless
    return ds


def segmented_palette():
    """8-bit indices with palettes of segments: values, a line, and both again."""
    ds = image((np.arange(256) % 128).astype("u1").reshape(16, 16), bits=8, photometric="PALETTE COLOR")
    for color, top in (("Red", 60000), ("Green", 30000), ("Blue", 9000)):
        words = [0, 2, 0, top // 2, 1, 62, top, 2, 2, 0, 0]
        setattr(ds, f"{color}PaletteColorLookupTableDescriptor", [128, 0, 16])
        ds.add_new(f"Segmented{color}PaletteColorLookupTableData", "OW", np.array(words, "<u2").tobytes())
    return ds


def mammogram():
    """3328 × 2560 pixels of 16 bits: a breast of noisy tissue on a black field."""
    generator = np.random.default_rng(1)
    y, x = np.mgrid[0:3328, 0:2560].astype("f4")
    inside = (x / 1400) ** 2 + ((y - 1664) / 1500) ** 2 < 1
    tissue = 1200 + 900 * np.cos(x / 700) * np.cos((y - 1664) / 900) + generator.normal(0, 60, x.shape)
    pixels = np.where(inside, tissue, generator.normal(40, 8, x.shape)).clip(0, 4095).astype("u2")
    return image(pixels, WindowCenter=1500, WindowWidth=3000)


def reread(path):
    return pydicom.dcmread(path, force=True)
