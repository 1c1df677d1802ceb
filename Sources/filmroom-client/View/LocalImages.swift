// The images of a folder on this machine, by patient, study and series.
//
// Reads the start of each file; never changes one.

import DICOM
import Files
import Foundation
import Spool
import Viewing

/// One image file.
struct LocalImage {
    let path: String
    let byteCount: Int64
    let header: DataSet

    func text(_ tag: Tag) -> String? { header.text(tag).flatMap { $0.isEmpty ? nil : $0 } }
    var sopInstanceUID: String { text(.sopInstanceUID) ?? path }
    var studyInstanceUID: String { text(.studyInstanceUID) ?? "" }
    var seriesInstanceUID: String { text(.seriesInstanceUID) ?? "" }
    /// Whose image it is: the same id of two issuers is of two patients.
    var patient: [String] { [text(.issuerOfPatientID) ?? "", text(.patientID) ?? "", text(.patientName) ?? ""] }
    /// Text of any kind, so that a newer study sorts later.
    var studyTime: String { (text(.studyDate) ?? "") + (text(.studyTime) ?? "") }

    /// - Returns: What can be shown, in the order of their paths; the same instance once.
    static func all(in folder: String) throws -> [LocalImage] {
        var seen: Set<String> = []
        var images: [LocalImage] = []
        for file in try LocalFolder.files(folder, isWanted: { !IgnoredNames.contains($0) }) {
            let path = "\(folder)/\(file.path)"
            guard let read = try FileHeader.file(path), read.dataSet.text(.sopInstanceUID) != nil else { continue }
            let image = LocalImage(path: path, byteCount: file.status.byteCount, header: read.dataSet)
            if seen.insert(image.sopInstanceUID).inserted { images.append(image) }
        }
        return images
    }
}
