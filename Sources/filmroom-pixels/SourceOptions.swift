// The options that say which frame of which instance, and the run of a request under limits.

import ArgumentParser
import Foundation
import PixelCodecs
import Pixels

struct SourceOptions: ParsableArguments {
    @Argument(help: "The DICOM file, or a file that holds one at --offset, such as a tar.")
    var file: String

    @Option(help: "The frame, from 1.")
    var frame = 1

    @Option(help: "Where the instance starts in the file.")
    var offset: UInt64 = 0

    @Option(help: "The instance's length in bytes; to the end of the file when left out.")
    var length: UInt64?

    func validate() throws {
        guard frame >= 1 else { throw ValidationError("--frame counts from 1") }
    }

    /// Does the task, and prints what is told of the frame as JSON.
    func run(_ task: PixelRequest.Task, target: String? = nil) throws {
        let limits = PixelLimits.standard
        let request = PixelRequest(
            source: PixelSource(path: file, offset: offset, byteCount: length), frameNumber: frame, task: task,
            target: target)
        let answer: PixelAnswer
        do throws(PixelsError) {
            try limits.bindMemory()
            try limits.bindProcessorTime()
            answer = try PixelWork(limits: limits) { () throws(PixelsError) in try limits.bindProcessorTime() }
                .answer(request)
        } catch {
            FileHandle.standardError.write(Data("\(file): \(error.description)\n".utf8))
            throw ExitCode.failure
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(AnswerHeader(answer)), as: UTF8.self))
    }
}
