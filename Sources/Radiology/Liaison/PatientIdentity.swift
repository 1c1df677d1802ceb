// PatientIdentity owns the name under which one facility knows a patient: an id, and who gave it.
//
// Pure. Never compared across facilities.

/// A patient id and its issuer.
package struct PatientIdentity: Hashable, Sendable, Comparable, Codable {
    /// Not empty.
    package let patientID: String
    /// "" for ids of the facility itself.
    package let issuer: String

    package init(patientID: String, issuer: String = "") {
        self.patientID = patientID
        self.issuer = issuer
    }

    package static func < (left: PatientIdentity, right: PatientIdentity) -> Bool {
        (left.patientID, left.issuer) < (right.patientID, right.issuer)
    }

    /// The same with "" where the issuer is the facility's own.
    package func normalized(own: String?) -> PatientIdentity {
        issuer == own ? PatientIdentity(patientID: patientID) : self
    }
}
