// Whether a document may go along where less than the whole of the images is given.
//
// Pure. It may when it is all words: nothing of group 7FE0, no icon, no waveform, no private attribute, at any depth, since
// nobody knows what those say.

internal import DICOM

enum DocumentContent {
    static func hasNothingOfImages(_ file: [UInt8]) -> Bool {
        do throws(DICOMError) { return isWords(try DataSetReader.read(file).dataSet) } catch { return false }
    }

    private static func isWords(_ dataSet: DataSet) -> Bool {
        dataSet.elements.allSatisfy { element in
            if element.tag.isPrivate || images.contains(element.tag.group) || element.tag == .iconImageSequence {
                return false
            }
            guard case .items(let items) = element.value else { return true }
            return items.allSatisfy { isWords($0) }
        }
    }

    /// Overlays are of the groups 60xx, curves of 50xx.
    private static let images: Set<UInt16> = Set([0x5400, 0x7FE0] + stride(from: 0x5000, through: 0x60FF, by: 1))
}
