// `filmroom-client request`: ask for stored exams, and wait for them.

import ArgumentParser
import Files
import Foundation

struct RequestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Ask for an exam, or for a patient's exams.",
        discussion: """
            The id is made of what is asked for, unless --id gives one: the same command twice is one request, with one fee. \
            With --fetch it waits for the delivery and picks it up.
            """)

    @OptionGroup var server: ServerOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var exam: ExamOptions

    @Option(help: "What for: treatment, or another purpose that you have; reading asks for a packet.")
    var purpose: String

    @Option(help: "The request's id, [A-Za-z0-9._-]{1,64}.")
    var id: String?

    @Option(help: "All exams of this patient.")
    var patient: String?

    @Option(help: "With --patient: whose id that is.")
    var issuer: String?

    @Option(help: "With --patient: only this modality.")
    var modality: String?

    @Option(help: "With --patient: from this study date on, YYYY-MM-DD.")
    var from: String?

    @Option(help: "With --patient: up to this study date.")
    var to: String?

    @Option(help: "Only these kinds of images, such as MG,CT.")
    var kinds: String?

    @Option(help: "Pixel density at most, such as 0.5.")
    var density: Double?

    @Flag(inversion: .prefixedNo, help: "Stored values, or rendered pictures only.")
    var imageProcessing: Bool?

    @Flag(inversion: .prefixedNo, help: "Reports along with the images.")
    var reports: Bool?

    @Option(help: "reduce: give what is allowed; refuse: all or nothing.")
    var prefer: String?

    @Option(help: "folder zip tar.")
    var format: String?

    @Flag(help: "With a DICOMDIR.")
    var dicomdir = false

    @Flag(help: "Wait for the delivery, and pick it up.")
    var fetch = false

    private struct Query: Encodable {
        let patientID: String?
        let issuerOfPatientID: String?
        let modality: String?
        let from: String?
        let to: String?
    }

    private struct Want: Encodable {
        let kinds: [String]?
        let pixelDensity: Double?
        let imageProcessing: Bool?
        let reports: Bool?
        var isEmpty: Bool { kinds == nil && pixelDensity == nil && imageProcessing == nil && reports == nil }
    }

    private struct Document: Encodable {
        let type = "request"
        var id: String?
        let exam: ExamName?
        let exams: Query?
        let purpose: String
        let want: Want?
        let prefer: String?
        let format: String?
        let dicomdir: Bool?
    }

    private struct Outcome: Encodable {
        let type = "requested"
        let id: String
        let sent: Sent
        let delivery: PickedUp?
    }

    func validate() throws {
        guard exam.isEmpty != (patient == nil) else {
            throw ValidationError("name an exam (--accession, --study) or a patient (--patient), one of them")
        }
    }

    func run() throws {
        let postbox = try server.open()
        let outbox = try Outbox(desk: server.deskPath)
        var document = document
        let id = try document.id ?? "c-\(SHA256.digest(of: [UInt8](Console.encoder.encode(document))).short)"
        document.id = id
        let making = DropMaking(outbox: outbox, kind: "requests", logger: Console.logger())
        let drop = try making.document([UInt8](Console.encoder.encode(document)), stem: id, ending: "json")
        let sent = try DropSender(postbox: postbox, outbox: outbox, waitSeconds: answer.seconds).send(drop)
        let isGood = sent.receipt?.isGood ?? false
        let waiting = try DeliveryWaiting(server: server, postbox: postbox)
        let delivery = try fetch && isGood ? waiting.wait(for: [id], seconds: answer.seconds)[id] : nil
        if server.json { try Console.printJSON(Outcome(id: id, sent: sent, delivery: delivery)) }
        if !server.json {
            Report.print(sent)
            if let delivery { Console.print(delivery.path) }
        }
        try Report.check([sent])
        if fetch, delivery == nil {
            throw ClientFailure.failed("\(id) is not delivered yet; run the command again later")
        }
    }

    private var document: Document {
        let want = Want(
            kinds: kinds.map { $0.split(separator: ",").map(String.init) }, pixelDensity: density,
            imageProcessing: imageProcessing, reports: reports)
        let query = Query(patientID: patient, issuerOfPatientID: issuer, modality: modality, from: from, to: to)
        return Document(
            id: id, exam: exam.isEmpty ? nil : exam.name, exams: exam.isEmpty ? query : nil, purpose: purpose,
            want: want.isEmpty ? nil : want, prefer: prefer, format: format, dicomdir: dicomdir ? true : nil)
    }
}
