"""What is wrong with a reduced DICOM file, held against its source: geometry, names, flags, pixels.

Independent of the product: it asks what must stay the same (where the image lies, how large it is, what its pixels mean
on average) rather than repeating how the numbers are scaled.
"""

import copy
import warnings

import numpy as np
import pydicom

import pixel_reference as reference

LOSSY = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.81"}
# Some files of the lossless syntaxes hold a lossy stream.
JPEG = {"1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70"}
SPACINGS = ("PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing")
SAME = (
    "PatientID", "StudyInstanceUID", "FrameOfReferenceUID", "SOPClassUID", "Modality", "BurnedInAnnotation",
    "RescaleSlope", "RescaleIntercept", "WindowCenter", "WindowWidth", "NumberOfFrames", "ImageOrientationPatient",
    "LossyImageCompressionMethod", "PixelPaddingValue", "PatientOrientation", "ImageLaterality")
GONE = ("IconImageSequence", "DigitalSignaturesSequence", "ExtendedOffsetTable")


def faults(source_path, derived_path, density, pixels=True):
    """One line for each fault."""
    source, derived = (pydicom.dcmread(path, force=True) for path in (source_path, derived_path))
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for check in (names, matrix, planes, record, flags, regions, shutters, layout):
            try:
                found += [f"{check.__name__}: {line}" for line in check(source, derived, density) if line]
            except (AttributeError, KeyError, IndexError) as error:
                found.append(f"{check.__name__}: {error!r}")
        if pixels and not found:
            found += [f"pixels: {line}" for line in pixel_faults(source_path, derived_path, source, derived)]
    return found


def names(source, derived, _):
    meta = derived.file_meta
    yield meta.TransferSyntaxUID != "1.2.840.10008.1.2.1" and "not explicit VR little endian"
    yield meta.MediaStorageSOPInstanceUID != derived.SOPInstanceUID and "the meta information names another instance"
    yield meta.MediaStorageSOPClassUID != derived.SOPClassUID and "the meta information names another class"
    for keyword in ("SOPInstanceUID", "SeriesInstanceUID"):
        yield derived.get(keyword) == source.get(keyword) and f"{keyword} is the source's"
        uid = str(derived.get(keyword))
        number = uid[5:] if uid.startswith("2.25.") else ""
        yield not (number.isdigit() and int(number) < 2 ** 128 and str(int(number)) == number) and f"{keyword}: {uid}"
    for keyword in SAME:
        old, new = source.get(keyword), derived.get(keyword)
        became_color = derived.get("SamplesPerPixel") == 3 and keyword not in ("PatientID", "StudyInstanceUID")
        lossy = keyword.startswith("Lossy") and str(source.file_meta.get("TransferSyntaxUID", "")) in LOSSY
        yield old not in (None, "") and old != new and not became_color and not lossy and f"{keyword}: {old}, {new}"
    for element in derived.iterall():
        yield element.tag.is_private and f"the private element {element.tag}"
        yield element.tag.group & 0xFF01 in (0x6000, 0x5000) and f"an overlay or curve, {element.tag}"
    for keyword in GONE:
        yield keyword in derived and keyword


def matrix(source, derived, density):
    for keyword in ("Rows", "Columns"):
        wanted = max(1, int(source[keyword].value * density + 0.5))
        yield derived[keyword].value != wanted and f"{keyword} {derived[keyword].value}, not {wanted}"


def items(ds, sequence):
    return list(ds.get(sequence) or [])


def macro(ds, frame, sequence):
    """An item of a functional group of a frame, or the data set itself."""
    for groups in (items(ds, "PerFrameFunctionalGroupsSequence")[frame:frame + 1],
                   items(ds, "SharedFunctionalGroupsSequence")[:1]):
        for group in groups:
            if items(group, sequence):
                return group[sequence][0]
    return ds


