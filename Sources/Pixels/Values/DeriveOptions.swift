// DeriveOptions owns for whom and how an instance is derived from another: everything that its content and its UIDs
// depend on. The same options and source give the same file.

/// How a derived DICOM file is wanted.
package struct DeriveOptions: Codable, Hashable, Sendable {
    /// What its pixels are.
    package enum Form: String, Codable, CaseIterable, Sendable {
        /// The source's values, in an instance of the source's kind.
        case stored
        /// Greys or colours of 8 bits, in a Secondary Capture.
        case rendered
    }

    /// The linear scale of rows and columns, above 0 and at most 1.
    package let density: Double
    package let form: Form
    /// Whether who the patient is, is taken away (PS3.15 annex E).
    package let deidentifies: Bool
    /// The party that it is for.
    package let recipient: String
    package let policyVersion: String
    /// The site's own, that no recipient knows; UIDs and pseudonyms are made with it.
    package let secret: String

    package init(
        density: Double = 1, form: Form = .stored, deidentifies: Bool = false, recipient: String,
        policyVersion: String, secret: String = ""
    ) {
        self.density = density
        self.form = form
        self.deidentifies = deidentifies
        self.recipient = recipient
        self.policyVersion = policyVersion
        self.secret = secret
    }
}

/// What a derived file is.
package struct DerivedDescription: Codable, Hashable, Sendable {
    package let sopClassUID: String
    package let sopInstanceUID: String
    package let seriesInstanceUID: String
    package let studyInstanceUID: String
    /// Keywords of the attributes that the source has otherwise, in order of their tags; a tag for those without one.
    package let changed: [String]

    package init(
        sopClassUID: String, sopInstanceUID: String, seriesInstanceUID: String, studyInstanceUID: String,
        changed: [String]
    ) {
        self.sopClassUID = sopClassUID
        self.sopInstanceUID = sopInstanceUID
        self.seriesInstanceUID = seriesInstanceUID
        self.studyInstanceUID = studyInstanceUID
        self.changed = changed
    }
}
