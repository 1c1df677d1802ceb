// Runs another program to its end: its output is kept, its errors are told, what it reads is counted.

import Foundation
import Glibc

/// A program's run.
struct ChildProcess {
    let program: String
    let arguments: [String]
    var input: String = ""

    struct Outcome {
        let code: Int32
        let output: [UInt8]
        let errors: String
    }

    private static let pauseMicroseconds: UInt32 = 20_000

    /// - Parameter onBytes: Told how many more bytes the program has read, about as many as it sends or receives.
    func run(onBytes: ((Int) -> Void)? = nil) throws(LinkFailure) -> Outcome {
        do {
            return try start(onBytes)
        } catch let failure as LinkFailure {
            throw failure
        } catch {
            throw LinkFailure(description: "\(program) does not start: \(error)", mayPass: false)
        }
    }

    private func start(_ onBytes: ((Int) -> Void)?) throws -> Outcome {
        let place = NSTemporaryDirectory() + "/filmroom-client-\(UUID().uuidString)"
        let files = try ["in", "out", "err"].map { try Self.scratch("\(place).\($0)", $0 == "in" ? input : "") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = files[0]
        process.standardOutput = files[1]
        process.standardError = files[2]
        try process.run()
        var seen = 0
        while process.isRunning {
            if let onBytes, let count = Self.bytesRead(by: process.processIdentifier), count > seen {
                onBytes(count - seen)
                seen = count
            }
            usleep(Self.pauseMicroseconds)
        }
        process.waitUntilExit()
        if process.terminationStatus == 127 {
            throw LinkFailure(description: "\(program) is not installed here", mayPass: false)
        }
        return Outcome(
            code: process.terminationReason == .exit ? process.terminationStatus : -1,
            output: try Self.content(of: files[1]), errors: Self.text(try Self.content(of: files[2])))
    }

    /// A file that is gone when it is closed.
    private static func scratch(_ path: String, _ text: String) throws -> FileHandle {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LinkFailure(description: "\(path): \(String(cString: strerror(errno)))", mayPass: false)
        }
        unlink(path)
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(text.utf8))
        try file.seek(toOffset: 0)
        return file
    }

    private static func content(of file: FileHandle) throws -> [UInt8] {
        try file.seek(toOffset: 0)
        return Array(try file.readToEnd() ?? Data())
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.suffix(4).joined(separator: "; ")
    }

    /// - Source: proc_pid_io(5), `rchar`.
    private static func bytesRead(by id: Int32) -> Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(id)/io") else { return nil }
        let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("rchar:") }
        return line?.split(separator: " ").last.flatMap { Int($0) }
    }
}