def corners(ds, frame):
    """The outer corners of the image in the patient, and where its far side is; nil without a plane."""
    spacing = macro(ds, frame, "PixelMeasuresSequence").get("PixelSpacing")
    position = macro(ds, frame, "PlanePositionSequence").get("ImagePositionPatient")
    orientation = macro(ds, frame, "PlaneOrientationSequence").get("ImageOrientationPatient")
    if not spacing or not position or not orientation or len(position) != 3 or len(orientation) != 6:
        return None
    across, down = (np.array(orientation[i:i + 3], dtype=float) for i in (0, 3))
    first = np.array(position, dtype=float)
    step = across * float(spacing[1]), down * float(spacing[0])
    near = first - step[0] / 2 - step[1] / 2
    return np.array([near, near + step[0] * ds.Columns + step[1] * ds.Rows])


def planes(source, derived, _):
    for keyword in SPACINGS:
        if not source.get(keyword) or len(source[keyword].value) != 2:
            continue
        for axis, sides in enumerate(("Rows", "Columns")):
            old, new = (float(ds[keyword].value[axis]) * ds[sides].value for ds in (source, derived))
            yield not np.isclose(old, new, rtol=1e-9) and f"{keyword}: the extent was {old}, is {new}"
    for frame in range(int(source.get("NumberOfFrames") or 1)):
        old, new = corners(source, frame), corners(derived, frame)
        if old is not None:
            far = new is None or not np.allclose(old, new, atol=1e-3, rtol=1e-9)
            yield far and f"frame {frame + 1} lies elsewhere"
            if far:
                return


def record(source, derived, _):
    yield derived.ImageType[0] != "DERIVED" and "ImageType does not say DERIVED"
    yield not derived.get("DerivationDescription") and "no description"
    codes = [(code.CodeValue, code.CodingSchemeDesignator) for code in items(derived, "DerivationCodeSequence")]
    yield ("113085", "DCM") not in codes and "no code for spatial resampling"
    image = derived.SourceImageSequence[0]
    yield image.ReferencedSOPInstanceUID != source.SOPInstanceUID and "another source"
    yield image.ReferencedSOPClassUID != source.SOPClassUID and "another class of the source"
    purpose = image.PurposeOfReferenceCodeSequence[0]
    yield (purpose.CodeValue, purpose.CodingSchemeDesignator) != ("121322", "DCM") and "another purpose of the source"
    yield image.SpatialLocationsPreserved != "NO" and "pixels are not where they were"
    if items(derived, "SharedFunctionalGroupsSequence"):
        yield not items(macro(derived, 0, "DerivationImageSequence"), "SourceImageSequence") and "no derivation macro"


def flags(source, derived, _):
    was_lossy = source.get("LossyImageCompression") == "01"
    was_lossy |= str(source.file_meta.get("TransferSyntaxUID", "")) in LOSSY
    yield was_lossy and derived.get("LossyImageCompression") != "01" and "the loss is forgotten"
    old = source.get("LossyImageCompressionRatio")
    yield was_lossy and old not in (None, "") and not derived.get("LossyImageCompressionRatio") and "no ratio"


def place(region, ds, axis):
    """The physical values of the middle of the image's outer edges, by a region's own scale."""
    start = region[f"RegionLocationMin{axis}0"].value
    pixel = region.get(f"ReferencePixel{axis}0", 0) or 0
    value = region.get(f"ReferencePixelPhysicalValue{axis}", 0.0) or 0.0
    delta = region[f"PhysicalDelta{axis}"].value
    side = ds.Columns if axis == "X" else ds.Rows
    return [value + (edge - start - pixel) * delta for edge in (-0.5, side - 0.5)]


def regions(source, derived, _):
    pairs = zip(items(source, "SequenceOfUltrasoundRegions"), items(derived, "SequenceOfUltrasoundRegions"))
    yield len(items(source, "SequenceOfUltrasoundRegions")) != len(
        items(derived, "SequenceOfUltrasoundRegions")) and "not as many regions"
    for old, new in pairs:
        for axis, end, sides in (("X", "X1", "Columns"), ("Y", "Y1", "Rows")):
            yield new[f"RegionLocationMax{end}"].value >= derived[sides].value and "a region beyond the image"
            ratio = derived[sides].value / source[sides].value
            for keyword in (f"RegionLocationMin{axis}0", f"RegionLocationMax{end}"):
                moved = abs((old[keyword].value + 0.5) * ratio - 0.5 - new[keyword].value)
                yield moved > 0.501 and old[keyword].value < source[sides].value and f"{keyword} {new[keyword].value}"
            if f"ReferencePixel{axis}0" in old:
                delta = abs(new[f"PhysicalDelta{axis}"].value) or 1
                apart = np.abs(np.subtract(place(old, source, axis), place(new, derived, axis))).max()
                yield apart > 1e-6 * delta * derived[sides].value and f"a measure along {axis} is off by {apart}"
            else:
                extents = [ds[sides].value * region[f"PhysicalDelta{axis}"].value
                           for ds, region in ((source, old), (derived, new))]
                yield not np.isclose(*extents) and f"PhysicalDelta{axis} is not that of the pixels"


