// What holds of every decision, over many random questions (the seeds are fixed).

import Testing

@testable import Access

struct DecisionPropertyTests {
    struct Question {
        let policy: AccessPolicy
        let party: AccessParty
        let exam: HeldExam
        let purpose: String?
        let want: WantedRange
        let givenExamCount: Int

        init(_ random: inout RandomQuestions) {
            policy = random.policy()
            party = random.party()
            exam = random.exam()
            purpose = random.purpose()
            want = random.want()
            givenExamCount = random.flag(oneIn: 4) ? 1 : 0
        }

        func answer(
            refuse: Bool = false, want other: WantedRange? = nil, exam another: HeldExam?? = nil, given: Int? = nil
        ) -> AccessDecision {
            let request = AccessRequest(purpose: purpose, want: other ?? want, prefer: refuse ? .refuse : .reduce)
            return policy.decide(
                request, for: party, exam: another ?? exam, givenExamCount: given ?? givenExamCount)
        }
    }

    private static func forEach(seed: UInt64, _ body: (Question, inout RandomQuestions) throws -> Void) rethrows {
        var random = RandomQuestions(seed: seed)
        for _ in 0..<20_000 { try body(Question(&random), &random) }
    }

    @Test func aGrantIsNeverMoreThanThePurposeNorThanWhatWasAsked() throws {
        var count = 0
        try Self.forEach(seed: 1) { question, _ in
            guard let grant = question.answer().granted else { return }
            count += 1
            let range = grant.range
            let open = try #require(question.policy.purpose(grant.purpose)).range
            let want = question.want
            #expect(range.kinds.modalities.isWithin(open.kinds.modalities))
            #expect(range.kinds.modalities.isWithin(want.choice))
            #expect(range.pixelDensity == min(open.pixelDensity, want.pixelDensity ?? .full))
            #expect(!range.imageProcessing || open.imageProcessing && want.imageProcessing != false)
            #expect(!range.reports || open.reports && want.reports != false)
            #expect(!range.reportInput || open.reportInput)
            #expect(range.deidentified == open.deidentified && range.forMilliseconds == open.forMilliseconds)
            #expect(question.party.purposes.contains(grant.purpose) && !question.exam.isOnHold)
        }
        #expect(count > 1000)
    }

    /// Which instances go out, said without the code that decides it.
    @Test func aGrantCoversJustWhatThePurposeOpensAndTheRequestWants() throws {
        try Self.forEach(seed: 2) { question, _ in
            guard let grant = question.answer().granted else { return }
            let open = try #require(question.policy.purpose(grant.purpose)).range
            for image in question.exam.images {
                let isImage =
                    !image.isDocument && open.kinds.hold(image) && question.want.choice.contains(image.modality)
                let isReport = image.isDocument && grant.range.reports
                let isCovered = grant.range.covers(image, recency: question.exam.recency)
                #expect(isCovered == (isImage || isReport))
            }
            let covered = question.exam.images.filter { grant.range.covers($0, recency: question.exam.recency) }
            #expect(grant.range.reports || !covered.isEmpty)
            #expect(grant.kinds == Set(covered.filter { !$0.isDocument }.map(\.modality)).sorted())
        }
    }

    @Test func reduceAndRefuseAgree() {
        Self.forEach(seed: 3) { question, _ in
            switch (question.answer(), question.answer(refuse: true)) {
            case (.grant(let reduced), .grant(let whole)):
                #expect(reduced == whole && reduced.reducedFrom == nil && reduced.reductions.isEmpty)
            case (.grant(let reduced), .denial(let denial)):
                #expect(reduced.reducedFrom == question.want && reduced.reductions.first == denial.reason)
                if !reduced.kinds.isEmpty { #expect(denial.wouldBeAllowed == WantedRange(of: reduced.range)) }
            case (.denial(let one), .denial(let other)):
                #expect(one == other || one.reason == .quotaExceeded)
            case (.denial, .grant):
                Issue.record("refusing gave more than reducing: \(question)")
            }
        }
    }

    @Test func wantingWhatTheDenialOffersGetsJustThat() throws {
        var count = 0
        try Self.forEach(seed: 4) { question, _ in
            guard let denial = question.answer(refuse: true).denied, let offer = denial.wouldBeAllowed,
                denial.reason != .onHold, denial.message != DenialText.notAvailable
            else { return }
            count += 1
            let again = question.answer(refuse: true, want: offer, given: 0)
            let grant = try #require(again.granted, "\(denial) → \(again)")
            #expect(WantedRange(of: grant.range) == offer)
        }
        #expect(count > 500)
    }

    @Test func wantingNothingInParticularIsNeverTooMuch() {
        Self.forEach(seed: 5) { question, _ in
            let all = question.answer(refuse: true, want: .everything)
            #expect(all == question.answer(want: .everything))
            #expect(all.granted?.reducedFrom == nil)
        }
    }

    /// Whatever an exam that is not there for a party holds, the answer is that of no exam.
    @Test func notAvailableNeverLeaks() {
        var count = 0
        Self.forEach(seed: 6) { question, random in
            let answers = [false, true].map { question.answer(refuse: $0) }
            let isThere = Self.isThere(question)
            guard !isThere else {
                #expect(answers.allSatisfy { $0.denied?.message != DenialText.notAvailable })
                return
            }
            count += 1
            for (answer, refuse) in zip(answers, [false, true]) {
                #expect(answer == question.answer(refuse: refuse, exam: .some(nil)))
                #expect(answer.granted == nil)
            }
            let other = random.exam()
            let changed = HeldExam(
                facility: question.exam.facility, patientID: question.exam.patientID, images: other.images,
                recency: other.recency, isOnHold: other.isOnHold,
                readers: question.exam.readers)
            #expect(question.answer(exam: changed) == question.answer())
        }
        #expect(count > 1000)
    }

    /// Said anew: an exam is there when there is a purpose by which it could be had.
    private static func isThere(_ question: Question) -> Bool {
        switch question.party.role {
        case .outsider: return false
        case .management: return true
        case .reader: return question.exam.readers.keys.contains(question.party.id)
        case .facility:
            if question.exam.facility == question.party.id { return true }
            return question.policy.sharing.contains { rule in
                let isRule = rule.from == question.exam.facility && rule.to == question.party.id
                let isPatient = question.exam.patientID.map { rule.patients.contains($0) } ?? (rule.patients == .all)
                return isRule && isPatient
                    && question.policy.purposes.contains {
                        rule.purposes.contains($0.id) && question.party.purposes.contains($0.id)
                    }
            }
        }
    }

    /// A purpose that the policy opens wider gives no less.
    @Test func moreIsNeverLess() {
        Self.forEach(seed: 7) { question, _ in
            guard let grant = question.answer().granted else { return }
            let wide = AvailableRange(imageProcessing: true, reports: true, reportInput: true)
            let policy = AccessPolicy(
                purposes: question.policy.purposes.map { Purpose(id: $0.id, range: wide) },
                sharing: question.policy.sharing)
            let request = AccessRequest(purpose: question.purpose, want: question.want)
            let range = policy.decide(request, for: question.party, exam: question.exam).granted?.range
            #expect(range.map { grant.range.kinds.modalities.isWithin($0.kinds.modalities) } == true)
            #expect(range.map { grant.range.pixelDensity <= $0.pixelDensity } == true)
            #expect(range.map { $0.imageProcessing || !grant.range.imageProcessing } == true)
            #expect(range.map { $0.reports || !grant.range.reports } == true)
        }
    }
}
