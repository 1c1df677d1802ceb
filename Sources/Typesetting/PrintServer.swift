// PrintServer owns the life of a process that prints: limits first, then a look at the fonts, then one document, in pieces.

import Foundation
package import Paper
internal import Processes

/// The printing side of `PaperPrinter`.
package struct PrintServer {
    private let limits: PaperLimits

    package init(limits: PaperLimits) {
        self.limits = limits
    }

    /// Prints the document that comes.
    ///
    /// - Throws: When the other side breaks off or speaks otherwise than it should.
    package func serve(input: Int32, output: Int32) throws {
        try ProcessLimits.bindMemory(limits.memoryByteCount)
        try ProcessLimits.bindProcessorTime(limits.processorSeconds)
        let channel = MessageChannel(
            input: input, output: output, maximumPayloadByteCount: limits.documentByteCount)
        do throws(PaperError) { _ = try SiteFonts(language: "en") } catch {
            return try channel.send(header: Self.header(Self.answer(error)))
        }
        try channel.send(header: Self.header(.ready))
        let message: MessageChannel.Message
        do throws(MessageChannel.Failure) { message = try channel.receive() } catch {
            guard error == .closed(isClean: true) else { throw error }
            return
        }
        let document = try JSONDecoder().decode(PaperDocument.self, from: Data(message.payload))
        try answer(document, on: channel)
    }

    private func answer(_ document: PaperDocument, on channel: MessageChannel) throws {
        let piece = try Self.header(.piece)
        var pending: [UInt8] = []
        func flush(downTo least: Int) throws {
            while pending.count > least {
                try channel.send(header: piece, payload: Array(pending.prefix(limits.pieceByteCount)))
                pending.removeFirst(min(limits.pieceByteCount, pending.count))
            }
        }
        do {
            let pageCount = try PDFDocument.write(document) { bytes in
                pending.append(contentsOf: bytes)
                try flush(downTo: limits.pieceByteCount)
            }
            try flush(downTo: 0)
            try channel.send(header: Self.header(.done(pageCount: pageCount)))
        } catch let error as PaperError {
            try channel.send(header: Self.header(Self.answer(error)))
        }
    }

    private static func header(_ answer: PaperAnswer) throws -> [UInt8] { Array(try JSONEncoder().encode(answer)) }

    private static func answer(_ error: PaperError) -> PaperAnswer {
        switch error {
        case .missingGlyphs(let characters): .missingGlyphs(characters)
        case .missingFont(let family, let package): .missingFont(family: family, package: package)
        case .unavailable(let reason), .failed(let reason): .failed(reason)
        }
    }
}
