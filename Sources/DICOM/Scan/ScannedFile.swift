// ScannedFile owns what one scan found: attributes, pixel data, remarks. It is a value, small whatever the file's size.
// Its texts are decoded at each call, by the file's own character set. It never judges whether a file is acceptable.

/// A DICOM file, as far as the catalogue is concerned.
package struct ScannedFile: Hashable, Sendable {
    package let form: FileForm
    /// (0002,0010); nil when the file does not say it.
    package let transferSyntaxUID: String?
    /// What the data set was read as; nil when the file ended before its data set.
    package let transferSyntax: TransferSyntax?
    package let pixelData: PixelDataSummary?
    /// True for a DICOMDIR: a directory of other files (PS3.10 section 8).
    package let isDirectory: Bool
    /// True for a file with a View Code Sequence (0054,0220) in its root data set.
    package let hasViewCode: Bool
    /// What makes the reading a guess, though the file parses to its end: a transfer syntax that is unknown, a VR that no
    /// standard has on an element that it has, a group length that ends the meta information before its transfer
    /// syntax. Other readers may read other values. nil for most files.
    package let defect: Remark?
    /// Findings that do not make the file damaged.
    package let remarks: [Remark]
    /// Bytes of the file.
    package let byteCount: UInt64
    /// Bytes after the end of the data set, such as padding.
    package let trailingByteCount: UInt64
    let values: CapturedValues

    package var mediaStorageSOPClassUID: String? { text(.mediaStorageSOPClassUID) }
    package var mediaStorageSOPInstanceUID: String? { text(.mediaStorageSOPInstanceUID) }

    /// The character repertoires that (0008,0005) declares.
    package var characterSet: SpecificCharacterSet { values.characterSet }

    /// The text of a catalogued element, several values joined by backslashes, padding stripped.
    ///
    /// - Returns: nil when the file has no such element, "" when it is empty.
    package func text(_ tag: Tag) -> String? {
        values.strings(tag)?.joined(separator: "\\")
    }

    /// The values of a catalogued element; empty when it is absent or empty.
    package func values(_ tag: Tag) -> [String] {
        values.strings(tag) ?? []
    }

    /// The first value of a catalogued element as a number.
    ///
    /// - Returns: nil when it is absent, empty, or no whole number.
    package func integer(_ tag: Tag) -> Int? {
        values.strings(tag)?.first.flatMap { Int($0.hasPrefix("+") ? String($0.dropFirst()) : $0) }
    }

    /// The person's name in a PN element; nil when it is absent.
    package func personName(_ tag: Tag) -> PersonName? {
        values.strings(tag).map { PersonName($0.first ?? "") }
    }
}
