// Names as bytes, each kept once and known by a number: readers, exams and labels of a file of millions of lines.
//
// Owns one long array of bytes and an open-addressing hash table over it; no object a name. Never decodes a name.

import Glibc

/// Different names in the order in which they first came.
package struct NameTable: Sendable {
    private var bytes: [UInt8] = []
    /// Name `n` is `bytes[ends[n]..<ends[n + 1]]`.
    private var ends: [UInt32] = [0]
    /// Number + 1 of the name in each slot; 0 is free. Their count is a power of two.
    private var slots: [UInt32] = [UInt32](repeating: 0, count: 1024)

    /// All bytes of all names together may be this many.
    package static let mostBytes = Int(UInt32.max)

    package init() {}

    package var count: Int { ends.count - 1 }

    /// The number of a name; it gets the next one when it is new.
    ///
    /// - Returns: Nil when there is no room for more names.
    mutating func number(of name: UnsafeRawBufferPointer) -> UInt32? {
        var slot = Int(truncatingIfNeeded: Self.hash(name)) & (slots.count - 1)
        while slots[slot] != 0 {
            if isEqual(slots[slot] - 1, name) { return slots[slot] - 1 }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard bytes.count + name.count <= Self.mostBytes else { return nil }
        bytes.append(contentsOf: name)
        ends.append(UInt32(bytes.count))
        slots[slot] = UInt32(count)
        if count * 2 > slots.count { grow() }
        return UInt32(count - 1)
    }

    /// The number of a name; nil when it is not there.
    func known(_ name: UnsafeRawBufferPointer) -> UInt32? {
        var slot = Int(truncatingIfNeeded: Self.hash(name)) & (slots.count - 1)
        while slots[slot] != 0 {
            if isEqual(slots[slot] - 1, name) { return slots[slot] - 1 }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// A name's bytes.
    package func bytes(of number: Int) -> ArraySlice<UInt8> { bytes[Int(ends[number])..<Int(ends[number + 1])] }

    /// A name as text; bytes that are not UTF-8 are replaced.
    package func text(_ number: Int) -> String { String(decoding: bytes(of: number), as: UTF8.self) }

    /// The numbers in the order of the names' bytes.
    package func order() -> [UInt32] {
        var keys = (0..<count).map { (prefix: prefix(of: $0), number: UInt32($0)) }
        bytes.withUnsafeBytes { bytes in
            keys.sort { first, second in
                if first.prefix != second.prefix { return first.prefix < second.prefix }
                return isBefore(Int(first.number), Int(second.number), bytes)
            }
        }
        return keys.map(\.number)
    }

    /// The first eight bytes as a number that compares as they do.
    private func prefix(of number: Int) -> UInt64 {
        var prefix: UInt64 = 0
        let start = Int(ends[number])
        let length = min(8, Int(ends[number + 1]) - start)
        for place in 0..<length { prefix = prefix << 8 | UInt64(bytes[start + place]) }
        return length == 0 ? 0 : prefix << UInt64(8 * (8 - length))
    }

    private func isBefore(_ first: Int, _ second: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let one = UnsafeRawBufferPointer(rebasing: bytes[Int(ends[first])..<Int(ends[first + 1])])
        let other = UnsafeRawBufferPointer(rebasing: bytes[Int(ends[second])..<Int(ends[second + 1])])
        return one.lexicographicallyPrecedes(other)
    }

    private func isEqual(_ number: UInt32, _ name: UnsafeRawBufferPointer) -> Bool {
        let start = Int(ends[Int(number)])
        guard Int(ends[Int(number) + 1]) - start == name.count, let other = name.baseAddress else {
            return name.isEmpty && ends[Int(number)] == ends[Int(number) + 1]
        }
        return bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return name.isEmpty }
            return memcmp(base + start, other, name.count) == 0
        }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        bytes.withUnsafeBytes { bytes in
            for number in 0..<count {
                let name = UnsafeRawBufferPointer(rebasing: bytes[Int(ends[number])..<Int(ends[number + 1])])
                var slot = Int(truncatingIfNeeded: Self.hash(name)) & (slots.count - 1)
                while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
                slots[slot] = UInt32(number + 1)
            }
        }
    }

    /// Eight bytes at a time.
    @inline(__always)
    private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
        var hash = UInt64(name.count) &* 0x9E37_79B9_7F4A_7C15
        var place = 0
        while place + 8 <= name.count {
            hash = scattered(hash ^ name.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        var rest: UInt64 = 0
        while place < name.count {
            rest = rest << 8 | UInt64(name[place])
            place += 1
        }
        return scattered(hash ^ rest)
    }

    /// Every bit of the value reaches every bit of the result.
    @inline(__always)
    private static func scattered(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ bits >> 32) &* 0xD6E8_FEB8_6659_FD93
        bits = (bits ^ bits >> 32) &* 0xD6E8_FEB8_6659_FD93
        return bits ^ bits >> 32
    }
}
