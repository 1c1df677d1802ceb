// `filmroom-client results` and `notices`: what has come for the office or the facility, shown.

import ArgumentParser
import Files
import Foundation

struct ResultsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results", abstract: "Pick up results of examination, and list the newest of each exam.",
        discussion: "They lie in <desk>/results; the .html of each is its page. --all lists earlier versions too.")

    @OptionGroup var server: ServerOptions

    @Flag(name: .customLong("no-ack"), help: "Leave them there as well.")
    var noAck = false

    @Flag(help: "Do not ask the service; list what lies here.")
    var offline = false

    @Flag(help: "Earlier versions too.")
    var all = false

    private struct Result: Codable {
        let exam: String
        let version: Int
        let label: String?
        let status: String
        let rule: String
        let determinedAt: String
        let reason: String?
        let margin: Double?
        let minority: [Opinion]
    }

    private struct Opinion: Codable {
        let reader: String
        let label: String
    }

    private struct Document: Encodable {
        let type = "results"
        let results: [Result]
    }

    func run() throws {
        let fetched = offline ? nil : try Fetching(server: server, kinds: ["results"], acknowledges: !noAck).run()
        var results = try DeskDocuments(desk: server.deskPath, kind: "results").all(Result.self, type: "result")
            .sorted { ($0.exam, $0.version) < ($1.exam, $1.version) }
        if !all {
            let newest = Dictionary(results.map { ($0.exam, $0.version) }, uniquingKeysWith: max)
            results = results.filter { newest[$0.exam] == $0.version }
        }
        if server.json {
            try Console.printJSON(Document(results: results))
        } else {
            Console.printTable(results.map(Self.row))
            if results.isEmpty { Console.say("no results") }
        }
        try fetched?.fail()
    }

    private static func row(_ result: Result) -> [String] {
        let minority = result.minority.map { "\($0.reader): \($0.label)" }.joined(separator: ", ")
        return [
            result.exam, "v\(result.version)", result.label ?? "-", result.status, result.determinedAt,
            minority.isEmpty ? "" : "otherwise \(minority)",
        ]
    }
}

struct NoticesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notices", abstract: "Pick up notices, and list them in their order.",
        discussion: "They lie in <desk>/notices.")

    @OptionGroup var server: ServerOptions

    @Flag(name: .customLong("no-ack"), help: "Leave them there as well.")
    var noAck = false

    @Flag(help: "Do not ask the service; list what lies here.")
    var offline = false

    private struct Notice: Codable {
        let kind: String
        let exam: String?
        let count: Int?
        let of: Int?
        let at: String?
        let message: String?
    }

    private struct Document: Encodable {
        let type = "notices"
        let notices: [Notice]
    }

    func run() throws {
        let fetched = offline ? nil : try Fetching(server: server, kinds: ["notices"], acknowledges: !noAck).run()
        let notices = try DeskDocuments(desk: server.deskPath, kind: "notices").all(Notice.self, type: "notice")
            .sorted { ($0.at ?? "", $0.exam ?? "", $0.count ?? 0) < ($1.at ?? "", $1.exam ?? "", $1.count ?? 0) }
        if server.json {
            try Console.printJSON(Document(notices: notices))
        } else {
            Console.printTable(notices.map(Self.row))
            if notices.isEmpty { Console.say("no notices") }
        }
        try fetched?.fail()
    }

    private static func row(_ notice: Notice) -> [String] {
        let count = notice.count.flatMap { count in notice.of.map { "\(count) of \($0) diagnoses" } }
        return [notice.at ?? "", notice.kind, notice.exam ?? "", notice.message ?? count ?? ""]
    }
}
