// Who the images are of. Pure; text as the files have it, which may be anything.

/// The patient, as the page's head shows them.
package struct PatientTitle: Codable, Sendable, Equatable {
    /// As people write it.
    package let displayName: String
    package let patientID: String
    package let birthDate: String?
    package let sex: String?

    /// - Parameters:
    ///   - name: A DICOM person name, `YAMADA^TARO=山田^太郎`, or plain text.
    ///   - birthDate: `YYYY-MM-DD`, or whatever the file says.
    ///   - sex: `M`, `F`, `O`, or whatever the file says.
    package init(name: String, patientID: String, birthDate: String? = nil, sex: String? = nil) {
        self.displayName = PersonName.display(name)
        self.patientID = patientID
        self.birthDate = birthDate
        self.sex = sex
    }

    private enum CodingKeys: String, CodingKey {
        case displayName = "name"
        case patientID, birthDate, sex
    }
}
