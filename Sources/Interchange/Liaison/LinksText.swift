// LinksText owns `links.json`: which entries of a patient's chart and which exams belong together (contract, section 5).
//
// Pure: the same links give the same bytes.

package import Radiology

/// What `links.json` says of one patient.
package struct LinksText: Sendable {
    package let patient: PatientIdentity
    /// What "" stands for among issuers; nil when that has no name.
    package let ownIssuer: String?
    package let links: [ToldLink]
    /// Names of entries without an exam.
    package let unmatchedEntries: [String]
    /// Keys of exams without an entry.
    package let unmatchedExams: [String]
    /// Who was merged into the patient.
    package let merged: [PatientIdentity]
    /// Who the patient is now; nil for one who was not merged.
    package let mergedInto: PatientIdentity?

    package init(
        patient: PatientIdentity, ownIssuer: String?, links: [ToldLink], unmatchedEntries: [String],
        unmatchedExams: [String], merged: [PatientIdentity], mergedInto: PatientIdentity? = nil
    ) {
        self.patient = patient
        self.ownIssuer = ownIssuer
        self.links = links
        self.unmatchedEntries = unmatchedEntries
        self.unmatchedExams = unmatchedExams
        self.merged = merged
        self.mergedInto = mergedInto
    }

    package func json() -> [UInt8] {
        var text = JSONText()
        text.raw("{")
        text.member("type", "links", first: true)
        text.raw(",\n\"patient\":{")
        append(patient, to: &text)
        text.raw("},\n\"links\":[")
        append(links.filter(\.holds), to: &text) { link, text in
            text.member("certainty", link.certainty.rawValue)
        }
        text.raw("],\n\"unmatched\":{")
        text.member("entries", unmatchedEntries, first: true)
        text.member("exams", unmatchedExams)
        text.raw("},\n\"held\":[")
        append(links.filter(\.isHeld), to: &text) { link, text in text.member("patientOfExam", link.conflict) }
        text.raw("],\n\"settled\":[")
        append(links.filter(\.isSettled), to: &text) { link, text in
            text.member("belongs", link.holds)
            text.member("patientOfExam", link.conflict)
        }
        text.raw("],\n\"merged\":[")
        for (index, identity) in merged.enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            append(identity, to: &text)
            text.raw("}")
        }
        text.raw("],\n\"mergedInto\":")
        if let mergedInto {
            text.raw("{")
            append(mergedInto, to: &text)
            text.raw("}")
        } else {
            text.null()
        }
        text.raw("}\n")
        return text.take()
    }

    private func append(_ identity: PatientIdentity, to text: inout JSONText) {
        text.member("patientID", identity.patientID, first: true)
        text.member("issuerOfPatientID", identity.issuer.isEmpty ? ownIssuer : identity.issuer)
    }

    private func append(_ links: [ToldLink], to text: inout JSONText, more: (ToldLink, inout JSONText) -> Void) {
        for (index, link) in links.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.member("entry", link.entry, first: true)
            text.member("exam", link.exam)
            text.member("by", link.basis.rawValue)
            more(link, &text)
            text.member("since", link.since)
            text.raw("}")
        }
    }
}
