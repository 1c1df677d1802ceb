// `filmroom-client worklist`: what a reader has to read, picked up and listed.

import ArgumentParser
import Foundation

struct WorklistCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worklist", abstract: "Pick up what there is to read, and list it.",
        discussion: """
            Packets go to <desk>/worklists/<exam>; open index.html of one in a browser, or answer with \
            'filmroom-client diagnose'. Those that were answered stay in the list until you remove their folders.
            """)

    @OptionGroup var server: ServerOptions

    @Flag(name: .customLong("no-ack"), help: "Leave the packets there as well.")
    var noAck = false

    @Flag(help: "Do not ask the service; list what lies here.")
    var offline = false

    private struct Line: Encodable {
        let exam: String
        let patientID: String?
        let `protocol`: String?
        let round: Int
        let modalities: [String]
        let images: Int
        let labels: [String]
        let answer: AnswerRecord?
        let page: String
    }

    private struct Document: Encodable {
        let type = "worklist"
        let exams: [Line]
    }

    func run() throws {
        let fetched =
            offline ? nil : try Fetching(server: server, kinds: ["worklists"], acknowledges: !noAck).run()
        let lines = try Packet.all(desk: server.deskPath).map { packet in
            Line(
                exam: packet.key, patientID: packet.patientID, protocol: packet.protocolID, round: packet.round,
                modalities: packet.modalities, images: packet.imageCount, labels: packet.labels,
                answer: try AnswerRecord.of(packet, desk: server.deskPath),
                page: "\(server.deskPath)/worklists/\(packet.key)/index.html")
        }
        if server.json {
            try Console.printJSON(Document(exams: lines))
        } else {
            Console.printTable(lines.map(Self.row))
            if lines.isEmpty { Console.say("nothing to read") }
        }
        try fetched?.fail()
    }

    private static func row(_ line: Line) -> [String] {
        let answer = line.answer.map { "\($0.label ?? "withdrawn") (\($0.status))" } ?? "to read"
        return [
            line.exam, "round \(line.round)", line.modalities.joined(separator: ","), "\(line.images) images", answer,
            line.page,
        ]
    }
}
