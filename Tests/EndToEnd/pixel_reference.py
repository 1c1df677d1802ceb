"""What pydicom makes of a frame: the greys or colours that a rendering is held against."""

import copy

import numpy as np
import pydicom
from pydicom.pixels import apply_color_lut, apply_modality_lut, apply_voi_lut, pixel_array

DEFLATED = "1.2.840.10008.1.2.1.99"
BASELINE = "1.2.840.10008.1.2.4.50"
EXTENDED = "1.2.840.10008.1.2.4.51"
GROUPS = ("PixelValueTransformationSequence", "FrameVOILUTSequence")


def stored(path, ds, frame):
    """The frame's pixels as pydicom decodes them, colours as RGB. `frame` is from 0.

    pydicom cannot read a single frame of a deflated file, nor one of single bits that starts within a byte, so that
    all are taken.
    """
    many = int(ds.get("NumberOfFrames") or 1) > 1
    if str(ds.file_meta.get("TransferSyntaxUID", "")) == DEFLATED or ds.BitsAllocated == 1:
        return ds.pixel_array[frame] if many else ds.pixel_array
    plugin = "pillow" if str(ds.file_meta.get("TransferSyntaxUID", "")) == BASELINE else ""
    return pixel_array(str(path), index=frame if many else None, force=True, decoding_plugin=plugin)


def is_lossy_jpeg(ds):
    """Whether two correct decoders may differ by one stored value (ISO 10918-2)."""
    return str(ds.file_meta.get("TransferSyntaxUID", "")) in (BASELINE, EXTENDED)


def flattened(ds, frame):
    """The data set's grey scale attributes as they hold for one frame, at its top level."""
    flat = pydicom.Dataset()
    flat.file_meta = getattr(ds, "file_meta", pydicom.Dataset())
    for keyword in ("PhotometricInterpretation", "BitsStored", "PixelRepresentation", "RescaleSlope",
                    "RescaleIntercept", "ModalityLUTSequence", "VOILUTSequence", "WindowCenter", "WindowWidth",
                    "VOILUTFunction", "PixelPaddingValue", "PixelPaddingRangeLimit", "PresentationLUTShape"):
        if keyword in ds:
            flat[keyword] = copy.deepcopy(ds[keyword])
    shared = list(ds.get("SharedFunctionalGroupsSequence") or [])[:1]
    own = list(ds.get("PerFrameFunctionalGroupsSequence") or [])[frame:frame + 1]
    for item in shared + own:
        for group in GROUPS:
            for macro in list(item.get(group) or [])[:1]:
                for element in macro:
                    flat[element.keyword] = copy.deepcopy(element)
    return flat


def usable_windows(flat):
    """Without windows of impossible width, which pydicom refuses and a viewer passes over."""
    width, center = flat.get("WindowWidth"), flat.get("WindowCenter")
    if width in (None, "") or center in (None, ""):
        found = False
    else:
        first = float(width[0] if isinstance(width, pydicom.multival.MultiValue) else width)
        found = first >= 1 if flat.get("VOILUTFunction", "LINEAR") == "LINEAR" else first > 0
    if not found:
        for keyword in ("WindowWidth", "WindowCenter"):
            if keyword in flat:
                del flat[keyword]


def as_stored(value, signed):
    """A US or SS value with the sign that the pixels have."""
    return value - 0x10000 if signed and value >= 0x8000 else value & 0xFFFF if not signed else value


def output_ends(flat, modality, pixels):
    """The values of black and white after `apply_voi_lut`."""
    if flat.get("VOILUTSequence"):
        return 0, 2 ** flat.VOILUTSequence[0].LUTDescriptor[2] - 1
    bits, signed = flat.BitsStored, flat.PixelRepresentation == 1
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2 ** bits - 1)
    if flat.get("ModalityLUTSequence"):
        return 0, 2 ** flat.ModalityLUTSequence[0].LUTDescriptor[2] - 1
    if "WindowWidth" in flat or (bits <= 8 and not signed):
        slope, intercept = float(flat.get("RescaleSlope", 1)), float(flat.get("RescaleIntercept", 0))
        return low * slope + intercept, high * slope + intercept
    counting = modality
    if "PixelPaddingValue" in flat:
        ends = sorted(
            as_stored(value, signed)
            for value in (flat.PixelPaddingValue, flat.get("PixelPaddingRangeLimit", flat.PixelPaddingValue)))
        kept = (pixels < ends[0]) | (pixels > ends[1])
        counting = modality[kept] if kept.any() else modality
    return counting.min(), counting.max()


def greys(ds, pixels, frame):
    """8-bit greys, not rounded."""
    flat = flattened(ds, frame)
    usable_windows(flat)
    modality = apply_modality_lut(pixels, flat)
    values = np.asarray(apply_voi_lut(modality, flat), dtype="float64")
    low, high = output_ends(flat, modality, pixels)
    scaled = np.clip((values - low) / (high - low), 0, 1) if high != low else np.zeros(values.shape)
    if flat.PhotometricInterpretation == "MONOCHROME1" or flat.get("PresentationLUTShape") == "INVERSE":
        scaled = 1 - scaled
    return scaled * 255


def colors(ds, pixels):
    """8-bit RGB, not rounded."""
    if ds.PhotometricInterpretation == "PALETTE COLOR":
        looked = apply_color_lut(pixels, ds)
        return (looked >> 8 if looked.dtype.itemsize == 2 else looked)[..., :3].astype("float64")
    excess = pixels.dtype.itemsize * 8 - 8
    return (pixels >> excess).astype("float64")


def picture(path, frame):
    """What a rendering of the frame must equal, and whether it is colour."""
    ds = pydicom.dcmread(path, force=True)
    pixels = stored(path, ds, frame)
    if pixels.ndim == 3 or ds.PhotometricInterpretation == "PALETTE COLOR":
        return colors(ds, pixels)
    return greys(ds, pixels, frame)
