// The DICOMDIR of a delivery, over all of its exams.
//
// The standard allows file ids of capital letters and digits alone, so that every DICOM file gets a second name, a hard
// link: `DICOM/EX000001/IM000001`. What has no place in a DICOMDIR is only where it was.

internal import DICOM
internal import Files
internal import Spool
internal import Viewing

/// Makes `DICOMDIR` and what it names.
struct DeliveryDirectory {
    /// The delivery's, in which the exams' folders are whole.
    let folder: OutboundFolder

    /// The folder of the second names.
    static let folderName = "DICOM"

    /// A delivered exam.
    struct Exam {
        /// Its folder, ending in `/`.
        let prefix: String
        /// The party whose exam it is: equal patient ids of two are two patients.
        let facility: String
        let files: [ReleasedFile]
    }

    /// Writes it, each file taken into `SHA256SUMS`.
    ///
    /// - Parameter exams: In the order of the delivery.
    func write(_ exams: [Exam]) throws {
        for name in ["DICOM", "DICOMDIR"] { try folder.discard(name) }
        let uids = exams.flatMap(\.files).compactMap(\.sopInstanceUID)
        var directory = MediaDirectory(instanceUID: Self.uid(of: uids))
        for (number, exam) in exams.enumerated() {
            let name = Self.component("EX", number + 1)
            for (place, file) in exam.files.filter({ $0.path.hasSuffix(".dcm") }).enumerated() {
                let fileID = ["DICOM", name, Self.component("IM", place + 1)]
                guard let header = try FileHeader.file(try folder.path(exam.prefix + file.path)),
                    try directory.add(
                        header.dataSet, transferSyntaxUID: header.transferSyntax.uid, fileID: fileID,
                        patientScope: exam.facility)
                else { continue }
                try folder.link(
                    exam.prefix + file.path, as: fileID.joined(separator: "/"), digest: file.sha256)
            }
        }
        try folder.add("DICOMDIR", try directory.bytes())
    }

    private static func component(_ letters: String, _ number: Int) -> String {
        precondition(number < 1_000_000, "a delivery has fewer exams and files than a file id can say")
        let digits = String(number)
        return letters + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The same for the same instances.
    private static func uid(of uids: [String]) -> String {
        let digest = SHA256.digest(of: "filmroom-directory-1\n" + uids.joined(separator: "\n")).bytes
        return "2.25.\(digest.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) })"
    }
}
