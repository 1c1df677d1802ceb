// ImageTypePattern owns which values of Image Type (0008,0008) a purpose lets through.
//
// Pure. Values are compared place by place, because their places have meanings: pixel data (ORIGINAL, DERIVED), then
// examination (PRIMARY, SECONDARY), then what the kind of image defines (PS3.3 section C.7.6.1.1.2).

/// The first values that an image's type must have.
package struct ImageTypePattern: Hashable, Sendable {
    /// `*` stands for any value.
    package let values: [String]

    /// - Parameter text: `ORIGINAL\PRIMARY`, `*\PRIMARY\AXIAL`: values separated as DICOM separates them.
    package init(_ text: String) {
        values = text.split(separator: "\\", omittingEmptySubsequences: false).map { CodeString.normal(String($0)) }
    }

    /// Whether an image's type begins so.
    package func matches(_ imageType: [String]) -> Bool {
        guard values.count <= imageType.count else { return false }
        return zip(values, imageType).allSatisfy { $0 == "*" || $0 == CodeString.normal($1) }
    }
}
