// DICOMError owns everything that this module throws. Each case says what is wrong, where (byte offset from the
// start of the file, or of the inflated data set for a deflated file) and at which element, when known.
// Hostile input ends here; it never traps.

/// Why bytes could not be read as DICOM, or a data set not be written.
package enum DICOMError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file ends inside the element at `offset`; `missingByteCount` is nil when nobody can know.
    case truncated(tag: Tag?, offset: UInt64, missingByteCount: UInt64?)
    /// The encoding breaks the rules of PS3.5 and cannot be read past.
    case malformed(tag: Tag?, offset: UInt64, text: String)
    /// A named limit of `ScanLimits` was reached.
    case limit(tag: Tag?, offset: UInt64, text: String)
    /// The declared transfer syntax is unknown, and its data set does not read as explicit VR little endian.
    case unsupportedTransferSyntax(uid: String, tag: Tag?, offset: UInt64, text: String)
    /// Neither Part 10 nor a bare data set.
    case notDICOM(offset: UInt64, text: String)
    /// A value cannot be written in the character set or VR asked for.
    case unwritable(tag: Tag?, text: String)

    package var tag: Tag? {
        switch self {
        case .truncated(let tag, _, _), .malformed(let tag, _, _), .limit(let tag, _, _): tag
        case .unsupportedTransferSyntax(_, let tag, _, _), .unwritable(let tag, _): tag
        case .notDICOM: nil
        }
    }

    package var offset: UInt64? {
        switch self {
        case .truncated(_, let offset, _), .malformed(_, let offset, _), .limit(_, let offset, _): offset
        case .unsupportedTransferSyntax(_, _, let offset, _), .notDICOM(let offset, _): offset
        case .unwritable: nil
        }
    }

    package var description: String {
        let place = [tag.map { "at \($0)" }, offset.map { "offset \($0)" }].compactMap { $0 }.joined(separator: ", ")
        return place.isEmpty ? text : "\(text), \(place)"
    }

    /// What is wrong, without the place.
    package var text: String {
        switch self {
        case .truncated(_, _, let missing):
            missing.map { "the file ends \($0) bytes too early" } ?? "the file ends too early"
        case .malformed(_, _, let text), .limit(_, _, let text), .notDICOM(_, let text), .unwritable(_, let text): text
        case .unsupportedTransferSyntax(let uid, _, _, let text): "transfer syntax \(uid) is not supported: \(text)"
        }
    }
}
