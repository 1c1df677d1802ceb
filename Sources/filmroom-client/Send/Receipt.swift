// A receipt as the client reads it, and what must hold before it is believed.
//
// Fields that a later service adds are passed over.

import Foundation

struct Receipt: Codable {
    struct Drop: Codable {
        let id: String?
        let kind: String
        let name: String
        let sha256: String?
        let attested: Bool?
    }
    struct File: Codable {
        let path: String
        let sha256: String?
        let sopInstanceUID: String?
        let status: String
        let reason: String?
    }
    struct Exam: Codable {
        let key: String
        let instanceCount: Int?
    }
    struct Read: Codable {
        let digest: String?
        let exam: String?
        let status: String
        let reason: String?
    }
    struct Item: Codable {
        let index: Int
        let id: String?
        let status: String
        let reason: String?
    }
    struct Charge: Codable {
        let description: String
        let amount: String
        let currency: String
    }

    let drop: Drop
    let status: String
    let reason: String?
    let files: [File]?
    let exams: [Exam]?
    let reads: [Read]?
    let items: [Item]?
    let missing: [String]?
    let charges: [Charge]?

    /// Whether all of it was taken, now or before.
    var isGood: Bool { status == "accepted" || status == "duplicate" }

    /// Says why a receipt is not one of this drop; nil when it is.
    func disagreement(with outgoing: Outgoing) -> String? {
        if drop.kind != outgoing.kind || drop.name != outgoing.name {
            return "it is of \(drop.kind)/\(drop.name), and not of \(outgoing.kind)/\(outgoing.name)"
        }
        guard status != "incomplete" else { return nil }
        guard let sha256 = drop.sha256, sha256.lowercased() == outgoing.digest.hex else {
            return "it is of a drop with the SHA-256 \(drop.sha256 ?? "(none)"), sent was \(outgoing.digest.hex)"
        }
        guard outgoing.kind == "images", isGood else { return nil }
        let received = Set((files ?? []).compactMap { $0.sha256?.lowercased() })
        let absent = outgoing.content.filter { !received.contains($0.sha256) }
        guard let first = absent.first else { return nil }
        return
            "it does not name \(absent.count) of \(outgoing.content.count) files that were sent, such as \(first.path)"
    }

    /// Lines for a person.
    var account: [String] {
        var lines = ["\(drop.kind)/\(drop.name): \(status)" + (reason.map { ", \($0)" } ?? "")]
        for exam in exams ?? [] { lines.append("  exam \(exam.key): \(exam.instanceCount ?? 0) images") }
        for file in files ?? [] where !["stored", "duplicate", "ignored"].contains(file.status) || file.reason != nil {
            lines.append("  \(file.path): \(file.status)" + (file.reason.map { ", \($0)" } ?? ""))
        }
        for read in reads ?? [] {
            let digest = read.digest.map { " \($0.prefix(8))" } ?? ""
            lines.append(
                "  read\(digest) of \(read.exam ?? "?"): \(read.status)" + (read.reason.map { ", \($0)" } ?? ""))
        }
        for item in items ?? [] {
            let name = item.id ?? "item \(item.index + 1)"
            lines.append("  \(name): \(item.status)" + (item.reason.map { ", \($0)" } ?? ""))
        }
        for charge in charges ?? [] {
            lines.append("  charge: \(charge.amount) \(charge.currency), \(charge.description)")
        }
        return lines
    }
}
