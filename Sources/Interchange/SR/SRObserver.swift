// SRObserver owns the question who read, as a report says it: the person who verified it, the person observer of its
// content, or its author.
//
// Source: DICOM PS3.3 section C.17.2; PS3.16 TID 1003.

internal import DICOM
internal import Radiology

/// The reader of a report, as far as the report knows.
struct SRObserver {
    /// A party id that stands as the observer's identification; nil for identifications of other kinds.
    let id: String?
    /// `SATO^JIRO`; nil when no name is there.
    let name: String?

    /// - Throws: When the report names several persons of one standing.
    init(_ dataSet: DataSet, root: SRContentItem) throws(ItemError) {
        let verifiers = dataSet.items(.verifyingObserverSequence)
        if !verifiers.isEmpty {
            (id, name) = try Self.one(
                verifiers.map {
                    (
                        Self.partyID($0, .verifyingObserverIdentificationCodeSequence),
                        Self.name($0.text(.verifyingObserverName))
                    )
                }, ItemPlace(field: "VerifyingObserverSequence"))
            return
        }
        let observers = root.children.filter { $0.name == SRCode.personObserverName }
        if !observers.isEmpty {
            (id, name) = try Self.one(
                observers.map { (nil, Self.name($0.text ?? $0.dataSet.text(.personName))) },
                ItemPlace(field: "Person Observer Name"))
            return
        }
        (id, name) = try Self.one(
            dataSet.items(.authorObserverSequence).map {
                (Self.partyID($0, .personIdentificationCodeSequence), Self.name($0.text(.personName)))
            }, ItemPlace(field: "AuthorObserverSequence"))
    }

    /// The only one of those that say anything.
    private static func one(
        _ all: [(id: String?, name: String?)], _ place: ItemPlace
    ) throws(ItemError) -> (id: String?, name: String?) {
        let known = all.filter { $0.id != nil || $0.name != nil }
        guard let first = known.first else { return (nil, nil) }
        if let other = known.first(where: { $0 != first }) {
            let names = [first, other].map { Quoted.text($0.name ?? $0.id ?? "") }
            throw place.fault("the report names several readers: \(names[0]) and \(names[1])")
        }
        return first
    }

    private static func partyID(_ item: DataSet, _ tag: Tag) -> String? {
        SRCode.concept(tag, of: item).flatMap { FieldSyntax.isPartyID($0.value) ? $0.value : nil }
    }

    /// The name without empty components at its end; all its groups.
    private static func name(_ text: String?) -> String? {
        let name = text.map { PersonName(FieldSyntax.trimmed($0)).description } ?? ""
        return name.isEmpty ? nil : name
    }
}
