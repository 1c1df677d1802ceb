// ChartItem owns what one item of a charts drop says, whatever form it came in: patients, entries of their charts, merges.
//
// Pure. Which facility's patients they are is not part of it: that is known by who dropped them.

/// One item of a charts drop.
package struct ChartItem: Hashable, Sendable {
    /// What it is called in the receipt: `Patient/P-9`, `Encounter/E1`.
    package let name: String
    package let patients: [ChartPatient]
    package let entries: [ChartEntry]
    package let merges: [PatientMerge]

    package init(
        name: String, patients: [ChartPatient] = [], entries: [ChartEntry] = [], merges: [PatientMerge] = []
    ) {
        self.name = name
        self.patients = patients
        self.entries = entries
        self.merges = merges
    }
}

/// A patient, as a chart describes them.
package struct ChartPatient: Hashable, Sendable, Codable {
    package let identity: PatientIdentity
    /// `YAMADA^TARO=山田^太郎`; nil when the chart gives none.
    package let name: String?
    /// `YYYY-MM-DD`.
    package let birthDate: String?
    /// `M`, `F` or `O`.
    package let sex: String?

    package init(identity: PatientIdentity, name: String? = nil, birthDate: String? = nil, sex: String? = nil) {
        self.identity = identity
        self.name = name
        self.birthDate = birthDate
        self.sex = sex
    }
}

/// That two ids are of one person, of which one stays.
package struct PatientMerge: Hashable, Sendable {
    package let from: PatientIdentity
    package let into: PatientIdentity

    package init(from: PatientIdentity, into: PatientIdentity) {
        self.from = from
        self.into = into
    }
}
