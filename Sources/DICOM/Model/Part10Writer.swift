// Part10Writer owns the making of a Part 10 file: preamble, prefix, file meta information, data set. The meta
// information is made anew from the data set, never copied; the same input gives the same bytes.

/// The writer of DICOM files.
///
/// - Source: DICOM PS3.10 section 7.1.
package struct Part10Writer: Sendable {
    /// (0002,0012): this product, as a UID made from a UUID (PS3.5 annex B.2).
    package static let implementationClassUID = "2.25.299041172683517004968130725931884671105"
    /// (0002,0013).
    package static let implementationVersionName = "FILMROOM_1"

    private let writer: DataSetWriter

    package init(transferSyntax: TransferSyntax, usesUndefinedLengths: Bool = false) {
        writer = DataSetWriter(transferSyntax: transferSyntax, usesUndefinedLengths: usesUndefinedLengths)
    }

    /// The bytes of a file that holds the data set.
    ///
    /// Groups 0000 and 0002 belong to no data set, and are left out of it.
    /// - Throws: `.unwritable` when the data set lacks SOP Class UID or SOP Instance UID, or a value cannot be written.
    package func bytes(of dataSet: DataSet) throws(DICOMError) -> [UInt8] {
        let meta = try DataSetWriter(transferSyntax: .explicitVRLittleEndian).bytes(of: try self.meta(of: dataSet))
        var groupLength = DataSet()
        try groupLength.set(.fileMetaInformationGroupLength, integers: [meta.count])
        let start = try DataSetWriter(transferSyntax: .explicitVRLittleEndian).bytes(of: groupLength)
        let prefix = [UInt8](repeating: 0, count: FileForm.magicOffset) + Array("DICM".utf8)
        let own = DataSet(elements: dataSet.elements.filter { $0.tag.group > 2 })
        return prefix + start + meta + (try writer.bytes(of: own))
    }

    /// The bytes of a file up to its pixel data, so that frames can follow one by one.
    ///
    /// - Parameter place: The element to come; what the data set has from it on is left out.
    /// - Throws: As `bytes(of:)`, and `.unwritable` when no length can say so many bytes.
    package func opening(
        of dataSet: DataSet, before place: (tag: Tag, vr: VR), byteCount: UInt64
    ) throws(DICOMError) -> [UInt8] {
        precondition(!writer.transferSyntax.isEncapsulated && !writer.transferSyntax.isDeflated)
        guard byteCount % 2 == 0, byteCount < UInt64(ElementHeader.undefinedLength) else {
            throw .unwritable(tag: place.tag, text: "pixel data of \(byteCount) bytes has no length that says so")
        }
        let before = DataSet(elements: dataSet.elements.filter { $0.tag < place.tag })
        return try bytes(of: before) + writer.header(place.tag, place.vr, UInt32(byteCount))
    }

    /// What stands before a data set that does not have these UIDs itself.
    func opening(sopClassUID: String, sopInstanceUID: String) throws(DICOMError) -> [UInt8] {
        var identity = DataSet()
        try identity.set(.sopClassUID, sopClassUID)
        try identity.set(.sopInstanceUID, sopInstanceUID)
        return try Array(bytes(of: identity).dropLast(try writer.bytes(of: identity).count))
    }

    /// Group 0002 without its length.
    private func meta(of dataSet: DataSet) throws(DICOMError) -> DataSet {
        var meta = DataSet()
        meta.insert(DataElement(tag: .fileMetaInformationVersion, vr: .ob, value: .bytes([0, 1])))
        for (tag, own) in [
            (Tag.mediaStorageSOPClassUID, Tag.sopClassUID), (.mediaStorageSOPInstanceUID, .sopInstanceUID),
        ] {
            guard let uid = dataSet.text(own), !uid.isEmpty else {
                throw .unwritable(tag: own, text: "a file needs this UID")
            }
            try meta.set(tag, uid)
        }
        try meta.set(.transferSyntaxUID, writer.transferSyntax.uid)
        try meta.set(.implementationClassUID, Self.implementationClassUID)
        try meta.set(.implementationVersionName, Self.implementationVersionName)
        return meta
    }
}
