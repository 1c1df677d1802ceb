// AccessGate owns the first half of a decision: may the party have this exam for this purpose at all.
//
// Pure. It answers for an exam that is not there before it looks at anything of one that is, so that what is not the
// party's cannot be told from what does not exist. An exam is there for a facility when at least one of its purposes
// opens it; that another purpose does not is then no secret.

/// Opens an exam to a party.
struct AccessGate {
    let policy: AccessPolicy
    let party: AccessParty

    /// What is open: the range of the purpose for this party and exam.
    struct Opening {
        let purpose: Purpose
        let range: AvailableRange
        let exam: HeldExam
        let basis: PolicyBasis
        /// Whether the right to reports is taken back until the reader's own read is sealed.
        let owesBlindRead: Bool
    }

    /// - Throws: `purposeUnknown`, `purposeNotGranted`, `notAvailable`.
    func open(_ request: AccessRequest, _ exam: HeldExam?) throws(Denial) -> Opening {
        let purpose = try purpose(request.purpose)
        guard let exam, isThere(exam) else {
            throw Denial(
                reason: .notAvailable, message: DenialText.notAvailable,
                wouldBeAllowed: RangeNarrowing.offer(of: purpose.range, wanted: request.want))
        }
        let rules = sharing(of: exam)
        let deciding = rules.filter { $0.purposes.contains(purpose.id) }
        guard rules.isEmpty || !deciding.isEmpty else {
            throw notGranted(
                DenialText.notShared(purpose.id, purposes { id in rules.contains { $0.purposes.contains(id) } }))
        }
        if !purpose.range.covers(recency: exam.recency) {
            throw notGranted(DenialText.tooOld(purpose.id, purpose.range.mostRecent ?? 0))
        }
        let owesBlindRead = party.role == .reader && exam.readers[party.id] == .owesBlindRead
        return Opening(
            purpose: purpose, range: owesBlindRead ? purpose.range.with(reports: false) : purpose.range, exam: exam,
            basis: PolicyBasis(purpose: purpose, sharing: Set(deciding)), owesBlindRead: owesBlindRead)
    }

    private func purpose(_ id: String?) throws(Denial) -> Purpose {
        guard let id = id ?? party.defaultPurpose else {
            throw Denial(reason: .purposeUnknown, message: DenialText.noPurpose, wouldBeAllowed: nil)
        }
        guard let purpose = policy.purpose(id) else {
            if id == AccessPolicy.readingPurpose { throw notGranted(DenialText.readingIsForReaders) }
            throw Denial(
                reason: .purposeUnknown, message: DenialText.unknown(id, purposes { _ in true }), wouldBeAllowed: nil)
        }
        guard party.purposes.contains(id) else { throw notGranted(DenialText.notGranted(id, purposes { _ in true })) }
        return purpose
    }

    private func notGranted(_ message: String) -> Denial {
        Denial(reason: .purposeNotGranted, message: message, wouldBeAllowed: nil)
    }

    /// Whether the party may have the exam for one purpose at least.
    func isThere(_ exam: HeldExam) -> Bool {
        switch party.role {
        case .management: true
        case .reader: exam.readers[party.id] != nil
        case .facility: exam.facility == party.id || !sharing(of: exam).isEmpty
        case .outsider: false
        }
    }

    /// The rules and referrals by which a facility has another one's exam for at least one of its purposes.
    private func sharing(of exam: HeldExam) -> [SharedExams] {
        guard party.role == .facility, exam.facility != party.id else { return [] }
        return (policy.sharing + exam.referrals).filter { rule in
            rule.opens(exam, to: party.id) && !purposes(where: rule.purposes.contains).isEmpty
        }
    }

    /// The party's purposes that pass a test, in the order of the policy.
    private func purposes(where passes: (String) -> Bool) -> [String] {
        policy.purposes.map(\.id).filter { party.purposes.contains($0) && passes($0) }
    }
}
