#!/usr/bin/env python3
"""Writes the dictionary tables of this folder from the PyPI package pydicom (its copy of PS3.6).

    python3 -m venv venv && venv/bin/pip install pydicom==3.0.2
    venv/bin/python Sources/DICOM/Dictionary/generate.py

Tables are text, one entry a line, sorted, because a Swift array literal of 5,000 structs takes minutes to compile.
"""
from pathlib import Path

import pydicom
from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary
from pydicom._uid_dict import UID_dictionary

HERE = Path(__file__).parent

HEADER = """// swift-format-ignore-file
// {owns}
// Made by generate.py from pydicom {version}; never edited by hand.

"""

COMMON = """
FileMetaInformationGroupLength FileMetaInformationVersion MediaStorageSOPClassUID MediaStorageSOPInstanceUID
TransferSyntaxUID ImplementationClassUID ImplementationVersionName SourceApplicationEntityTitle
DirectoryRecordSequence SpecificCharacterSet ImageType InstanceCreationDate InstanceCreationTime
SOPClassUID SOPInstanceUID StudyDate SeriesDate AcquisitionDate ContentDate AcquisitionDateTime StudyTime SeriesTime
AcquisitionTime ContentTime AccessionNumber IssuerOfAccessionNumberSequence Modality ConversionType PresentationIntentType Manufacturer
InstitutionName InstitutionAddress ReferringPhysicianName TimezoneOffsetFromUTC StationName StudyDescription
SeriesDescription InstitutionalDepartmentName ProcedureCodeSequence PerformingPhysicianName
NameOfPhysiciansReadingStudy OperatorsName ManufacturerModelName ReferencedStudySequence
ReferencedPerformedProcedureStepSequence ReferencedSeriesSequence ReferencedSOPClassUID ReferencedSOPInstanceUID
ReferencedSOPSequence ReferencedImageSequence ReferencedFrameNumber DerivationDescription SourceImageSequence
PatientName PatientID IssuerOfPatientID PatientBirthDate PatientBirthTime PatientSex OtherPatientIDs PatientAge
PatientSize PatientWeight PatientComments BodyPartExamined SliceThickness KVP SpacingBetweenSlices
DeviceSerialNumber SoftwareVersions ProtocolName ViewPosition StudyInstanceUID SeriesInstanceUID StudyID SeriesNumber
AcquisitionNumber InstanceNumber PatientOrientation ImagePositionPatient ImageOrientationPatient FrameOfReferenceUID
Laterality ImageLaterality ImageComments SamplesPerPixel PhotometricInterpretation PlanarConfiguration NumberOfFrames
Rows Columns PixelSpacing ImagerPixelSpacing BitsAllocated BitsStored HighBit PixelRepresentation
SmallestImagePixelValue LargestImagePixelValue PixelPaddingValue BurnedInAnnotation WindowCenter WindowWidth
RescaleIntercept RescaleSlope RescaleType WindowCenterWidthExplanation VOILUTFunction ModalityLUTSequence
VOILUTSequence LUTDescriptor LUTData RedPaletteColorLookupTableDescriptor GreenPaletteColorLookupTableDescriptor
BluePaletteColorLookupTableDescriptor RedPaletteColorLookupTableData GreenPaletteColorLookupTableData
BluePaletteColorLookupTableData LossyImageCompression LossyImageCompressionRatio LossyImageCompressionMethod
RequestedProcedureDescription RequestedProcedureID ScheduledProcedureStepID ScheduledProcedureStepDescription
PerformedProcedureStepStartDate PerformedProcedureStepID PerformedProcedureStepDescription RequestAttributesSequence
ValueType ConceptNameCodeSequence ConceptCodeSequence CodeValue CodingSchemeDesignator CodeMeaning
ContinuityOfContent ContentSequence RelationshipType TextValue DateTime Date Time PersonName UID NumericValue
MeasuredValueSequence MeasurementUnitsCodeSequence ContentTemplateSequence MappingResource TemplateIdentifier
CompletionFlag VerificationFlag VerifyingObserverSequence VerifyingObserverName VerifyingOrganization
VerificationDateTime CurrentRequestedProcedureEvidenceSequence PredecessorDocumentsSequence
SharedFunctionalGroupsSequence PerFrameFunctionalGroupsSequence ViewCodeSequence AnatomicRegionSequence
DocumentTitle MIMETypeOfEncapsulatedDocument EncapsulatedDocument PatientIdentityRemoved DeidentificationMethod
FloatPixelData DoubleFloatPixelData PixelData DataSetTrailingPadding OverlayRows OverlayColumns OverlayData
PixelPaddingRangeLimit SegmentedRedPaletteColorLookupTableData SegmentedGreenPaletteColorLookupTableData
SegmentedBluePaletteColorLookupTableData FrameVOILUTSequence PixelValueTransformationSequence
PresentationLUTShape ExtendedOffsetTable ExtendedOffsetTableLengths
DerivationCodeSequence DerivationImageSequence PurposeOfReferenceCodeSequence SpatialLocationsPreserved FrameType
InstanceCreatorUID LengthToEnd DigitalSignaturesSequence MACParametersSequence PixelDataProviderURL
OriginalAttributesSequence ReferencedInstanceSequence IconImageSequence SpatialResolution GraphicAnnotationSequence
SmallestPixelValueInSeries LargestPixelValueInSeries SmallestImagePixelValueInPlane LargestImagePixelValueInPlane
NominalScannedPixelSpacing ObjectPixelSpacingInCenterOfBeam MaskSubPixelShift PixelAspectRatio PixelMeasuresSequence
PlaneOrientationSequence PlaneOrientationVolumeSequence ImageOrientationSlide ImageOrientationVolume ImagePositionVolume
XOffsetInSlideCoordinateSystem YOffsetInSlideCoordinateSystem ZOffsetInSlideCoordinateSystem
RowPositionInTotalImagePixelMatrix ColumnPositionInTotalImagePixelMatrix TotalPixelMatrixRows TotalPixelMatrixColumns
ShutterShape ShutterLeftVerticalEdge ShutterRightVerticalEdge ShutterUpperHorizontalEdge ShutterLowerHorizontalEdge
CenterOfCircularShutter RadiusOfCircularShutter VerticesOfThePolygonalShutter ShutterOverlayGroup
ShutterPresentationValue ShutterPresentationColorCIELabValue
CollimatorShape CollimatorLeftVerticalEdge CollimatorRightVerticalEdge CollimatorUpperHorizontalEdge
CollimatorLowerHorizontalEdge CenterOfCircularCollimator RadiusOfCircularCollimator VerticesOfThePolygonalCollimator
RegionLocationMinX0 RegionLocationMinY0 RegionLocationMaxX1 RegionLocationMaxY1 ReferencePixelX0 ReferencePixelY0
ReferencePixelPhysicalValueX ReferencePixelPhysicalValueY PhysicalDeltaX PhysicalDeltaY
DopplerSampleVolumeXPosition DopplerSampleVolumeYPosition TMLinePositionX0 TMLinePositionX1 TMLinePositionY0
TMLinePositionY1 DopplerSampleVolumeXPositionRetired DopplerSampleVolumeYPositionRetired TMLinePositionX0Retired
TMLinePositionX1Retired TMLinePositionY0Retired TMLinePositionY1Retired
PaletteColorLookupTableUID RecognizableVisualFeatures FrameTime FrameTimeVector FrameIncrementPointer PageNumberVector
PatientPosition PixelSpacingCalibrationType PixelSpacingCalibrationDescription PositionReferenceIndicator
LongitudinalTemporalInformationModified DeidentificationMethodCodeSequence CodingSchemeVersion SegmentationType
SourceImageEvidenceSequence PulseSequenceName MRAcquisitionType EchoPulseSequence MultipleSpinEcho MultiPlanarExcitation
PhaseContrast TimeOfFlightContrast ArterialSpinLabelingContrast SteadyStatePulseSequence EchoPlanarPulseSequence
SaturationRecovery SpectrallySelectedSuppression OversamplingPhase GeometryOfKSpaceTraversal SegmentedKSpaceTraversal
RectilinearPhaseEncodeReordering CoverageOfKSpace NumberOfKSpaceTrajectories FrameAnatomySequence FrameLaterality LUTExplanation
""".split()


