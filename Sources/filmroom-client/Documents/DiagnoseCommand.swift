// `filmroom-client diagnose`: a diagnosis from the command line, or by questions in the terminal.

import ArgumentParser
import Files
import Foundation

struct DiagnoseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose", abstract: "Answer a reading packet.",
        discussion: """
            Without --label it asks, line by line, and sends after a last yes. The receipt says whether the read is sealed; \
            its digest vouches for it from then on, and --retracts names it to withdraw or replace it.
            """)

    @OptionGroup var server: ServerOptions
    @OptionGroup var answer: AnswerOptions

    @Argument(help: "The exam: its key, accession number or study UID. Its packet must be on the desk.")
    var exam: String

    @Option(help: "One of the packet's labels.")
    var label: String?

    @Option(help: "From 0 to 1.")
    var confidence: Double?

    @Option(help: "CODE[,L|R|B[,text]]; any number of them.")
    var finding: [String] = []

    @Option(help: "Free text.")
    var text: String?

    @Option(help: "The digest of your earlier read that this withdraws or, with a label, replaces.")
    var retracts: String?

    @Option(help: "When it was read, ISO 8601 with an offset; default: now.")
    var readAt: String?

    private struct Finding: Encodable {
        let code: String
        let laterality: String?
        let text: String?
    }

    private struct Document: Encodable {
        let type = "diagnosis"
        let reader: String
        let exam: ExamName
        let label: String?
        let confidence: Double?
        let findings: [Finding]
        let text: String?
        let readAt: String
        let round: Int
        let packetVersion: Int
        let retracts: String?
    }

    private struct Answer {
        var label: String?
        var confidence: Double?
        var findings: [Finding]
        var text: String?
    }

    func validate() throws {
        if let confidence, !(0...1).contains(confidence) {
            throw ValidationError("--confidence \(confidence): from 0 to 1")
        }
    }

    func run() throws {
        let desk = server.deskPath
        let packets = try Packet.all(desk: desk).filter { $0.isNamed(exam) }
        guard let packet = packets.first, packets.count == 1 else {
            throw ClientFailure.failed(
                packets.isEmpty
                    ? "no packet of '\(exam)' lies in \(desk)/worklists; pick it up with 'filmroom-client worklist'"
                    : "'\(exam)' names several packets; give one of \(packets.map(\.key).joined(separator: ", "))")
        }
        let answer = try answered(packet)
        let document = Document(
            reader: try server.partyID(), exam: packet.exam, label: answer.label, confidence: answer.confidence,
            findings: answer.findings, text: answer.text, readAt: readAt ?? Self.now(), round: packet.round,
            packetVersion: packet.packetVersion, retracts: retracts)
        try send(document, packet, desk: desk)
    }

    private func send(_ document: Document, _ packet: Packet, desk: String) throws {
        let outbox = try Outbox(desk: desk)
        let drop = try DropMaking(outbox: outbox, kind: "diagnoses", logger: Console.logger())
            .document([UInt8](Console.encoder.encode(document)), stem: packet.key, ending: "json")
        let sent = try DropSender(postbox: try server.open(), outbox: outbox, waitSeconds: answer.seconds).send(drop)
        if let read = sent.receipt?.reads?.first {
            try AnswerRecord(
                exam: packet.key, round: packet.round, label: document.label, status: read.status, digest: read.digest
            ).keep(desk: desk)
        }
        try Report(sent: [sent], isJSON: server.json).tell()
    }

    private func answered(_ packet: Packet) throws -> Answer {
        if label != nil || retracts != nil {
            if let label { try check(label, packet) }
            return Answer(
                label: label, confidence: confidence, findings: try finding.map(Self.finding), text: text)
        }
        return try asked(packet)
    }

    private func check(_ label: String, _ packet: Packet) throws {
        guard !packet.labels.isEmpty, !packet.labels.contains(label) else { return }
        throw ClientFailure.failed(
            "'\(label)' is no label of this exam, which are \(packet.labels.joined(separator: ", "))")
    }

    /// The form in the terminal.
    private func asked(_ packet: Packet) throws -> Answer {
        Console.say(
            "\(packet.key), round \(packet.round): \(packet.imageCount) images, \(packet.modalities.joined(separator: ", "))"
        )
        Console.say(packet.labels.enumerated().map { "\($0.offset + 1) \($0.element)" }.joined(separator: "   "))
        var answer = Answer(findings: [])
        while answer.label == nil {
            let given = try line("label (number or word):")
            let number = Int(given).flatMap { packet.labels.indices.contains($0 - 1) ? packet.labels[$0 - 1] : nil }
            answer.label = number ?? (packet.labels.contains(given) ? given : nil)
            if answer.label == nil { Console.say("one of \(packet.labels.joined(separator: ", "))") }
        }
        while true {
            let given = try line("confidence, 0 to 1 (empty: none):")
            answer.confidence = Double(given).flatMap { (0...1).contains($0) ? $0 : nil }
            if given.isEmpty || answer.confidence != nil { break }
            Console.say("a number from 0 to 1, such as 0.8")
        }
        while case let given = try line("finding, CODE[,L|R|B[,text]] (empty: no more):"), !given.isEmpty {
            do { answer.findings.append(try Self.finding(given)) } catch { Console.say("\(error)") }
        }
        let text = try line("text (empty: none):")
        answer.text = text.isEmpty ? nil : text
        guard ["y", "yes"].contains(try line("send '\(answer.label ?? "")'? (yes or no):").lowercased()) else {
            throw ClientFailure.failed("nothing was sent")
        }
        return answer
    }

    private func line(_ question: String) throws -> String {
        guard let line = Console.ask(question) else {
            throw ClientFailure.failed("the input ended; nothing was sent. Give --label to answer without questions")
        }
        return line
    }

    private static func finding(_ text: String) throws -> Finding {
        let parts = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard let code = parts.first, !code.isEmpty else {
            throw ClientFailure.failed("'\(text)': a finding begins with its code, such as BI-RADS-4,L")
        }
        let side = parts.count > 1 && !parts[1].isEmpty ? parts[1].uppercased() : nil
        if let side, !["L", "R", "B"].contains(side) {
            throw ClientFailure.failed("'\(text)': the side is L, R or B")
        }
        return Finding(code: code, laterality: side, text: parts.count > 2 && !parts[2].isEmpty ? parts[2] : nil)
    }

    /// The time here, with its offset.
    private static func now() -> String {
        let formatter = ISO8601DateFormatter()
        formatter.timeZone = .current
        return formatter.string(from: Date())
    }
}
