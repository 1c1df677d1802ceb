// Random policies, parties, exams and requests from a fixed seed, over few names so that they often meet.

@testable import Access

/// A repeatable source of questions.
struct RandomQuestions: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Xorshift; the state is never 0.
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    static let purposeIDs = ["p1", "p2", "p3"]
    static let modalities = ["CT", "DX", "MG"]
    static let facilities = ["a", "b", "c"]

    mutating func flag(oneIn count: Int = 2) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    mutating func some(_ names: [String]) -> Set<String> { Set(names.filter { _ in flag() }) }

    mutating func choice(_ names: [String]) -> NameChoice { flag(oneIn: 3) ? .all : .only(some(names)) }

    mutating func density() -> PixelDensity {
        Example.density(["0.25", "0.3", "0.5", "1"].randomElement(using: &self) ?? "1")
    }

    mutating func range() -> AvailableRange {
        let kinds = ImageKinds(
            modalities: choice(Self.modalities),
            imageTypes: flag(oneIn: 4) ? [ImageTypePattern("ORIGINAL")] : nil,
            seriesDescriptions: flag(oneIn: 4) ? [DescriptionPattern("*left*")] : nil, keyImagesOnly: flag(oneIn: 5))
        return AvailableRange(
            kinds: kinds, pixelDensity: density(), imageProcessing: flag(), reports: flag(), reportInput: flag(),
            mostRecent: flag(oneIn: 4) ? 1 : nil, deidentified: flag())
    }

    mutating func policy() -> AccessPolicy {
        let purposes = Self.purposeIDs.dropLast().map { id in
            Purpose(
                id: id, range: range(), quota: flag(oneIn: 4) ? ExamQuota(examCount: 1, withinMilliseconds: 1000) : nil)
        }
        let sharing = (0..<Int.random(in: 0...2, using: &self)).map { _ in
            SharedExams(from: "a", to: "b", purposes: choice(Self.purposeIDs), patients: choice(["x", "y"]))
        }
        return AccessPolicy(purposes: purposes, sharing: sharing)
    }

    mutating func party() -> AccessParty {
        let roles: [AccessParty.Role] = [.facility, .facility, .facility, .reader, .management, .outsider]
        return AccessParty(
            id: flag() ? "a" : "b", role: roles.randomElement(using: &self) ?? .facility,
            purposes: choice(Self.purposeIDs), defaultPurpose: flag() ? "p1" : nil)
    }

    mutating func exam() -> HeldExam {
        let images = (0..<Int.random(in: 0...4, using: &self)).map { _ in
            HeldImage(
                modality: Self.modalities.randomElement(using: &self) ?? "MG",
                imageType: [flag() ? "ORIGINAL" : "DERIVED", "PRIMARY"],
                seriesDescription: flag() ? "Left MLO" : "Right CC", isKeyImage: flag(), isDocument: flag(oneIn: 6))
        }
        let standings: [ReaderStanding] = [.owesBlindRead, .seesReports]
        return HeldExam(
            facility: Self.facilities.randomElement(using: &self) ?? "a",
            patientID: flag(oneIn: 5) ? nil : flag() ? "x" : "y", images: Set(images),
            recency: Int.random(in: 1...2, using: &self), isOnHold: flag(oneIn: 8),
            readers: flag() ? ["a": standings.randomElement(using: &self) ?? .seesReports] : [:])
    }

    mutating func want() -> WantedRange {
        WantedRange(
            kinds: flag() ? nil : some(Self.modalities).sorted(), pixelDensity: flag() ? nil : density(),
            imageProcessing: flag() ? nil : flag(), reports: flag() ? nil : flag())
    }

    mutating func purpose() -> String? { flag(oneIn: 6) ? nil : Self.purposeIDs.randomElement(using: &self) }
}
