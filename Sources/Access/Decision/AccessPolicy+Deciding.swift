// Decides who may have what of an exam, and who may send a report in for one.
//
// Pure: the same question has the same answer. The order of the checks is part of it: the purpose, whether the exam is
// there for the party, a hold, the range, the quota. Nothing of an exam is looked at before it is there.

extension AccessPolicy {
    /// Whether an exam is there for a party: it may have it for one purpose at least. Images do not matter for that.
    package func isThere(_ exam: HeldExam, for party: AccessParty) -> Bool {
        AccessGate(policy: self, party: party).isThere(exam)
    }

    /// Decides a request for one exam.
    ///
    /// - Parameters:
    ///   - exam: nil when there is none that the request names.
    ///   - givenExamCount: How many exams the party was given for the purpose within its quota's time.
    package func decide(
        _ request: AccessRequest, for party: AccessParty, exam: HeldExam?, givenExamCount: Int = 0
    ) -> AccessDecision {
        do throws(Denial) {
            let opening = try AccessGate(policy: self, party: party).open(request, exam)
            return .grant(try grant(request, opening, givenExamCount: givenExamCount))
        } catch {
            return .denial(error)
        }
    }

    private func grant(
        _ request: AccessRequest, _ opening: AccessGate.Opening, givenExamCount: Int
    ) throws(Denial) -> Grant {
        let narrowing = RangeNarrowing(opening: opening, wanted: request.want)
        if opening.exam.isOnHold { throw narrowing.denial(.onHold, DenialText.onHold) }
        let range = try narrowing.granted()
        let excesses = narrowing.excesses
        if let first = excesses.first, request.prefer == .refuse {
            throw narrowing.denial(first.reason, DenialText.tooMuch(opening.purpose.id, excesses.map(\.text)))
        }
        if let quota = opening.purpose.quota, givenExamCount >= quota.examCount {
            throw narrowing.denial(.quotaExceeded, DenialText.quota(opening.purpose.id, quota))
        }
        return Grant(
            purpose: opening.purpose.id, range: range, reducedFrom: excesses.isEmpty ? nil : request.want,
            reductions: excesses.map(\.reason), basis: opening.basis)
    }

    /// Decides whether a party may send a report in for an exam.
    ///
    /// - Parameters:
    ///   - purpose: nil for the party's default purpose.
    ///   - releasedAt: When the exam was last delivered to the party for the purpose, in milliseconds since 1970; nil for
    ///     never. It matters only where the right lasts for a time.
    ///   - now: Milliseconds since 1970.
    /// - Returns: Why it may not; nil when it may.
    package func refusalOfReport(
        purpose: String?, from party: AccessParty, exam: HeldExam?, releasedAt: Int64?, now: Int64
    ) -> Denial? {
        do throws(Denial) {
            let request = AccessRequest(purpose: purpose)
            let opening = try AccessGate(policy: self, party: party).open(request, exam)
            let offer = RangeNarrowing(opening: opening, wanted: request.want).offer
            guard opening.range.reportInput else {
                throw Denial(reason: .reportsNotAllowed, message: DenialText.noReportInput, wouldBeAllowed: offer)
            }
            guard opening.range.lasts(releasedAt: releasedAt, now: now) else {
                let message = DenialText.ended(opening.purpose.id, opening.range.forMilliseconds ?? 0)
                throw Denial(reason: .reportsNotAllowed, message: message, wouldBeAllowed: offer)
            }
            return nil
        } catch {
            return error
        }
    }
}
