// ReportIdentifiers owns the names that a result has in the encodings: of the document, of messages, of objects.
//
// Pure. All of them follow from what the result is: the site, the exam, the version, the recipient and the form. Whoever
// gets it a second time knows it again, and no two results share one.

import Files
internal import DICOM

/// A form in which chart systems take results.
package enum ResultForm: String, CaseIterable, Sendable {
    case fhir, hl7, hl7Batch, mdm, sr, pdf, dicomPDF

    /// What comes after `<exam key>.v<N>.` in the file's name.
    package var ending: String {
        switch self {
        case .fhir: "fhir.json"
        case .hl7: "hl7"
        case .hl7Batch: "batch.hl7"
        case .mdm: "mdm.hl7"
        case .sr: "sr.dcm"
        case .pdf: "pdf"
        case .dicomPDF: "pdf.dcm"
        }
    }

    package init?(ending: String) {
        guard let form = Self.allCases.first(where: { $0.ending == ending }) else { return nil }
        self = form
    }
}

/// The identifiers of a version of a result.
struct ReportIdentifiers {
    let result: ReportedResult

    /// `northside_A-1001.v2`, as its files are named.
    var document: String { Self.document(result.examKey, result.version) }

    /// Of the version that the recipient had before; nil for its first.
    var predecessor: String? { result.predecessor.map { Self.document(result.examKey, $0) } }

    /// MSH-10 and its like, 20 characters.
    ///
    /// - Source: HL7 v2.5.1 section 2.14.9.10.
    func controlID(_ form: ResultForm) -> String {
        String(digest(form.rawValue, version: result.version).hex.uppercased().prefix(20))
    }

    /// The UID of the object that a version is in.
    func sopInstanceUID(_ form: ResultForm, version: Int) -> String {
        DerivedUID.ofNumber(digest(form.rawValue, version: version).bytes)
    }

    /// All versions of one exam's result in one form are a series.
    func seriesInstanceUID(_ form: ResultForm) -> String {
        DerivedUID.ofNumber(digest("series of " + form.rawValue, version: 0).bytes)
    }

    /// A FHIR resource's address. That of the report is the same for all versions: it is one resource that changes.
    ///
    /// - Source: RFC 9562, section 5.8 (version 8).
    func uuid(_ name: String) -> String { FHIRInvoice.uuid("\(result.site.id)/\(result.examKey)/\(name)") }

    private static func document(_ examKey: String, _ version: Int) -> String { "\(examKey).v\(version)" }

    /// Each part with its length, so that no two lists run together.
    private func digest(_ form: String, version: Int) -> SHA256Digest {
        let parts = ["result", result.site.id, result.examKey, String(version), result.recipient.id, form]
        return SHA256.digest(of: parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n"))
    }
}
