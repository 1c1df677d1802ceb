// ReportStatus owns how far a result has come, and how each encoding says that.
//
// Pure. A result that takes the place of a final one is amended, whatever it says itself: whoever acted on the former one
// has to look again.

/// The status of a report.
package enum ReportStatus: String, Codable, CaseIterable, Sendable {
    /// It waits for an arbiter or for more reads.
    case preliminary
    case final
    /// It takes the place of one that was final.
    case amended

    /// - Parameters:
    ///   - outcome: `determined escalated undetermined technicalRecall`.
    ///   - isAfterFinal: Whether any version before it was final.
    package init(outcome: String, isAfterFinal: Bool) {
        if isAfterFinal {
            self = .amended
        } else {
            self = Self.isFinal(outcome: outcome) ? .final : .preliminary
        }
    }

    /// Whether an outcome is one that is acted upon: a label, or that the images are to be taken again.
    package static func isFinal(outcome: String) -> Bool { ["determined", "technicalRecall"].contains(outcome) }

    /// OBR-25 and OBX-11.
    ///
    /// - Source: HL7 v2.5.1 tables 0123 and 0085.
    var hl7Code: String {
        switch self {
        case .preliminary: "P"
        case .final: "F"
        case .amended: "C"
        }
    }

    /// TXA-17. Nobody signs what a rule determines: it is documented, and not authenticated.
    ///
    /// - Source: HL7 v2.5.1 table 0271.
    var documentCode: String { self == .preliminary ? "IP" : "DO" }

    /// DiagnosticReport.status and Observation.status, which have the same words.
    ///
    /// - Source: HL7 FHIR R4, value sets diagnostic-report-status and observation-status.
    var fhirCode: String { rawValue }

    /// Preliminary Flag (0040,A496).
    var preliminaryFlag: String { self == .preliminary ? "PRELIMINARY" : "FINAL" }
}

/// The characters that a chart system reads, in HL7 messages and DICOM objects. FHIR is always UTF-8.
package enum ReportRepertoire: String, Codable, CaseIterable, Sendable {
    case utf8
    /// ASCII with ISO 2022 IR 87, and IR 159 where a text needs it. What these lack is written in UTF-8, and says so.
    case iso2022Japanese
}
