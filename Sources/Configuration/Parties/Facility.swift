// A hospital or clinic that sends images and asks for them.
//
// Owns one item of `facilities` in `parties.yaml`.

/// A facility.
package struct Facility: Sendable, Equatable {
    package let id: String
    package let name: String
    /// What stands for the issuer of a patient id where an image does not name one; nil leaves it empty.
    package let issuerOfPatientID: String?
    /// A name of the IANA database; its months are what it is invoiced by. The site's where it is not given.
    package let timeZone: String
    /// Purposes under which it may ask for exams; none by default.
    package let purposes: [String]
    /// The purpose of what it gets without asking; nil means that charts cause no request.
    package let defaultPurpose: String?
    package let recipientFormats: [RecipientFormat]
    package let address: Address?
    package let vatID: String?
    /// The number in the register of companies; nil for none.
    package let registrationID: String?
    /// Where it takes electronic invoices; nil where it takes none.
    package let endpoint: Endpoint?
    /// What it wants to see on its invoices; nil for nothing.
    package let buyerReference: String?

    init(_ reader: KeyedReader, site: Site?, known: Identifiers) {
        let purpose = Decode.reference(to: known.purposes, noun: "purpose")
        id = reader.required("id", Decode.identifier, else: "")
        name = reader.value("name", Decode.text, default: id)
        issuerOfPatientID = reader.optional("issuerOfPatientID", Decode.text)
        timeZone = reader.value("timeZone", Decode.timeZone, default: site?.timeZone ?? "UTC")
        purposes = reader.value("purposes", Decode.list(of: purpose), default: [])
        defaultPurpose = reader.optional("defaultPurpose", purpose)
        recipientFormats = reader.value(
            "recipientFormats", Decode.list(of: Decode.word(RecipientFormat.self), atLeast: 1),
            default: RecipientFormat.allCases)
        address = reader.optional("address", Address.decode)
        vatID = reader.optional("vatID", Decode.text)
        registrationID = reader.optional("registrationID", Decode.text)
        endpoint = reader.optional("endpoint", Decode.endpoint)
        buyerReference = reader.optional("buyerReference", Decode.text)
        if let defaultPurpose, !purposes.contains(defaultPurpose) {
            reader.given("defaultPurpose")?
                .fail("\"\(defaultPurpose)\" is not among the purposes of this facility; add it to `purposes`")
        }
    }
}

/// What a facility can use of a delivery.
package enum RecipientFormat: String, CaseIterable, Sendable {
    case dicom, png
}
