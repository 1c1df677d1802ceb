// The pool of codec processes: answers from several threads, and what becomes of those that crash, hang, lie or are not
// there. Faults are played by a script that greets as `filmroom-pixels serve` does.

import DICOM
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Pixels

@Suite struct PixelProcessesTests {
    private static var program: String {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return own.deletingLastPathComponent().appending(path: "filmroom-pixels").path
    }

    /// A file with a grey image between other bytes.
    private func pack(_ folder: TemporaryFolder, side: Int = 2) throws -> PixelSource {
        var dataSet = DataSet()
        try dataSet.set(.sopClassUID, "1.2.840.10008.5.1.4.1.1.7")
        try dataSet.set(.sopInstanceUID, "1.2.3.4")
        try dataSet.set(.photometricInterpretation, "MONOCHROME2")
        let numbers: [(DICOM.Tag, Int)] = [
            (.rows, side), (.columns, side), (.samplesPerPixel, 1), (.bitsAllocated, 16), (.bitsStored, 16),
            (.highBit, 15),
            (.pixelRepresentation, 0),
        ]
        for (tag, number) in numbers { try dataSet.set(tag, integers: [number]) }
        let pixels = [UInt8]((0..<side * side / 4).flatMap { _ -> [UInt8] in [1, 0, 2, 0, 3, 0, 0, 4] })
        dataSet.insert(DataElement(tag: .pixelData, vr: .ow, value: .bytes(pixels)))
        let bytes = try Part10Writer(transferSyntax: .explicitVRLittleEndian).bytes(of: dataSet)
        let path = folder.path + "/pack.tar"
        try Data([UInt8](repeating: 7, count: 2048) + bytes + [UInt8](repeating: 9, count: 300)).write(
            to: URL(filePath: path))
        return PixelSource(path: path, offset: 2048, byteCount: UInt64(bytes.count))
    }

    /// A program that greets, waits for a request, and then does as the script says.
    private func script(_ folder: TemporaryFolder, afterRequest: String) throws -> String {
        let path = folder.path + "/play"
        let text = """
            #!/bin/sh
            echo start >> "\(folder.path)/starts"
            printf '\\002\\000\\000\\000{}\\000\\000\\000\\000\\000\\000\\000\\000'
            head -c 4 > /dev/null
            \(afterRequest)
            """
        try Data(text.utf8).write(to: URL(filePath: path))
        chmod(path, 0o755)
        return path
    }

    private func failure(_ pixels: PixelProcesses, _ source: PixelSource) -> PixelsError? {
        do throws(PixelsError) {
            _ = try pixels.describe(source)
            return nil
        } catch {
            return error
        }
    }

    @Test func valuesComeThroughThePipeOrGoToAFile() throws {
        let folder = try TemporaryFolder()
        let source = try pack(folder)
        let pixels = PixelProcesses(program: Self.program, count: 1)
        let answer = try pixels.values(of: source)
        #expect(answer.bytes == [1, 0, 2, 0, 3, 0, 0, 4])
        #expect(answer.raster == RasterDescription(rows: 2, columns: 2, format: .uint16, byteCount: 8))
        #expect(answer.frame.range == .init(lower: 1, upper: 1024))
        let target = folder.path + "/values"
        #expect(try pixels.values(of: source, to: target).bytes == [])
        #expect(FileManager.default.contents(atPath: target) == Data([1, 0, 2, 0, 3, 0, 0, 4]))
        #expect(try pixels.render(source).bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(try pixels.describe(source).image.rows == 2)
    }

    @Test func threadsShareTheProcesses() throws {
        let folder = try TemporaryFolder()
        let source = try pack(folder)
        let pixels = PixelProcesses(program: Self.program, count: 2)
        DispatchQueue.concurrentPerform(iterations: 40) { _ in
            #expect(failure(pixels, source) == nil)
        }
    }

    @Test func instanceAtFaultIsToldFromMachineAtFault() throws {
        let folder = try TemporaryFolder()
        let source = try pack(folder)
        let pixels = PixelProcesses(program: Self.program, count: 1)
        #expect(
            failure(pixels, PixelSource(path: source.path))
                == .unrenderable("neither a DICOM file nor a bare data set, offset 0"))
        guard case .unavailable = failure(pixels, PixelSource(path: folder.path + "/none")) else {
            Issue.record("a file that is not there is no fault of an instance")
            return
        }
        guard case .unavailable = failure(PixelProcesses(program: "/nowhere", count: 1), source) else {
            Issue.record("a program that is not there is no fault of an instance")
            return
        }
        #expect(failure(pixels, source) == nil)
    }

    @Test func crashIsBlamedOnTheInstance() throws {
        let folder = try TemporaryFolder()
        let program = try script(folder, afterRequest: "kill -SEGV $$")
        let error = failure(PixelProcesses(program: program, count: 1), PixelSource(path: "x"))
        #expect(error?.reason.contains("crashed (signal 11)") == true)
    }

    @Test func hangEndsAtTheLimit() throws {
        let folder = try TemporaryFolder()
        var limits = PixelLimits()
        limits.answerSeconds = 0.5
        let program = try script(folder, afterRequest: "exec sleep 60")
        let started = ContinuousClock.now
        let error = failure(PixelProcesses(program: program, count: 1, limits: limits), PixelSource(path: "x"))
        #expect(error == .unrenderable("the decoder took longer than 0.5 s"))
        #expect(ContinuousClock.now - started < .seconds(10))
    }

    @Test func nonsenseIsNoAnswer() throws {
        let folder = try TemporaryFolder()
        let program = try script(folder, afterRequest: "printf '\\377\\377\\377\\377'; exec sleep 60")
        let error = failure(PixelProcesses(program: program, count: 1), PixelSource(path: "x"))
        #expect(error == .unrenderable("the decoder's answer makes no sense"))
    }

    /// The first process answers once and dies at the second request; a fresh one gets it again, and dies too.
    @Test func onlyAFreshProcessIsBelieved() throws {
        let folder = try TemporaryFolder()
        let refusal = "printf '\\025\\000\\000\\000{\"unrenderable\":\"no\"}\\000\\000\\000\\000\\000\\000\\000\\000'"
        let program = try script(
            folder,
            afterRequest: """
                \(refusal)
                sleep 0.2
                kill -SEGV $$
                """)
        let pixels = PixelProcesses(program: program, count: 1)
        #expect(failure(pixels, PixelSource(path: "x")) == .unrenderable("no"))
        usleep(500_000)
        #expect(failure(pixels, PixelSource(path: "x")) == .unrenderable("no"))
        let starts = FileManager.default.contents(atPath: folder.path + "/starts")
        #expect(starts?.count == 2 * "start\n".utf8.count)
    }

    @Test func memoryIsBounded() throws {
        let folder = try TemporaryFolder()
        let source = try pack(folder, side: 3000)
        var limits = PixelLimits()
        limits.memoryByteCount = 1 << 20
        let pixels = PixelProcesses(program: Self.program, count: 1, limits: limits)
        do {
            _ = try pixels.values(of: source)
            Issue.record("the frame has 18 MB, and the process may have one")
        } catch {
            #expect(error.reason.contains("want of memory"))
        }
    }
}