def lower_camel(keyword):
    """PatientID -> patientID, SOPClassUID -> sopClassUID, UID -> uid."""
    run = 0
    while run < len(keyword) and keyword[run].isupper():
        run += 1
    if run > 1 and run < len(keyword):
        run -= 1
    return keyword[:run].lower() + keyword[run:]


def text_table(path, owns, name, rows):
    body = "\n".join("    " + row.replace("\\", "\\\\") for row in rows)
    with open(HERE / path, "w", encoding="utf-8") as out:
        out.write(HEADER.format(owns=owns, version=pydicom.__version__))
        out.write(f'let {name}: StaticString = """\n{body}\n    """\n')


def clean(text):
    return text.replace("|", "/").replace("\u200b", "").strip()


def element_row(tag, entry):
    vr, vm, name, retired, keyword = entry
    vr = "" if vr == "NONE" else vr.replace(" or ", ",")
    return "|".join([tag, vr, vm, "R" if retired else "", keyword, clean(name)])


def write_elements():
    rows = [element_row(f"{tag:08X}", entry) for tag, entry in sorted(DicomDictionary.items())]
    text_table("ElementTable.swift", "The data elements of PS3.6 sections 6 to 9: tag|VR|VM|retired|keyword|name.",
               "elementTable", rows)
    rows = [element_row(tag, entry) for tag, entry in sorted(RepeatersDictionary.items())]
    text_table("RepeaterTable.swift", "The repeating groups of PS3.6: each x of a tag stands for any digit.",
               "repeaterTable", rows)


def write_uids():
    rows = ["|".join([uid, entry[1], "R" if entry[3] else "", clean(entry[0])])
            for uid, entry in sorted(UID_dictionary.items())]
    text_table("UIDTable.swift", "The UIDs of PS3.6 annex A: uid|type|retired|name.", "uidTable", rows)


def write_keywords():
    tags = {entry[4]: tag for tag, entry in DicomDictionary.items()}
    tags.update(OverlayRows=0x60000010, OverlayColumns=0x60000011, OverlayData=0x60003000)
    with open(HERE / "CommonTags.swift", "w", encoding="utf-8") as out:
        out.write(HEADER.format(owns="Tags in common use, by the keyword of PS3.6.", version=pydicom.__version__))
        out.write("extension Tag {\n")
        for tag, keyword in sorted((tags[keyword], keyword) for keyword in COMMON):
            out.write(f"    package static let {lower_camel(keyword)} = Tag(0x{tag >> 16:04X}_{tag & 0xFFFF:04X})\n")
        out.write("}\n")


if __name__ == "__main__":
    write_elements()
    write_uids()
    write_keywords()
