// The name of a patient's liaison folder: `<issuer>_<patient id>`, safe as a file name.
//
// Pure.

package import Radiology
internal import Files

package enum LiaisonName {
    /// Bytes of a name; longer ones end in a digest.
    private static let longest = 200

    /// - Parameter own: What stands for the facility's own issuer; nil for the facility's id.
    package static func folder(_ patient: PatientIdentity, facility: String, own: String?) -> String {
        let issuer = patient.issuer.isEmpty ? own ?? facility : patient.issuer
        let name = "\(ExamKey.escaped(issuer))_\(ExamKey.escaped(patient.patientID))"
        let safe = name.hasPrefix(".") ? "_\(name)" : name
        guard safe.utf8.count > longest else { return safe }
        return "\(safe.prefix(longest - 20))-\(SHA256.digest(of: Array(name.utf8)).short)"
    }
}
