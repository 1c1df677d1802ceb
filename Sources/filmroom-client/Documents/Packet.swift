// A reading packet that was picked up, and what was answered to it.

import Files
import Foundation

struct Packet: Decodable {
    let key: String
    let facility: String
    let accessionNumber: String?
    let studyInstanceUID: String
    let patientID: String?
    let protocolID: String?
    let packetVersion: Int
    let round: Int
    let labels: [String]
    let series: [Series]

    struct Series: Decodable {
        let modality: String
        let instances: [Instance]
    }
    struct Instance: Decodable {
        let sopInstanceUID: String
    }

    private enum CodingKeys: String, CodingKey {
        case key, facility, accessionNumber, studyInstanceUID, patientID, packetVersion, round, labels, series
        case protocolID = "protocol"
    }

    var imageCount: Int { series.reduce(0) { $0 + $1.instances.count } }
    var modalities: [String] { Set(series.map(\.modality)).sorted() }

    var exam: ExamName {
        ExamName(facility: facility, accessionNumber: accessionNumber, studyInstanceUID: studyInstanceUID)
    }

    /// Whether a person means this packet.
    func isNamed(_ text: String) -> Bool { [key, accessionNumber, studyInstanceUID].contains(text) }

    /// Those that lie on the desk, by their keys.
    static func all(desk: String) throws -> [Packet] {
        let place = "\(desk)/worklists"
        guard Paths.exists(place) else { return [] }
        let names = try OpenDirectory.open(followingLinks: place).names().filter { !$0.startsWithDot }.sorted()
        return try names.compactMap { name in
            let path = "\(place)/\(name.text)/exam.json"
            guard Paths.exists(path) else { return nil }
            do { return try JSONDecoder().decode(Packet.self, from: Data(try Paths.read(path))) } catch let error
                as DecodingError
            {
                throw ClientFailure.failed("\(path) cannot be read: \(error)")
            }
        }
    }
}

/// What a reader has answered, kept on the desk.
struct AnswerRecord: Codable {
    let exam: String
    let round: Int
    let label: String?
    let status: String
    let digest: String?

    private static func path(_ desk: String, _ exam: String, _ round: Int) -> String {
        "\(desk)/answers/\(exam).round-\(round).json"
    }

    func keep(desk: String) throws {
        try Paths.makeDirectories("\(desk)/answers", permissions: 0o700)
        try Paths.write([UInt8](try Console.encoder.encode(self)), to: Self.path(desk, exam, round))
    }

    static func of(_ packet: Packet, desk: String) throws -> AnswerRecord? {
        let path = path(desk, packet.key, packet.round)
        guard Paths.exists(path) else { return nil }
        return try JSONDecoder().decode(AnswerRecord.self, from: Data(try Paths.read(path)))
    }
}