def shutters(source, derived, _):
    edges = {
        "ShutterLeftVerticalEdge": "Columns", "ShutterRightVerticalEdge": "Columns",
        "ShutterUpperHorizontalEdge": "Rows", "ShutterLowerHorizontalEdge": "Rows",
        "CollimatorLeftVerticalEdge": "Columns", "CollimatorRightVerticalEdge": "Columns",
        "CollimatorUpperHorizontalEdge": "Rows", "CollimatorLowerHorizontalEdge": "Rows"}
    for keyword, sides in edges.items():
        if source.get(keyword) in (None, ""):
            continue
        ratio = derived[sides].value / source[sides].value
        yield abs(float(source[keyword].value) * ratio - float(derived[keyword].value)) > 1.01 and (
            f"{keyword} {derived[keyword].value}")
    for keyword in ("CenterOfCircularShutter", "VerticesOfThePolygonalShutter"):
        for index, old in enumerate(source.get(keyword) or []):
            sides = "Columns" if index % 2 else "Rows"
            ratio = derived[sides].value / source[sides].value
            yield abs(float(old) * ratio - float(derived[keyword].value[index])) > 1.01 and keyword


def layout(source, derived, _):
    yield derived.PhotometricInterpretation not in ("MONOCHROME1", "MONOCHROME2", "RGB") and "samples of another kind"
    data = next(derived[name].value for name in ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
                if name in derived)
    bits = derived.Rows * derived.Columns * derived.SamplesPerPixel * derived.BitsAllocated
    count = (bits * int(derived.get("NumberOfFrames") or 1) + 7) // 8
    yield len(data) != count + count % 2 and f"{len(data)} bytes of pixels, not {count}"


def area_mean(pixels, rows, columns):
    """Means over areas, by running sums along each axis."""
    for axis, new in ((0, rows), (1, columns)):
        old = pixels.shape[axis]
        sums = np.concatenate([np.zeros_like(pixels.take([0], axis)), np.cumsum(pixels, axis)], axis)
        edges = np.arange(new + 1) * old / new
        low = np.minimum(edges.astype(int), old - 1)
        share = (edges - low).reshape([-1 if i == axis else 1 for i in range(pixels.ndim)])
        at = sums.take(low, axis) * (1 - share) + sums.take(low + 1, axis) * share
        pixels = np.diff(at, axis=axis) * new / old
    return pixels


def padding_of(ds):
    if "PixelPaddingValue" not in ds or ds.SamplesPerPixel > 1 or ds.get("BitsAllocated", 16) > 16:
        return None
    signed = ds.PixelRepresentation == 1
    ends = (ds.PixelPaddingValue, ds.get("PixelPaddingRangeLimit", ds.PixelPaddingValue))
    return sorted(reference.as_stored(value, signed) for value in ends)


