// CanonicalRequest owns the bytes by which two requests of one id are the same or not (contract, section 3): the form
// that they were dropped in, the order of their fields and what they leave to the defaults make no difference.
//
// JSON in the canonical form of RFC 8785. Pure.

package import Radiology

/// The canonical form of requests.
package enum CanonicalRequest {
    /// The bytes of a request, its id included.
    package static func bytes(of item: RequestItem) -> [UInt8] {
        var members = content(of: item)
        members["type"] = .string(item.type)
        members["id"] = .string(item.id)
        return CanonicalJSON.object(members).bytes
    }

    private static func content(of item: RequestItem) -> [String: CanonicalJSON] {
        switch item {
        case .request(let request): content(of: request)
        case .assign(let assignment):
            [
                "exam": CanonicalExam.object(assignment.exam), "reason": .optional(assignment.reason),
                "readers": .array(assignment.readers.sorted().map { .string($0) }),
            ]
        case .hold(let hold):
            ["exam": CanonicalExam.object(hold.exam), "on": .boolean(hold.on), "reason": .optional(hold.reason)]
        case .delete(let deletion):
            ["exam": CanonicalExam.object(deletion.exam), "reason": .optional(deletion.reason)]
        case .credit(let credit):
            [
                "invoice": .string(credit.invoice), "reason": .optional(credit.reason),
                "lines": credit.lines.map { .array($0.map { .number(Double($0)) }) } ?? .null,
            ]
        case .debit(let debit): content(of: debit)
        case .result(let result): ["exam": CanonicalExam.object(result.exam)]
        case .referral(let referral):
            [
                "exam": CanonicalExam.object(referral.exam), "to": .string(referral.to), "on": .boolean(referral.on),
                "purposes": .array(Set(referral.purposes).sorted().map { .string($0) }),
                "reason": .optional(referral.reason),
            ]
        case .settle(let settlement):
            [
                "exam": CanonicalExam.object(settlement.exam), "reason": .optional(settlement.reason),
                "patient": settlement.patient.map {
                    .object(["patientID": .string($0.patientID), "issuer": .string($0.issuer)])
                } ?? .null,
            ]
        }
    }

    private static func content(of debit: DebitRequest) -> [String: CanonicalJSON] {
        let lines: CanonicalJSON =
            switch debit.charge {
            case .again(let lines): lines.map { .array($0.map { .number(Double($0)) }) } ?? .null
            case .more(let additions):
                .array(
                    additions.map {
                        .object([
                            "line": .number(Double($0.line)), "amount": .string($0.amount),
                            "description": .optional($0.description),
                        ])
                    })
            }
        return ["invoice": .string(debit.invoice), "reason": .string(debit.reason), "lines": lines]
    }

    private static func content(of request: ExamRequest) -> [String: CanonicalJSON] {
        var members: [String: CanonicalJSON] = [
            "purpose": .string(request.purpose), "prefer": .string(request.prefer.rawValue),
            "format": .string(request.format.rawValue), "dicomdir": .boolean(request.dicomdir), "want": .null,
        ]
        if let want = request.want, want != RequestedRange() {
            members["want"] = .object([
                "kinds": want.kinds.map { .array($0.sorted().map { .string($0) }) } ?? .null,
                "pixelDensity": .optional(want.pixelDensity), "imageProcessing": .optional(want.imageProcessing),
                "reports": .optional(want.reports),
            ])
        }
        switch request.subject {
        case .exam(let exam): members["exam"] = CanonicalExam.object(exam)
        case .exams(let query): members["exams"] = object(query)
        }
        return members
    }

    private static func object(_ query: ExamQuery) -> CanonicalJSON {
        var members: [String: CanonicalJSON] = [
            "patientID": .optional(query.patientID), "issuerOfPatientID": .optional(query.issuerOfPatientID),
            "modality": .optional(query.modality), "from": .optional(query.from), "to": .optional(query.to),
        ]
        // What older services did not know has no place in what they took the digest of.
        let later = [
            "facility": query.facility, "accessionNumber": query.accessionNumber,
            "studyInstanceUID": query.studyInstanceUID, "nearestTo": query.nearestTo,
        ]
        for (name, value) in later { if let value { members[name] = .string(value) } }
        if !query.except.isEmpty { members["except"] = .array(query.except.sorted().map { .string($0) }) }
        return .object(members)
    }
}
