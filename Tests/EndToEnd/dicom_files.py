"""Makes small DICOM files whose every byte follows from their arguments."""

import hashlib
import io

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

CLASS_BY_MODALITY = {
    "CT": "1.2.840.10008.5.1.4.1.1.2",
    "MG": "1.2.840.10008.5.1.4.1.1.1.2",
    "MR": "1.2.840.10008.5.1.4.1.1.4",
}


def uid(*parts):
    """A UID that follows from the parts."""
    digest = hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()
    return f"2.25.{int(digest[:30], 16)}"


def pixels(seed, byte_count):
    """Bytes that no compression shortens, the same for the same seed."""
    block = b"".join(hashlib.sha256(f"{seed}/{i}".encode()).digest() for i in range(min(byte_count, 65536) // 32 + 1))
    return (block * (byte_count // len(block) + 1))[:byte_count]


def dicom_bytes(
    accession="A-1001", study=None, series="1", number=1, patient_id="P-1", issuer=None, name="YAMADA^TARO",
    modality="MG", rows=64, columns=64, seed=None, study_date="20261120", sop=None, **others,
):
    """One 16-bit image as a Part 10 file. `others` are attributes by keyword; None leaves one out."""
    study = study or uid("study", accession)
    dataset = Dataset()
    dataset.SOPClassUID = CLASS_BY_MODALITY.get(modality, CLASS_BY_MODALITY["CT"])
    dataset.SOPInstanceUID = sop or uid("sop", study, series, number)
    dataset.StudyInstanceUID = study
    dataset.SeriesInstanceUID = uid("series", study, series)
    dataset.StudyDate = study_date
    dataset.StudyTime = "101500"
    dataset.Modality = modality
    dataset.AccessionNumber = accession
    dataset.PatientName = name
    dataset.PatientID = patient_id
    if issuer:
        dataset.IssuerOfPatientID = issuer
    dataset.StudyID = "1"
    dataset.SeriesNumber = "1"
    dataset.InstanceNumber = str(number)
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.Rows = rows
    dataset.Columns = columns
    dataset.BitsAllocated = 16
    dataset.BitsStored = 12
    dataset.HighBit = 11
    dataset.PixelRepresentation = 0
    dataset.PixelData = pixels(seed or dataset.SOPInstanceUID, rows * columns * 2)
    for keyword, value in others.items():
        if value is None:
            delattr(dataset, keyword)
        else:
            setattr(dataset, keyword, value)
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    meta.MediaStorageSOPInstanceUID = dataset.get("SOPInstanceUID", "")
    meta.ImplementationClassUID = "2.25.1"
    dataset.file_meta = meta
    buffer = io.BytesIO()
    dataset.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def study_files(accession="A-1001", count=4, prefix="IM", **arguments):
    """`{name: bytes}` of one study's images, all in one series."""
    return {f"{prefix}{n}": dicom_bytes(accession=accession, number=n, **arguments) for n in range(1, count + 1)}
