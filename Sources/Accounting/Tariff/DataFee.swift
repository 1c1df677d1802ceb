// DataFee owns the price of one exam that is delivered, and which deliveries it is for.
//
// Pure. What it leaves out fits everything.

/// A fee for an exam.
package struct DataFee: Hashable, Sendable {
    /// A code of DICOM's Modality; nil for any.
    package let modality: String?
    /// A code of DICOM's Body Part Examined; nil for any.
    package let bodyPart: String?
    /// The description of a procedure, as `procedureName` has it; nil for any.
    package let procedure: String?
    /// The id of a purpose; nil for any.
    package let purpose: String?
    /// The id of the party that gets the exam; nil for any.
    package let party: String?
    package let fee: Price

    package init(
        modality: String? = nil, bodyPart: String? = nil, procedure: String? = nil, purpose: String? = nil,
        party: String? = nil, fee: Price
    ) {
        self.modality = modality
        self.bodyPart = bodyPart
        self.procedure = procedure.map(Self.procedureName)
        self.purpose = purpose
        self.party = party
        self.fee = fee
    }

    /// How many things it asks for.
    package var specificity: Int { conditions.count }

    /// Whether it is for a delivery: all that it asks for holds of it.
    package func fits(_ delivery: DeliveredExam) -> Bool {
        modality.map(delivery.modalities.contains) ?? true
            && bodyPart.map(delivery.bodyParts.contains) ?? true
            && procedure.map(delivery.procedures.contains) ?? true
            && purpose.map { $0 == delivery.purpose } ?? true
            && party.map { $0 == delivery.party } ?? true
    }

    /// A description of a procedure without what people write differently: capitals, and spaces at its ends.
    package static func procedureName(_ text: String) -> String {
        var text = Substring(text.uppercased())
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// What it asks for, for people: `modality MG, purpose treatment`; `any exam` when it asks for nothing.
    package var conditionText: String {
        conditions.isEmpty ? "any exam" : conditions.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    }

    private var conditions: [(name: String, value: String)] {
        [
            ("modality", modality), ("body part", bodyPart), ("procedure", procedure), ("purpose", purpose),
            ("party", party),
        ].compactMap { name, value in value.map { (name, $0) } }
    }
}
