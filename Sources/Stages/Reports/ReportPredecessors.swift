// Finds reports by the SOP Instance UID of the DICOM file that they came as: structured reports name each other so.
//
// Reads the files in the archive, since a report is known by what it says and not by a UID of its sender's; the reports of
// one exam are few.

internal import Archive
internal import Catalog
internal import DICOM
internal import Files

struct ReportPredecessors {
    let site: SiteContext

    /// Those of some reports that came as one of these instances.
    func facts(of uids: [String], among stored: [StoredReport]) throws -> [ReportFacts] {
        try stored.filter { report in
            guard Self.mayBeNamed(report.facts) else { return false }
            return Self.isNamed(uids, try ReportStore(site: site).open(report))
        }.map(\.facts)
    }

    /// Whether a report's tar holds one of these instances.
    static func isNamed(_ uids: [String], in tar: [UInt8], path: String) -> Bool {
        do throws(ArchiveError) { return isNamed(uids, try ReportPack(tar, path: path)) } catch { return false }
    }

    private static func mayBeNamed(_ facts: ReportFacts) -> Bool {
        facts.files.contains { $0.mediaType == "application/dicom" }
    }

    private static func isNamed(_ uids: [String], _ pack: ReportPack) -> Bool {
        pack.files.contains { file in
            guard file.name.hasSuffix(".dcm") else { return false }
            do throws(DICOMError) {
                let dataSet = try DataSetReader.read(file.bytes, stopsBeforePixelData: true).dataSet
                return dataSet.text(.sopInstanceUID).map { uids.contains($0) } ?? false
            } catch { return false }
        }
    }
}
