// Messages over a socket pair: whole, cut, too large, too late.

import Glibc
import Testing

@testable import Processes

@Suite struct MessageChannelTests {
    private final class Pair {
        let ends: [Int32]

        init() {
            var ends: [Int32] = [0, 0]
            _ = socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
            self.ends = ends
        }

        deinit { for end in ends { close(end) } }

        func channel(_ index: Int, limit: UInt64 = 1 << 20) -> MessageChannel {
            MessageChannel(input: ends[index], output: ends[index], maximumPayloadByteCount: limit)
        }

        func write(_ bytes: [UInt8]) { _ = Glibc.write(ends[0], bytes, bytes.count) }
        func end() { shutdown(ends[0], Int32(SHUT_WR)) }
    }

    @Test func headerAndPayloadComeAsSent() throws {
        let pair = Pair()
        try pair.channel(0).send(header: [1, 2, 3], payload: [4, 5])
        try pair.channel(0).send(header: [])
        let first = try pair.channel(1).receive(within: 5)
        #expect(first.header == [1, 2, 3] && first.payload == [4, 5])
        #expect(try pair.channel(1).receive(within: 5).header == [])
    }

    private func failure(_ pair: Pair, within seconds: Double = 5, limit: UInt64 = 8) -> MessageChannel.Failure? {
        do throws(MessageChannel.Failure) {
            _ = try pair.channel(1, limit: limit).receive(within: seconds)
            return nil
        } catch {
            return error
        }
    }

    @Test func whatIsCutIsNotClean() {
        let pair = Pair()
        pair.write([3, 0, 0, 0, 1])
        pair.end()
        #expect(failure(pair) == .closed(isClean: false))
        let silent = Pair()
        silent.end()
        #expect(failure(silent) == .closed(isClean: true))
    }

    @Test func lengthsHaveLimits() {
        let header = Pair()
        header.write([255, 255, 255, 255])
        #expect(failure(header) == .malformed)
        let payload = Pair()
        payload.write([0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0])
        #expect(failure(payload) == .malformed)
    }

    @Test func silenceEnds() {
        let pair = Pair()
        pair.write([1, 0])
        #expect(failure(pair, within: 0.05) == .timedOut)
    }
}
