// FHIRPatient owns the meaning of a Patient resource, and which of its identifiers is the patient id.
//
// The medical record number counts (type MR); else the one in usual use; else the first. Its issuer is the assigner's name;
// an identifier that names none is the facility's own.

internal import Radiology

/// The reader of one patient.
struct FHIRPatient {
    private let resource: FHIRValue
    private let index: FHIRIndex

    init(_ resource: FHIRValue, _ index: FHIRIndex) {
        self.resource = resource
        self.index = index
    }

    func item() throws(ItemError) -> ChartItem {
        let identity = try identity()
        let patient = ChartPatient(
            identity: identity, name: try name(), birthDate: try birthDate(), sex: try sex())
        return ChartItem(
            name: "Patient/\(identity.patientID)", patients: [patient], merges: try merges(of: identity))
    }

    func identity() throws(ItemError) -> PatientIdentity {
        guard let identity = try Self.identity(resource.all("identifier")) else {
            throw resource.place.fault("the patient has no 'identifier' with a 'value'")
        }
        return identity
    }

    static func identity(_ identifiers: [FHIRValue]) throws(ItemError) -> PatientIdentity? {
        var best: (rank: Int, identifier: FHIRValue, value: String)?
        for identifier in identifiers {
            guard let value = try identifier.line("value"), try identifier.line("use") != "old" else { continue }
            let rank = try identifier.hasType("MR") ? 0 : try identifier.line("use") == "usual" ? 1 : 2
            if rank < best?.rank ?? .max { best = (rank, identifier, value) }
        }
        guard let best else { return nil }
        return PatientIdentity(
            patientID: try ChartSyntax.identifier(best.value, at: best.identifier.place),
            issuer: try ChartSyntax.identifier(try issuer(best.identifier) ?? "", at: best.identifier.place))
    }

    private static func issuer(_ identifier: FHIRValue) throws(ItemError) -> String? {
        guard let assigner = identifier["assigner"] else { return nil }
        return firstGiven(try assigner.line("display"), try assigner["identifier"]?.line("value"))
    }

    /// All groups of the name, as DICOM writes them: `YAMADA^TARO=山田^太郎`.
    private func name() throws(ItemError) -> String? {
        var groups = ["", "", ""]
        for name in resource.all("name") where try name.line("use") != "old" {
            var parts = [try name.line("family") ?? ""]
            var given: [String] = []
            for part in name.all("given") { if let text = try part.line() { given.append(text) } }
            parts += given.prefix(2)
            let text = parts.joined(separator: "^")
            let whole = text == "" ? try name.line("text") ?? "" : text
            let place = try Self.representation(name) ?? Self.script(of: whole)
            if groups[place].isEmpty { groups[place] = whole }
        }
        while groups.last == "" { groups.removeLast() }
        return groups.isEmpty ? nil : groups.joined(separator: "=")
    }

    /// By the extension for the representation of a name: alphabetic, ideographic, phonetic.
    private static func representation(_ name: FHIRValue) throws(ItemError) -> Int? {
        for item in name.all("extension") {
            guard try item.line("url")?.hasSuffix("iso21090-EN-representation") == true else { continue }
            return try ["ABC": 0, "IDE": 1, "SYL": 2][item.line("valueCode") ?? ""]
        }
        return nil
    }

    private static func script(of name: String) -> Int {
        let scalars = name.unicodeScalars
        if scalars.contains(where: { $0.properties.isIdeographic }) { return 1 }
        let kana = scalars.contains { (0x3040...0x30FF).contains($0.value) }
        return kana ? 2 : 0
    }

    private func birthDate() throws(ItemError) -> String? {
        guard let value = resource["birthDate"], let text = try value.line(), text.utf8.count == 10 else { return nil }
        return try FieldSyntax.date(text, at: value.place)
    }

    private func sex() throws(ItemError) -> String? {
        try resource.line("gender").flatMap { ["male": "M", "female": "F", "other": "O"][$0] }
    }

    /// Links that say that this patient's record goes on under another id, or takes another one's place.
    private func merges(of identity: PatientIdentity) throws(ItemError) -> [PatientMerge] {
        var merges: [PatientMerge] = []
        for link in resource.all("link") {
            guard let other = link["other"], let type = try link.line("type") else { continue }
            guard type == "replaced-by" || type == "replaces", let target = try Self.identity(of: other, index) else {
                continue
            }
            merges.append(
                type == "replaces"
                    ? PatientMerge(from: target, into: identity) : PatientMerge(from: identity, into: target))
        }
        return merges
    }

    /// Of a reference to a patient; nil when it leads nowhere.
    static func identity(of reference: FHIRValue, _ index: FHIRIndex) throws(ItemError) -> PatientIdentity? {
        if let identifier = reference["identifier"], let identity = try identity([identifier]) { return identity }
        guard let name = try reference.line("reference"), let target = index.target(name) else { return nil }
        return try FHIRPatient(target, index).identity()
    }
}
