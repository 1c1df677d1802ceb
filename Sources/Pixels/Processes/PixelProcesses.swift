// PixelProcesses owns a number of codec processes that several threads share: each request has one to itself, so that a
// codec that crashes, hangs or wants too much memory costs that one instance. Processes are started when first needed,
// used again, and replaced after an accident.
// Invariant: an instance is said to be unrenderable for a crash only when a process died that had served nothing else.

import Dispatch
import Foundation
internal import Processes
import Synchronization

/// The codec processes of a program.
///
/// ```swift
/// let pixels = PixelProcesses(program: "/usr/local/bin/filmroom-pixels", count: 2)
/// let answer = try pixels.answer(PixelRequest(source: source, task: .png(RenderOptions())))
/// ```
package final class PixelProcesses: Sendable {
    private let program: String
    private let limits: PixelLimits
    private let places: DispatchSemaphore
    private let idle = Mutex<IdleProcesses>(IdleProcesses())

    /// The processes that wait for work. Unchecked: one is out of here while a thread uses it.
    private struct IdleProcesses: @unchecked Sendable {
        var list: [PixelProcess] = []
    }

    /// - Parameters:
    ///   - program: The path of `filmroom-pixels`.
    ///   - count: How many may run at once; more requests wait.
    package init(program: String, count: Int, limits: PixelLimits = .standard) {
        precondition(count > 0)
        self.program = program
        self.limits = limits
        places = DispatchSemaphore(value: count)
    }

    /// What a file says of its pixels; nothing is decoded.
    package func describe(_ source: PixelSource, frameNumber: Int = 1) throws(PixelsError) -> PixelAnswer {
        try answer(PixelRequest(source: source, frameNumber: frameNumber, task: .describe))
    }

    /// The pixel values of a frame.
    ///
    /// - Parameter target: The file to write; nil to have the bytes in the answer. It is not made durable here.
    package func values(
        of source: PixelSource, frameNumber: Int = 1, options: ValuesOptions = ValuesOptions(), to target: String? = nil
    ) throws(PixelsError) -> PixelAnswer {
        try answer(PixelRequest(source: source, frameNumber: frameNumber, task: .values(options), target: target))
    }

    /// A frame as a PNG file.
    ///
    /// - Parameter target: The file to write; nil to have the bytes in the answer. It is not made durable here.
    package func render(
        _ source: PixelSource, frameNumber: Int = 1, options: RenderOptions = RenderOptions(), to target: String? = nil
    ) throws(PixelsError) -> PixelAnswer {
        try answer(PixelRequest(source: source, frameNumber: frameNumber, task: .png(options), target: target))
    }

    /// A DICOM file made from another one, for somebody: reduced, rendered or de-identified.
    ///
    /// - Parameter target: The file to write, made or emptied. It is not made durable here.
    package func derive(
        _ source: PixelSource, options: DeriveOptions, to target: String
    ) throws(PixelsError) -> PixelAnswer {
        try answer(PixelRequest(source: source, task: .derive(options), target: target))
    }

    /// Answers a request. Waits for a process, and at most `PixelLimits.answerSeconds` for the answer.
    ///
    /// - Throws: `.unrenderable` when the instance has no pixels that can be shown, or its data brought a process down;
    ///   `.unavailable` when the file or the program is not there.
    package func answer(_ request: PixelRequest) throws(PixelsError) -> PixelAnswer {
        let message = try Self.encoded(request)
        let seconds = limits.answerSeconds(for: request.task)
        places.wait()
        defer { places.signal() }
        while true {
            let process = try freeProcess()
            let isFresh = process.answerCount == 0
            let outcome: Result<PixelAnswer, PixelsError>
            do throws(PixelProcess.Failure) {
                outcome = try answer(message, by: process, within: seconds)
            } catch {
                if let error = blame(error, isFresh: isFresh, seconds) { throw error }
                continue
            }
            return try outcome.get()
        }
    }

    private func freeProcess() throws(PixelsError) -> PixelProcess {
        if let process = idle.withLock({ $0.list.popLast() }) { return process }
        return try PixelProcess.start(program, limits: limits)
    }

    /// The error that a failed process means for the instance; nil to try again with a fresh one.
    private func blame(_ failure: PixelProcess.Failure, isFresh: Bool, _ seconds: Double) -> PixelsError? {
        switch failure {
        case .timedOut: .unrenderable("the decoder took longer than \(seconds) s")
        case .ended(let end): isFresh ? .unrenderable(PixelProcess.reason(of: end)) : nil
        case .malformed: isFresh ? .unrenderable(Self.nonsense) : nil
        case .system(let text): .unavailable(text)
        }
    }

    /// What a process says; afterwards it waits for the next request.
    private func answer(
        _ request: [UInt8], by process: PixelProcess, within seconds: Double
    ) throws(PixelProcess.Failure) -> Result<PixelAnswer, PixelsError> {
        let message = try process.answer(request, within: seconds)
        guard let header = Self.decoded(message.header) else { throw .malformed }
        let outcome: Result<PixelAnswer, PixelsError>
        do throws(PixelsError) {
            guard let answer = try header.answer(payload: message.payload) else { throw .unrenderable(Self.nonsense) }
            outcome = .success(answer)
        } catch {
            outcome = .failure(error)
        }
        if process.answerCount < limits.requestsOfProcess { idle.withLock { $0.list.append(process) } }
        return outcome
    }

    private static let nonsense = "the decoder's answer makes no sense"

    private static func encoded(_ request: PixelRequest) throws(PixelsError) -> [UInt8] {
        do { return Array(try JSONEncoder().encode(request)) } catch {
            throw .unavailable("the request cannot be written: \(error)")
        }
    }

    private static func decoded(_ header: [UInt8]) -> AnswerHeader? {
        do { return try JSONDecoder().decode(AnswerHeader.self, from: Data(header)) } catch { return nil }
    }
}
