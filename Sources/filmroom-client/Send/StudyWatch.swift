// Watches an export folder and sends each study, by itself, when it is whole.
//
// A study is whole when each of its files parses to its end and none has changed for a while. What was received is
// kept in a list in the desk: an image that comes later goes in a drop of its own, a restart sends nothing twice.
// Never touches a file, unless told to remove what was received.

import DICOM
import Files
import Foundation
import Spool

struct StudyWatch {
    let folder: String
    let sender: DropSender
    let quietSeconds: Double
    let form: BundleForm
    let isOnce: Bool
    let removesReceived: Bool
    let isJSON: Bool

    private static let lookSeconds = 1.0
    private static let chunkByteCount = 1 << 20

    /// A file as it was when it was looked at.
    private struct Looked {
        let status: FileStatus
        let study: String?
        let seenAt: Date
    }

    private struct Line: Encodable {
        let type = "study"
        let studyInstanceUID: String
        let files: Int
        let sent: Sent
    }

    func run() throws {
        let record = try SentFiles(outbox: sender.outbox, folder: folder)
        var looked: [String: Looked] = [:]
        var failures: Set<String> = []
        // What the service would not take: it is not offered again before it changes.
        var refused: [String: FileStatus] = [:]
        while true {
            let files = try LocalFolder.files(folder) { !IgnoredNames.contains($0) }
            for file in files where !record.contains(file.path, file.status) {
                if let status = refused[file.path], status.isSameContent(as: file.status) { continue }
                try look(file, &looked)
            }
            let present = Set(files.map(\.path))
            looked = looked.filter { present.contains($0.key) }
            let studies = Dictionary(grouping: looked.filter { $0.value.study != nil }, by: { $0.value.study ?? "" })
            for (study, files) in studies.sorted(by: { $0.key < $1.key }) where isQuiet(files.map(\.value)) {
                do {
                    try send(study, files.map { (path: $0.key, status: $0.value.status) }, record)
                } catch let failure as ClientFailure {
                    // Of one study; the others go all the same.
                    Console.say("study \(study): \(failure.description)")
                    failures.insert(study)
                    if failure.code == ClientFailure.findings("").code {
                        for file in files { refused[file.key] = file.value.status }
                    }
                }
                for file in files { looked[file.key] = nil }
            }
            if isOnce, looked.values.allSatisfy({ $0.study == nil && isQuiet([$0]) }) { break }
            Thread.sleep(forTimeInterval: Self.lookSeconds)
        }
        for (path, _) in looked.sorted(by: { $0.key < $1.key }) {
            Console.say("\(path): not a whole DICOM image; not sent")
        }
        guard failures.isEmpty else {
            throw ClientFailure.findings(
                "\(failures.count) studies were not received: \(failures.sorted().joined(separator: ", "))")
        }
    }

    private func isQuiet(_ files: [Looked]) -> Bool {
        files.allSatisfy { Date().timeIntervalSince($0.seenAt) >= quietSeconds }
    }

    /// Reads a file that is new or has changed.
    private func look(_ file: (path: String, status: FileStatus), _ looked: inout [String: Looked]) throws {
        if let before = looked[file.path], before.status.isSameContent(as: file.status) { return }
        looked[file.path] = Looked(
            status: file.status, study: try Self.study(of: "\(folder)/\(file.path)"), seenAt: Date())
    }

    /// The study of an image that parses to its end; nil of anything else.
    private static func study(of path: String) throws(FilesError) -> String? {
        let file = try OpenFile.read(path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        var scanner = FileScanner()
        while case let count = try file.read(into: buffer), count > 0 {
            do throws(DICOMError) {
                try scanner.consume(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            } catch { return nil }
        }
        do throws(DICOMError) {
            let scanned = try scanner.finish()
            return scanned.isDirectory ? nil : scanned.text(.studyInstanceUID).flatMap { $0.isEmpty ? nil : $0 }
        } catch { return nil }
    }

    private func send(_ study: String, _ files: [(path: String, status: FileStatus)], _ record: SentFiles) throws {
        let paths = files.map(\.path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let making = DropMaking(outbox: sender.outbox, kind: "images", logger: Console.logger())
        let sent = try sender.send(
            try making.bundle(paths, below: folder, name: Outgoing.safeName(study), form: form))
        if isJSON {
            try Console.printJSON(Line(studyInstanceUID: study, files: files.count, sent: sent))
        } else {
            Report.print(sent)
        }
        guard sender.waitSeconds == 0 || sent.receipt?.isGood == true else {
            throw ClientFailure.findings("\(sent.name) is \(sent.status)")
        }
        try record.add(files)
        guard removesReceived, sent.receipt?.isGood == true else { return }
        for file in files where Paths.status("\(folder)/\(file.path)")?.isSameContent(as: file.status) == true {
            try LocalFolder.remove("\(folder)/\(file.path)")
        }
    }
}
