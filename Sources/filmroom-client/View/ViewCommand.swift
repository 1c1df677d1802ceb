// `filmroom-client view`: a viewer page over images that lie on this machine.

import ArgumentParser
import Files
import Foundation
import Pipeline
import Pixels
import Spool

struct ViewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view", abstract: "Make a viewer page of the images in a folder.",
        discussion: """
            One page for each patient, with the newest study and the earlier ones beside it; the service's own viewer, with \
            the stored values. Needs filmroom-pixels beside this program; no service, no network.
            """)

    @Argument(help: "The folder.")
    var folder: String

    @Option(help: "Where the pages go; default: <desk>/views/<name of the folder>.")
    var to: String?

    @Option(help: "Where picked up things lie; also $FILMROOM_DESK. Default: ~/filmroom.")
    var desk: String?

    @Flag(help: "Open the pages in the browser.")
    var open = false

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    private struct Page: Encodable {
        let path: String
        let patientID: String
        let images: Int
        let unrenderable: Int
    }

    private struct Document: Encodable {
        let type = "view"
        let pages: [Page]
    }

    func run() throws {
        let source = Paths.resolve(folder, below: Paths.current())
        guard Paths.status(source)?.kind == .directory else { throw ClientFailure.failed("\(folder) is no folder") }
        let images = try LocalImage.all(in: source)
        guard !images.isEmpty else { throw ClientFailure.failed("\(folder): no DICOM image is in it") }
        let name = Outgoing.safeName(Paths.lastComponent(of: Paths.real(source) ?? source))
        let target = to.map { Paths.resolve($0, below: Paths.current()) } ?? "\(ServerOptions.desk(desk))/views/\(name)"
        let pages = try make(images, in: target)
        if json { try Console.printJSON(Document(pages: pages)) }
        for page in pages {
            if !json { Console.print(page.path) }
            if page.unrenderable > 0 {
                Console.say("\(page.path): \(page.unrenderable) images cannot be rendered; the page says why")
            }
            if open { _ = try ChildProcess(program: "xdg-open", arguments: [page.path]).run() }
        }
    }

    private func make(_ images: [LocalImage], in target: String) throws -> [Page] {
        let pixels = PixelProcesses(program: try Self.program(), count: 1)
        let patients = Dictionary(grouping: images, by: \.patient).sorted { $0.key.lexicographicallyPrecedes($1.key) }
        let progress = Progress(
            title: "viewer", total: images.reduce(0) { $0 + $1.byteCount }, logger: Console.logger())
        defer { progress.finish() }
        let parent = patients.count == 1 ? Paths.parent(of: target) : target
        try Paths.makeDirectories(parent, permissions: 0o700)
        return try patients.enumerated().map { index, patient in
            let name = patients.count == 1 ? Paths.lastComponent(of: target) : "patient-\(index + 1)"
            let folder = try OutboundFolder(
                parent: try OpenDirectory.open(followingLinks: parent), name: FileName(name))
            let failed = try LocalPage(images: patient.value, pixels: pixels, progress: progress).fill(folder)
            return Page(
                path: "\(parent)/\(name)/index.html", patientID: patient.key[1], images: patient.value.count,
                unrenderable: failed)
        }
    }

    /// The program that decodes, beside this one.
    static func program() throws -> String {
        let own = Paths.real("/proc/self/exe") ?? ""
        let path = "\(Paths.parent(of: own))/filmroom-pixels"
        guard Paths.exists(path) else {
            throw ClientFailure.failed("\(path) is not there: put filmroom-pixels beside filmroom-client")
        }
        return path
    }
}
