// What may be an entry's name.
//
// Pure rules over bytes. A backslash counts as a separator, because a receiver on Windows would take it
// as one; percent signs are characters like others.

enum EntryName {
    private static let slash = UInt8(ascii: "/")
    private static let backslash = UInt8(ascii: "\\")

    /// The reason against a name; nil when it is good.
    static func refusal(of name: [UInt8], limits: BundleLimits) -> EntryRefusal? {
        guard let first = name.first else { return .nameEmpty }
        if name.count > limits.pathLength {
            return .pathTooLong(byteCount: name.count, limit: limits.pathLength)
        }
        if first == slash || first == backslash || hasDriveLetter(name) { return .absolutePath }
        return scan(name)
    }

    /// One pass over all bytes: a NUL, a component that is '..', the number of components.
    private static func scan(_ name: [UInt8]) -> EntryRefusal? {
        var dots = 0
        var length = 0
        var components = 1
        for byte in name {
            if byte == slash || byte == backslash {
                if dots == 2 && length == 2 { return .traversal }
                components += 1
                dots = 0
                length = 0
            } else {
                if byte == 0 { return .nameNUL }
                length += 1
                if byte == UInt8(ascii: ".") { dots += 1 }
            }
        }
        if dots == 2 && length == 2 { return .traversal }
        if components > BundleLimits.pathComponents {
            return .pathTooDeep(components: components, limit: BundleLimits.pathComponents)
        }
        return nil
    }

    /// Whether it starts like `C:\`, which leaves the folder on Windows. `a:b` is a name like others.
    private static func hasDriveLetter(_ name: [UInt8]) -> Bool {
        guard name.count >= 2, name[1] == UInt8(ascii: ":") else { return false }
        guard name.count == 2 || name[2] == slash || name[2] == backslash else { return false }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(name[0] | 0x20)
    }
}
