// `filmroom-client send`: files, folders or archives to the service, until their receipts are there.

import ArgumentParser
import Bundles
import Files
import Foundation
import Pipeline
import Spool

struct SendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Send images, or any other drop, and wait for the receipt.",
        discussion: """
            An archive, a bag or a single file goes as it is. A folder is made into one bundle (--form tar or zip), or goes \
            file by file (--form folder). Everything is attested, travels under a temporary name, and is gone on with when \
            the link breaks. Sending the same again is seen to be that: nothing goes twice.

            With --watch FOLDER, the export folder of an apparatus: each study is sent by itself, when no file of it has \
            changed for --quiet and all of its files are whole.

            Exit: 0 all is received, 1 something failed, 2 the service has answered that something is wrong.
            """)

    @OptionGroup var server: ServerOptions
    @OptionGroup var answer: AnswerOptions

    @Option(help: "images diagnoses requests reports charts.")
    var kind = "images"

    @Option(help: "How a folder travels: tar zip folder.")
    var form = BundleForm.tar

    @Option(help: "Under which name; default: that of the file or folder.")
    var name: String?

    @Option(help: "Watch this folder instead, and send each study when it is whole.")
    var watch: String?

    @Option(help: "With --watch: for how long no file of a study may have changed.")
    var quiet = ClientDuration(seconds: 60)

    @Flag(help: "With --watch: send what is there, and end.")
    var once = false

    @Flag(help: "With --watch: remove files whose receipt says that they are stored.")
    var removeReceived = false

    @Argument(help: "Files, folders or archives.")
    var paths: [String] = []

    static let kinds = ["images", "diagnoses", "requests", "reports", "charts", "acks"]

    func validate() throws {
        guard Self.kinds.contains(kind) else {
            throw ValidationError("--kind \(kind): one of \(Self.kinds.joined(separator: " "))")
        }
        if watch == nil, paths.isEmpty { throw ValidationError("what is to be sent? A PATH, or --watch FOLDER") }
        if watch != nil, !paths.isEmpty {
            throw ValidationError("--watch FOLDER sends that folder; leave the paths out")
        }
        if watch == nil, once || removeReceived {
            throw ValidationError("--once and --remove-received go with --watch FOLDER")
        }
        if name != nil, paths.count != 1 { throw ValidationError("--name goes with one path") }
    }

    func run() throws {
        let postbox = try server.open()
        let outbox = try Outbox(desk: server.deskPath)
        let sender = DropSender(postbox: postbox, outbox: outbox, waitSeconds: answer.seconds)
        if let watch {
            let folder = Paths.resolve(watch, below: Paths.current())
            return try StudyWatch(
                folder: folder, sender: sender, quietSeconds: quiet.seconds, form: form, isOnce: once,
                removesReceived: removeReceived, isJSON: server.json
            ).run()
        }
        var all: [Sent] = []
        for path in paths {
            all.append(try sender.send(try prepare(path, outbox)))
        }
        try Report(sent: all, isJSON: server.json).tell()
    }

    private func prepare(_ text: String, _ outbox: Outbox) throws -> Outgoing {
        let path = Paths.resolve(
            text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text, below: Paths.current())
        guard let status = Paths.status(path) else { throw ClientFailure.failed("\(text): nothing is there") }
        let own = Outgoing.safeName(name ?? Paths.lastComponent(of: Paths.real(path) ?? path))
        let making = DropMaking(outbox: outbox, kind: kind, logger: Console.logger())
        if status.kind == .directory { return try making.folder(path, name: own, form: form) }
        return try making.file(path, name: own)
    }
}

/// How long to wait for the answer.
struct AnswerOptions: ParsableArguments {
    @Option(help: "How long to wait for the receipt: 30s 10m 2h.")
    var wait = ClientDuration(seconds: 1800)

    @Flag(help: "Do not wait for the receipt.")
    var noWait = false

    var seconds: Double { noWait ? 0 : wait.seconds }
}

/// A duration of the command line.
struct ClientDuration: ExpressibleByArgument {
    let seconds: Double

    init(seconds: Double) { self.seconds = seconds }

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[$0] }), let number = Double(argument.dropLast()), number >= 0,
            number.isFinite
        else { return nil }
        seconds = number * unit
    }

    var defaultValueDescription: String { "\(Int(seconds))s" }
}
