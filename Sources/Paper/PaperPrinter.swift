// PaperPrinter owns the making of a PDF by `filmroom-print`: a process for each document, so that what one brings down costs
// no other, and nothing of one is in the next.
//
// What is handed on is not the whole file before `print` has returned: a caller lets it appear afterwards.

internal import Foundation
internal import Processes

/// Prints documents.
///
/// ```swift
/// let printer = PaperPrinter(program: "/usr/local/bin/filmroom-print")
/// let bytes = try printer.pdf(document)
/// ```
package struct PaperPrinter: Sendable {
    private let program: String
    private let limits: PaperLimits

    /// - Parameter program: The path of `filmroom-print`.
    package init(program: String, limits: PaperLimits = .standard) {
        self.program = program
        self.limits = limits
    }

    /// A document as a PDF. The same document gives the same bytes, as long as the fonts are the same.
    package func pdf(_ document: PaperDocument) throws(PaperError) -> [UInt8] {
        var bytes: [UInt8] = []
        do { try print(document) { bytes.append(contentsOf: $0) } } catch {
            throw error as? PaperError ?? .failed(String(describing: error))
        }
        return bytes
    }

    /// Prints a document.
    ///
    /// - Parameter write: Takes the file, piece by piece.
    /// - Returns: The count of its pages.
    /// - Throws: `PaperError`, and what `write` throws.
    @discardableResult
    package func print(_ document: PaperDocument, to write: ([UInt8]) throws -> Void) throws -> Int {
        let process = try start()
        let content = try Self.encoded(document)
        guard content.count <= limits.documentByteCount else {
            throw PaperError.failed(
                "the document has \(content.count) bytes, at most \(limits.documentByteCount) are printed")
        }
        do throws(MessageChannel.Failure) {
            try process.channel.send(header: Array("{}".utf8), payload: content)
        } catch {
            throw Self.error(error, process)
        }
        while true {
            let (answer, payload) = try receive(from: process)
            switch answer {
            case .piece: try write(payload)
            case .done(let pageCount): return pageCount
            default: throw Self.error(answer)
            }
        }
    }

    /// Why nothing can be printed on this machine; nil when it can.
    package func fault() -> PaperError? {
        do throws(PaperError) {
            _ = try start()
            return nil
        } catch {
            return error
        }
    }

    private func start() throws(PaperError) -> MessagedProcess {
        let arguments = [
            "serve", "--memory", String(limits.memoryByteCount), "--processor", String(limits.processorSeconds),
            "--document-bytes", String(limits.documentByteCount),
        ]
        let process: MessagedProcess
        do throws(MessagedProcess.StartFailure) {
            process = try MessagedProcess.start(
                program, arguments, maximumPayloadByteCount: UInt64(limits.pieceByteCount))
        } catch {
            throw .unavailable(error.reason)
        }
        let (answer, _) = try receive(from: process)
        guard answer == .ready else { throw Self.error(answer) }
        return process
    }

    private func receive(from process: MessagedProcess) throws(PaperError) -> (PaperAnswer, [UInt8]) {
        let message: MessageChannel.Message
        do throws(MessageChannel.Failure) {
            message = try process.channel.receive(within: limits.answerSeconds)
        } catch {
            throw Self.error(error, process)
        }
        do {
            return (try JSONDecoder().decode(PaperAnswer.self, from: Data(message.header)), message.payload)
        } catch {
            throw .failed("filmroom-print answers what makes no sense")
        }
    }

    private static func encoded(_ document: PaperDocument) throws(PaperError) -> [UInt8] {
        do { return Array(try JSONEncoder().encode(document)) } catch {
            throw .failed("the document cannot be written: \(error)")
        }
    }

    private static func error(_ answer: PaperAnswer) -> PaperError {
        switch answer {
        case .missingGlyphs(let characters): .missingGlyphs(characters)
        case .missingFont(let family, let package): .missingFont(family: family, package: package)
        case .failed(let reason): .failed(reason)
        case .ready, .piece, .done: .failed("filmroom-print answers out of turn")
        }
    }

    private static func error(_ failure: MessageChannel.Failure, _ process: MessagedProcess) -> PaperError {
        switch failure {
        case .timedOut: .failed("filmroom-print took too long")
        case .closed: .failed(process.end().reason(of: "filmroom-print", cause: "what it was to print"))
        case .malformed: .failed("filmroom-print answers what makes no sense")
        case .system(let code): .unavailable(failure.text(of: code))
        }
    }
}
