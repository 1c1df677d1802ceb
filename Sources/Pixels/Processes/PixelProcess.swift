// PixelProcess owns one running `filmroom-pixels serve`: its start, and one request at a time.

internal import Processes

/// A codec process.
final class PixelProcess {
    /// Why a process gave no answer.
    enum Failure: Error {
        /// It was too slow, and was killed.
        case timedOut
        /// It has ended.
        case ended(ProcessEnd)
        /// It spoke otherwise than it should.
        case malformed
        case system(String)
    }

    private let process: MessagedProcess
    /// Requests answered so far.
    private(set) var answerCount = 0

    private init(_ process: MessagedProcess) {
        self.process = process
    }

    /// Starts a process and waits until it says that it is there.
    ///
    /// - Throws: `.unavailable` when there is no such program, or it does not start.
    static func start(_ program: String, limits: PixelLimits) throws(PixelsError) -> PixelProcess {
        let arguments = [
            "serve", "--memory", String(limits.memoryByteCount), "--processor", String(limits.processorSeconds),
            "--frame-bytes", String(limits.frameByteCount), "--header-bytes", String(limits.headerByteCount),
        ]
        let process: MessagedProcess
        do throws(MessagedProcess.StartFailure) {
            process = try MessagedProcess.start(
                program, arguments, maximumPayloadByteCount: limits.frameByteCount * 4)
        } catch {
            throw .unavailable(error.reason)
        }
        do throws(MessageChannel.Failure) {
            _ = try process.channel.receive(within: limits.answerSeconds)
        } catch {
            throw .unavailable("\(program) does not start: \(reason(of: process.end()))")
        }
        return PixelProcess(process)
    }

    /// What an instance is said to have done to the decoder.
    static func reason(of end: ProcessEnd) -> String {
        end.reason(of: "the decoder", cause: "damaged pixel data")
    }

    /// Asks and waits.
    func answer(_ request: [UInt8], within seconds: Double) throws(Failure) -> MessageChannel.Message {
        do throws(MessageChannel.Failure) {
            try process.channel.send(header: request)
            let message = try process.channel.receive(within: seconds)
            answerCount += 1
            return message
        } catch {
            switch error {
            case .timedOut: throw .timedOut
            case .closed: throw .ended(process.end())
            case .malformed: throw .malformed
            case .system(let code): throw .system(error.text(of: code))
            }
        }
    }
}
