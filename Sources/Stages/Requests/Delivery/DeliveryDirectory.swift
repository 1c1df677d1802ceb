// The DICOMDIR of a delivery, over all of its exams.
//
// The standard allows file ids of capital letters and digits alone, so that every DICOM file gets a second name, a hard
// link: `DICOM/EX000001/IM000001`.

internal import Spool

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
        let files: [ReleasedFile]
    }

    /// Writes it, each file taken into `SHA256SUMS`.
    ///
    /// - Parameter exams: In the order of the delivery.
    func write(_ exams: [Exam]) throws {
        throw StageError.unexpected("DICOMDIR: not made yet")
    }
}
