// PixelServer owns a codec process's life: limits first, then a greeting, then one request after another until the other
// side closes. Nothing that it keeps from one request to the next changes an answer.

internal import CSystem
import Foundation
import Glibc
package import Pixels
internal import Processes

/// The serving side of `PixelProcesses`.
package struct PixelServer {
    private let work: PixelWork
    private let limits: PixelLimits
    /// Freed memory that the next request finds: some frames of a mammogram.
    private static let keptByteCount: Int32 = 128 << 20

    package init(limits: PixelLimits) {
        self.limits = limits
        work = PixelWork(limits: limits) { () throws(PixelsError) in try limits.bindProcessorTime() }
    }

    /// Serves until the input ends.
    ///
    /// - Throws: When the other side breaks off or speaks otherwise than it should.
    package func serve(input: Int32, output: Int32) throws {
        try limits.bindMemory()
        filmroom_keep_memory(Self.keptByteCount)
        let channel = MessageChannel(input: input, output: output, maximumPayloadByteCount: 0)
        try channel.send(header: Array("{}".utf8))
        while let message = try next(channel) {
            try limits.bindProcessorTime()
            let request = try JSONDecoder().decode(PixelRequest.self, from: Data(message.header))
            let (header, bytes) = answer(request)
            try channel.send(header: Array(try JSONEncoder().encode(header)), payload: bytes)
        }
    }

    private func next(_ channel: MessageChannel) throws(MessageChannel.Failure) -> MessageChannel.Message? {
        do throws(MessageChannel.Failure) {
            return try channel.receive()
        } catch {
            if error == .closed(isClean: true) { return nil }
            throw error
        }
    }

    private func answer(_ request: PixelRequest) -> (AnswerHeader, [UInt8]) {
        do throws(PixelsError) {
            let answer = try work.answer(request)
            return (AnswerHeader(answer), answer.bytes)
        } catch {
            return (AnswerHeader(error), [])
        }
    }
}
