// MessageChannel owns the messages between a program and the processes that it starts: a 4-byte length and a JSON header, an
// 8-byte length and a payload, all little endian. Both lengths have limits; what breaks them ends the channel.
// It never interprets a header, and closes no descriptor.

import Glibc

/// One end of a pipe or socket that carries messages.
package struct MessageChannel: Sendable {
    /// A message.
    package struct Message: Sendable {
        package let header: [UInt8]
        package let payload: [UInt8]
    }

    /// Why a message did not come or go.
    package enum Failure: Error, Equatable, Sendable {
        /// The other side has closed; `isClean` when between two messages.
        case closed(isClean: Bool)
        case timedOut
        /// A length is beyond its limit.
        case malformed
        case system(Int32)

        /// What the system says of a code.
        package func text(of code: Int32) -> String { String(cString: strerror(code)) }
    }

    package static let maximumHeaderByteCount = 16 << 20

    private let input: Int32
    private let output: Int32
    private let maximumPayloadByteCount: UInt64

    package init(input: Int32, output: Int32, maximumPayloadByteCount: UInt64) {
        self.input = input
        self.output = output
        self.maximumPayloadByteCount = maximumPayloadByteCount
    }

    package func send(header: [UInt8], payload: [UInt8] = []) throws(Failure) {
        try write(Self.littleEndian(UInt32(header.count)) + header + Self.littleEndian(UInt64(payload.count)))
        try write(payload)
    }

    /// Waits for the next message.
    ///
    /// - Parameter seconds: The time for the whole message; nil for any.
    package func receive(within seconds: Double? = nil) throws(Failure) -> Message {
        let deadline = seconds.map { Self.now() + $0 }
        let headerCount = Int(Self.number(try read(4, until: deadline, isFirst: true)))
        guard headerCount <= Self.maximumHeaderByteCount else { throw .malformed }
        let header = try read(headerCount, until: deadline)
        let payloadCount = Self.number(try read(8, until: deadline))
        guard payloadCount <= maximumPayloadByteCount else { throw .malformed }
        return Message(header: header, payload: try read(Int(payloadCount), until: deadline))
    }

    private func read(_ count: Int, until deadline: Double?, isFirst: Bool = false) throws(Failure) -> [UInt8] {
        var failure: Failure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(Failure) {
                while filled < count {
                    if let deadline { try waitForInput(until: deadline) }
                    let got = Glibc.read(input, buffer.baseAddress.map { $0 + filled }, count - filled)
                    if got == 0 { throw .closed(isClean: isFirst && filled == 0) }
                    if got < 0, errno != EINTR {
                        throw errno == ECONNRESET ? .closed(isClean: false) : .system(errno)
                    }
                    filled += max(got, 0)
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Waits until there is something to read.
    private func waitForInput(until deadline: Double) throws(Failure) {
        while true {
            let left = deadline - Self.now()
            guard left > 0 else { throw .timedOut }
            var entry = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            let code = poll(&entry, 1, Int32(min(left * 1000 + 1, 60_000)))
            if code > 0 { return }
            if code < 0, errno != EINTR { throw .system(errno) }
        }
    }

    private func write(_ bytes: [UInt8]) throws(Failure) {
        var done = 0
        while done < bytes.count {
            let sent = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
                let sent = Glibc.send(output, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                return sent < 0 && errno == ENOTSOCK ? Glibc.write(output, rest.baseAddress, rest.count) : sent
            }
            if sent < 0, errno != EINTR {
                throw errno == EPIPE || errno == ECONNRESET ? .closed(isClean: false) : .system(errno)
            }
            done += max(sent, 0)
        }
    }

    private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    private static func number(_ bytes: [UInt8]) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Seconds of the clock that nobody sets.
    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
