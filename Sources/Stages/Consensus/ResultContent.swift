// A stored result document, read back.

internal import Foundation

struct ResultContent: Decodable {
    struct Read: Decodable {
        let digest: String
        let reader: String
        let label: String?
        let weight: Double
        let counted: Bool
        let reason: String?
        let confidence: Double?
        let round: Int
        let packetVersion: Int?
        let readAt: String
        let text: String?
        let findings: [Finding]
    }

    struct Finding: Decodable {
        let code: String?
        let laterality: String?
        let sopInstanceUID: String?
        let x: Double?
        let y: Double?
        let text: String?
    }

    struct Opinion: Decodable, Equatable {
        let reader: String
        let label: String
    }

    let exam: String
    let version: Int
    let label: String?
    let status: String
    let rule: String
    let ruleVersion: String
    let determinedAt: String
    let reason: String?
    let posterior: [String: Double]
    let margin: Double
    let reads: [Read]
    let minority: [Opinion]
    let images: [String]
    let supersedes: Int?
    let basis: ResultBasis

    init(_ json: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }
}
