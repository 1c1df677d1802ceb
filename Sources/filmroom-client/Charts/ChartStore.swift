// The charts of a party that keeps them for itself: a private folder of files, one a patient.
//
// Invariants: 0700 and 0600; a chart is replaced in one step; one program writes at a time. Nothing in it is ever sent.
// Memory: one chart.

import Files
import Foundation
import Radiology
import Spool

final class ChartStore {
    let path: String
    let numbers: ChartNumbers
    private let turn: TurnLock?

    /// What "" stands for among issuers; nil when nobody said.
    private(set) var ownIssuer: String?

    private struct Settings: Codable {
        var issuerOfPatientID: String?
    }

    private static let chartByteLimit = 1 << 30

    /// - Parameters:
    ///   - desk: The folder on this side.
    ///   - issuer: How the party's own patient ids are issued; nil for what was said before.
    ///   - isWriting: Whether anything is going to be changed: then others wait.
    init(desk: String, issuer: String?, isWriting: Bool) throws {
        path = "\(desk)/charts"
        for folder in [path, "\(path)/patients", "\(path)/numbers"] {
            try Paths.makeDirectories(folder, permissions: 0o700)
            try Paths.setPermissions(folder, 0o700)
        }
        numbers = ChartNumbers(folder: "\(path)/numbers")
        turn = isWriting ? try TurnLock(spool: path, command: "lock") : nil
        var settings = Settings()
        let file = "\(path)/settings.json"
        if Paths.exists(file) { settings = try Self.decode(Settings.self, file) }
        if let issuer, settings.issuerOfPatientID != issuer {
            settings.issuerOfPatientID = issuer
            try Self.write(settings, to: file)
        }
        ownIssuer = settings.issuerOfPatientID
    }

    // MARK: Charts

    /// The name of a patient's file, without its ending, and of their page's folder: `<issuer>_<patient id>`.
    func name(of identity: PatientIdentity) -> String {
        let issuer = identity.issuer.isEmpty ? "" : ExamKey.escaped(identity.issuer)
        let name = "\(issuer)_\(ExamKey.escaped(identity.patientID))"
        guard name.utf8.count > Self.longestName else { return name }
        return "\(name.prefix(Self.longestName - 20))-\(SHA256.digest(of: Array(name.utf8)).short)"
    }

    private static let longestName = 200

    private func file(_ name: String) -> String { "\(path)/patients/\(name).json" }

    /// A patient's chart; nil when there is none.
    func chart(of identity: PatientIdentity) throws -> StoredChart? { try chart(named: name(of: identity)) }

    func chart(named name: String) throws -> StoredChart? {
        guard Paths.exists(file(name)) else { return nil }
        return try Self.decode(StoredChart.self, file(name))
    }

    func write(_ chart: StoredChart) throws { try Self.write(chart, to: file(name(of: chart.patient.identity))) }

    /// The names of all charts, sorted.
    func names() throws(FilesError) -> [String] {
        try OpenDirectory.open(followingLinks: "\(path)/patients").names()
            .filter { !$0.startsWithDot && $0.hasSuffix(".json") }.map { String($0.text.dropLast(5)) }.sorted()
    }

    /// The charts of a patient id, whoever issued it.
    func charts(patientID: String) throws -> [StoredChart] {
        let ending = "_\(ExamKey.escaped(patientID))"
        let named = try names().filter { $0.hasSuffix(ending) || $0.utf8.count > Self.longestName - 20 }
        return try named.compactMap { try chart(named: $0) }.filter { $0.patient.identity.patientID == patientID }
    }

    /// The charts in which a number or an entry's name stands now.
    func charts(_ kind: ChartNumbers.Kind, _ value: String) throws -> [StoredChart] {
        try numbers.charts(kind, value).compactMap { try chart(named: $0) }.filter { chart in
            chart.current.contains { version in
                kind == .entry ? version.entry.name == value : version.entry.numbers.contains(value)
            }
        }
    }

    // MARK: Patients who were merged

    /// Patients that one after the other lead to one who stays.
    private static let longestChain = 1000

    /// The chart of the patient who stays.
    func root(of chart: StoredChart) throws -> StoredChart {
        var current = chart
        for _ in 0..<Self.longestChain {
            guard let next = try current.mergedInto.flatMap({ try self.chart(of: $0) }) else { return current }
            current = next
        }
        throw ClientFailure.failed(
            "patient \(chart.patient.identity.patientID) was merged more than \(Self.longestChain) times")
    }

    /// A patient who stays, and all who were merged into them.
    func cluster(_ root: StoredChart) throws -> [StoredChart] {
        var found: [StoredChart] = []
        var open = [root]
        while let next = open.popLast(), found.count < Self.longestChain {
            guard !found.contains(where: { $0.patient.identity == next.patient.identity }) else { continue }
            found.append(next)
            open += try next.merged.compactMap { try chart(of: $0) }
        }
        return found
    }

    // MARK: Files

    /// Notes how the party's own patient ids are issued, unless somebody said so before.
    func learn(ownIssuer issuer: String?) throws {
        guard ownIssuer == nil, let issuer else { return }
        try Self.write(Settings(issuerOfPatientID: issuer), to: "\(path)/settings.json")
        ownIssuer = issuer
    }

    private static func write(_ value: some Encodable, to file: String) throws {
        try Paths.write([UInt8](try Console.encoder.encode(value)), to: file, permissions: 0o600)
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ file: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(try Paths.read(file, limit: chartByteLimit)))
        } catch let error as DecodingError {
            throw ClientFailure.failed("\(file) cannot be read: \(error)")
        }
    }
}

extension ChartEntry {
    /// All numbers by which it names exams.
    var numbers: Set<String> {
        Set(
            accessionNumbers + studyInstanceUIDs
                + statedExams.flatMap { [$0.accessionNumber, $0.studyInstanceUID].compactMap { $0 } })
    }
}
