// SRItems owns the reading of a DICOM SR drop: one report, one diagnosis.
//
// Invariant: no file costs more than its limits; what is no report of a known kind is refused by its kind's name.

internal import DICOM
package import Radiology

/// The reader of structured reports.
package enum SRItems {
    /// Bytes of the largest report that is read.
    package static let maximumByteCount = 64 << 20

    /// SOP classes that are read: Basic Text, Enhanced, Comprehensive and Comprehensive 3D SR.
    ///
    /// - Source: DICOM PS3.4 table B.5-1.
    package static let sopClassUIDs = [
        "1.2.840.10008.5.1.4.1.1.88.11", "1.2.840.10008.5.1.4.1.1.88.22", "1.2.840.10008.5.1.4.1.1.88.33",
        "1.2.840.10008.5.1.4.1.1.88.34",
    ]

    /// The diagnosis of a report. Its label is not set: see `Diagnosis.labels(by:)`.
    ///
    /// - Parameter zone: The offsets of the place where reports without Timezone Offset From UTC are written.
    package static func diagnosis(_ bytes: [UInt8], zone: ZoneOffset = .unknown) throws(ItemError) -> Diagnosis {
        guard bytes.count <= maximumByteCount else {
            throw ItemError(text: "the file is longer than \(maximumByteCount) bytes")
        }
        var reader = SRDiagnosis(try report(bytes), zone: zone)
        return try reader.diagnosis()
    }

    /// The data set of a file that is a report.
    private static func report(_ bytes: [UInt8]) throws(ItemError) -> DataSet {
        var limits = ScanLimits.standard
        limits.maximumTreeByteCount = UInt64(maximumByteCount)
        limits.maximumTreeElementCount = 1_000_000
        limits.inflatedByteCountAtAnyRatio = UInt64(maximumByteCount)
        let dataSet: DataSet
        do throws(DICOMError) { dataSet = try DataSetReader.read(bytes, limits: limits).dataSet } catch {
            throw ItemError(text: error.description)
        }
        let sopClass = dataSet.text(.sopClassUID) ?? ""
        guard sopClassUIDs.contains(sopClass) else {
            let name = UIDNames.name(of: sopClass).map { "\($0), " } ?? ""
            throw ItemPlace(field: "SOPClassUID").fault(
                "the file is \(name)\(Quoted.text(sopClass)), and no Basic Text, Enhanced or Comprehensive SR")
        }
        return dataSet
    }
}
