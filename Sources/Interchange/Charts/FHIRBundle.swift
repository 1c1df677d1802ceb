// FHIRBundle owns the reading of a FHIR R4 Bundle, or of one resource that comes alone, as chart items.
//
// Each resource is judged by itself. References lead to other resources of the bundle, by their full URL or by type and
// id; a reference to a patient may instead give the identifier. Resources that only help to read others (practitioners,
// organisations) are passed over; one of an unknown type is refused, so that a typing error never passes silently.

internal import Radiology

/// The reader of one bundle.
struct FHIRBundle {
    private let resources: [FHIRValue]
    private let index: FHIRIndex

    private static let maximumEntryCount = 100_000
    private static let helpers: Set = [
        "Practitioner", "PractitionerRole", "Organization", "Location", "Device", "Endpoint", "RelatedPerson",
        "MessageHeader", "Composition", "Observation", "Procedure", "Medication", "MedicationRequest",
        "MedicationStatement", "AllergyIntolerance", "Immunization", "Specimen", "Coverage", "Account", "EpisodeOfCare",
        "CareTeam", "CarePlan", "Provenance", "OperationOutcome", "Binary", "Media", "Group", "HealthcareService",
    ]
    private static let taken = [
        "Patient", "Encounter", "Condition", "ServiceRequest", "DiagnosticReport", "DocumentReference", "ImagingStudy",
    ]

    init(_ node: JSONNode, _ lines: LineTable) throws(ItemError) {
        let root = FHIRValue(node, path: "", lines: lines)
        guard try root.line("resourceType") == "Bundle" else {
            resources = [root]
            index = FHIRIndex([(root, nil)])
            return
        }
        let entries = root.all("entry")
        guard entries.count <= Self.maximumEntryCount else {
            throw root.place.fault("the bundle has more than \(Self.maximumEntryCount) entries")
        }
        var found: [(FHIRValue, String?)] = []
        for entry in entries {
            guard let resource = entry["resource"] else { continue }
            found.append((resource, try entry.line("fullUrl")))
        }
        guard !found.isEmpty else { throw root.place.fault("the bundle holds no resource") }
        resources = found.map(\.0)
        index = FHIRIndex(found)
    }

    /// One for each resource that belongs into a chart, in order.
    func items() throws(ItemError) -> [Result<ChartItem, ItemError>] {
        var items: [Result<ChartItem, ItemError>] = []
        for resource in resources {
            do throws(ItemError) {
                if let item = try item(resource) { items.append(.success(item)) }
            } catch { items.append(.failure(error)) }
        }
        guard !items.isEmpty else {
            throw ItemError(text: "the bundle holds nothing of a chart, which is \(Quoted.choice(Self.taken))")
        }
        return items
    }

    private func item(_ resource: FHIRValue) throws(ItemError) -> ChartItem? {
        guard let type = try resource.line("resourceType") else {
            throw resource.place.fault("the resource has no 'resourceType'")
        }
        if type == "Patient" { return try FHIRPatient(resource, index).item() }
        if Self.taken.contains(type) { return try FHIREntry(resource, type: type, index: index).item() }
        if Self.helpers.contains(type) { return nil }
        throw resource.place.fault(
            "\(Quoted.text(type)) is no resource of a chart, which is \(Quoted.choice(Self.taken))"
                + Nearest.hint(type, among: Self.taken))
    }
}

/// The resources of a bundle by what references call them.
struct FHIRIndex {
    private var byName: [String: FHIRValue] = [:]
    private var names: [String: String] = [:]

    init(_ resources: [(value: FHIRValue, fullURL: String?)]) {
        for (value, fullURL) in resources {
            guard let type = Self.string(value["resourceType"]) else { continue }
            let own = Self.string(value["id"]).map { "\(type)/\($0)" } ?? fullURL
            guard let own else { continue }
            byName[own] = value
            names[own] = own
            if let fullURL {
                byName[fullURL] = value
                names[fullURL] = own
            }
        }
    }

    private static func string(_ value: FHIRValue?) -> String? {
        if case .string(let text) = value?.node.value { text } else { nil }
    }

    /// The resource that a reference leads to; nil when it is not in the bundle.
    func target(_ reference: String) -> FHIRValue? { byName[reference] ?? byName[Self.relative(reference)] }

    /// `Encounter/e1`, for a reference of whatever form.
    func name(_ reference: String) -> String { names[reference] ?? Self.relative(reference) }

    /// `Type/id` at the end of an absolute URL, without the version.
    private static func relative(_ reference: String) -> String {
        var parts = reference.split(separator: "/").map(String.init)
        if parts.count > 3, parts[parts.count - 2] == "_history" { parts.removeLast(2) }
        return parts.count >= 2 && reference.contains("://") ? parts.suffix(2).joined(separator: "/") : reference
    }
}
