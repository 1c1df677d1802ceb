// DiagnosisRules owns what every diagnosis must have, whatever form it came in.
//
// Pure.

internal import Radiology

/// What holds for diagnoses of all forms.
enum DiagnosisRules {
    /// Gives back the diagnosis.
    ///
    /// - Throws: When it names no exam, or says neither an answer nor what it withdraws.
    static func checked(
        _ diagnosis: Diagnosis, at place: @autoclosure () -> ItemPlace
    ) throws(ItemError) -> Diagnosis {
        guard diagnosis.exam.namesExam else {
            throw place().fault("names no exam: give its accessionNumber, its studyInstanceUID or both")
        }
        guard diagnosis.label != nil || !diagnosis.labelCodes.isEmpty || diagnosis.retracts != nil else {
            throw place().fault("has no label, and retracts no earlier read")
        }
        return diagnosis
    }
}
