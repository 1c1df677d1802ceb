// What an image lacks that those who read it will miss. It is stored all the same; its receipt says so.
//
// Pure. Each flag names the attribute, what stands there and what would be right.

internal import DICOM

enum ImageFlags {
    /// The flags of an image, in the order of the checks.
    static func all(of file: ScannedFile) -> [String] {
        [patientID(file), modality(file), view(file)].compactMap { $0 }
    }

    /// - Source: DICOM PS3.3 section C.7.1.1, type 2; without a value nobody can tell whose image it is.
    private static func patientID(_ file: ScannedFile) -> String? {
        guard isBlank(file.text(.patientID)) else { return nil }
        return
            "PatientID \(Tag.patientID) is \(absence(file, .patientID)); the image can be matched with no other of its "
            + "patient"
    }

    /// - Source: DICOM PS3.3 section C.7.3.1.1.1.
    private static func modality(_ file: ScannedFile) -> String? {
        guard let term = file.values(.modality).first, !isBlank(term) else {
            return "Modality \(Tag.modality) is \(absence(file, .modality)); right would be a defined term such as MG"
        }
        if ModalityTerms.isDefined(term) { return nil }
        return "Modality \(Tag.modality) is '\(term.prefix(16))', which is no defined term of the standard"
    }

    /// - Source: DICOM PS3.3 sections C.8.11.7 and C.8.11.5: a mammogram says its view, by a code or a term.
    private static func view(_ file: ScannedFile) -> String? {
        guard file.values(.modality).first == "MG", isBlank(file.text(.viewPosition)), !file.hasViewCode else {
            return nil
        }
        return
            "ViewPosition \(Tag.viewPosition) is \(absence(file, .viewPosition)), and there is no View Code Sequence: "
            + "which view the mammogram shows is not said"
    }

    private static func isBlank(_ text: String?) -> Bool { text?.allSatisfy { $0 == " " } ?? true }

    private static func absence(_ file: ScannedFile, _ tag: Tag) -> String {
        file.text(tag) == nil ? "missing" : "empty"
    }
}