def pixel_faults(source_path, derived_path, source, derived):
    frames = int(source.get("NumberOfFrames") or 1)
    lowest, highest = [], []
    for frame in range(frames) if frames <= 4 else (0, frames // 2, frames - 1):
        new = reference.stored(derived_path, derived, frame).astype("f8")
        old = reference.stored(source_path, source, frame)
        if derived.SamplesPerPixel == 3:
            old = reference.colors(source, old)
        old = old.astype("f8")
        padding = padding_of(source)
        if padding:
            there = ((old < padding[0]) | (old > padding[1])).astype("f8")
            share = area_mean(there, *new.shape)
            means = area_mean(old * there, *new.shape) / np.maximum(share, 1e-12)
            is_padding = (new >= padding[0]) & (new <= padding[1])
            if (is_padding != (share <= 0.5 + 1e-9))[np.abs(share - 0.5) > 1e-6].any():
                yield f"frame {frame + 1}: padding is not where most was padding"
                continue
            # A mean of values on both sides of the padding gives way to it.
            gives_way = (means > padding[0] - 0.51) & (means < padding[1] + 0.51) & ~is_padding
            means = np.where(is_padding | gives_way & ((new == padding[0] - 1) | (new == padding[1] + 1)), new, means)
            counting = new[~is_padding]
        else:
            means, counting = area_mean(old, *new.shape[:2]), new
        is_jpeg = source.file_meta.get("TransferSyntaxUID", "") in JPEG
        allowed = 0.5 + 1e-3 + (2 if reference.is_lossy_jpeg(source) else is_jpeg) + (derived.SamplesPerPixel == 3) * 1.5
        if "PixelData" not in derived:
            allowed = 1e-5 * max(np.abs(old).max(), 1)
        worst = np.abs(new - means).max()
        if worst > allowed:
            yield f"frame {frame + 1}: differs by {worst} from the mean"
        if counting.size:
            lowest.append(counting.min())
            highest.append(counting.max())
    if frames <= 4 and lowest and derived.get("SmallestImagePixelValue") not in (None, ""):
        signed = derived.PixelRepresentation == 1
        told = [reference.as_stored(derived.get(k), signed) for k in ("SmallestImagePixelValue", "LargestImagePixelValue")
                if derived.get(k) not in (None, "")]
        if told and told[0] != min(lowest) or len(told) > 1 and told[1] != max(highest):
            yield f"the smallest and largest value are not {told}"


def planted(ds):
    """Twelve and more faults, each as a name and a data set that has it; `ds` is a good derivative."""
    def moved(keyword, change):
        def plant(copied):
            copied[keyword].value = change(copied[keyword].value)
        return keyword, plant

    def record_item(copied):
        copied.SourceImageSequence[0].SpatialLocationsPreserved = "YES"

    def pixels(copied):
        data = bytearray(copied.PixelData)
        middle = len(data) // 4 * 2
        data[middle] ^= 0x10
        copied.PixelData = bytes(data)

    def shifted(copied):
        width = copied.Columns * copied.BitsAllocated // 8
        copied.PixelData = copied.PixelData[width:] + copied.PixelData[:width]

    def overlay(copied):
        copied.add_new(0x60000010, "US", copied.Rows)

    def private(copied):
        copied.add_new(0x00090010, "LO", "MAKER")

    def code(copied):
        copied.DerivationCodeSequence[0].CodeValue = "113040"

    def region(copied):
        copied.SequenceOfUltrasoundRegions[0].PhysicalDeltaX *= 0.5

    def origin(copied):
        copied.SequenceOfUltrasoundRegions[0].ReferencePixelPhysicalValueX += 0.1

    def forgotten(keyword):
        return f"no {keyword}", lambda copied: copied.__delattr__(keyword)

    plants = [
        moved("PixelSpacing", lambda old: [old[1] * 2, old[0]]), moved("ImagerPixelSpacing", lambda old: [v / 2 for v in old]),
        moved("ImagePositionPatient", lambda old: [old[0] - 0.05, *old[1:]]), moved("Rows", lambda old: old - 1),
        moved("SeriesInstanceUID", lambda old: "1.2.3.5"), moved("SOPInstanceUID", lambda old: "1.2.3.4"),
        moved("StudyInstanceUID", lambda old: "1.2.3.9"), moved("ImageType", lambda old: ["ORIGINAL", *old[1:]]),
        moved("BurnedInAnnotation", lambda old: "NO"), moved("LargestImagePixelValue", lambda old: old + 1),
        moved("LossyImageCompression", lambda old: "00"), moved("ShutterRightVerticalEdge", lambda old: old * 2),
        forgotten("DerivationDescription"), forgotten("SourceImageSequence"), forgotten("LossyImageCompressionRatio"),
        ("location", record_item), ("a pixel", pixels), ("rows shifted", shifted), ("overlay", overlay),
        ("private", private), ("code", code), ("region", region), ("origin", origin)]
    for name, plant in plants:
        copied = copy.deepcopy(ds)
        plant(copied)
        yield name, copied
