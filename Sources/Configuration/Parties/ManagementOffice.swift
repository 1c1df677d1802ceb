// An office that manages the service: it hears of results, and orders what nobody else may.
//
// Owns one item of `management` in `parties.yaml`.

/// A management office.
package struct ManagementOffice: Sendable, Equatable {
    package let id: String
    package let name: String

    init(_ reader: KeyedReader) {
        id = reader.required("id", Decode.identifier, else: "")
        name = reader.value("name", Decode.text, default: id)
    }
}
