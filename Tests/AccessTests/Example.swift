// A site of two facilities, an office and two readers: what the tests of decisions start from.
//
// Owns the values of the contract's example of `purposes.yaml`, and the parties that ask.

import Testing

@testable import Access

enum Example {
    static func density(_ text: String) -> PixelDensity {
        guard let density = PixelDensity(decimal: text) else {
            Issue.record("\(text) is no density")
            return .full
        }
        return density
    }

    static let treatment = Purpose(
        id: "treatment", code: "TREAT",
        range: AvailableRange(imageProcessing: true, reports: true, reportInput: true))
    static let teaching = Purpose(
        id: "teaching", code: "HRESCH",
        range: AvailableRange(
            kinds: ImageKinds(modalities: .only(["CR", "DX", "MG"])), pixelDensity: density("0.25"), deidentified: true)
    )
    /// Both rights in part: processing without reports, the latest two exams, for a week.
    static let audit = Purpose(
        id: "audit",
        range: AvailableRange(
            kinds: ImageKinds(modalities: .only(["MG"])), pixelDensity: density("0.5"), imageProcessing: true,
            reportInput: true, mostRecent: 2, forMilliseconds: 604_800_000),
        quota: ExamQuota(examCount: 3, withinMilliseconds: 2_592_000_000))

    static let policy = AccessPolicy(
        purposes: [treatment, teaching, audit],
        sharing: [
            SharedExams(from: "northside", to: "southside", purposes: .only(["treatment"]), patients: .all),
            SharedExams(from: "northside", to: "westside", purposes: .all, patients: .only(["P-9"])),
        ])

    static let northside = AccessParty(
        id: "northside", role: .facility, purposes: .only(["treatment", "teaching", "audit"]),
        defaultPurpose: "treatment")
    static let southside = AccessParty(id: "southside", role: .facility, purposes: .only(["treatment", "teaching"]))
    static let westside = AccessParty(id: "westside", role: .facility, purposes: .only(["teaching"]))
    static let eastside = AccessParty(id: "eastside", role: .facility, purposes: .all)
    static let sato = AccessParty(id: "sato", role: .reader, purposes: .all)
    static let ito = AccessParty(id: "ito", role: .reader, purposes: .all)
    static let weber = AccessParty(id: "weber", role: .reader, purposes: .all)
    static let office = AccessParty(id: "office", role: .management, purposes: .all)
    static let charts = AccessParty(id: "northside-ehr", role: .outsider, purposes: .all)

    /// Northside's exam of patient P-9 with images of some modalities; read by sato, and by ito who has not yet.
    static func exam(
        _ modalities: [String] = ["MG"], patient: String? = "P-9", recency: Int = 1, isOnHold: Bool = false
    ) -> HeldExam {
        HeldExam(
            facility: "northside", patientID: patient, images: Set(modalities.map { HeldImage(modality: $0) }),
            recency: recency, isOnHold: isOnHold, readers: ["sato": .seesReports, "ito": .owesBlindRead])
    }
}

/// A want written short: `MG CT @0.5 +processing -reports`; an empty text wants everything.
func want(_ text: String) -> WantedRange {
    let words = text.split(separator: " ").map(String.init)
    let kinds = words.filter { !"@+-".contains($0.prefix(1)) }
    func right(_ name: String) -> Bool? { words.contains("+\(name)") ? true : words.contains("-\(name)") ? false : nil }
    return WantedRange(
        kinds: kinds == ["none"] ? [] : kinds.isEmpty ? nil : kinds,
        pixelDensity: words.first { $0.hasPrefix("@") }.map { Example.density(String($0.dropFirst())) },
        imageProcessing: right("processing"), reports: right("reports"))
}

extension WantedRange {
    /// All four parts: `MG @0.5 +processing -reports`.
    var short: String {
        let names = kinds.map { $0.isEmpty ? "none" : $0.joined(separator: " ") } ?? "all"
        func sign(_ right: Bool?) -> String { right == true ? "+" : "-" }
        return
            "\(names) @\(pixelDensity.map(\.description) ?? "any") \(sign(imageProcessing))processing \(sign(reports))reports"
    }
}

extension AccessDecision {
    /// `grant …`, `reduced …`, or the reason and what would be allowed.
    var short: String {
        switch self {
        case .grant(let grant):
            "\(grant.reducedFrom == nil ? "grant" : "reduced") \(WantedRange(of: grant.range).short)"
        case .denial(let denial): "\(denial.reason) \(denial.wouldBeAllowed?.short ?? "nothing")"
        }
    }
}
