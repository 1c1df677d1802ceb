// What a page needs of a file's own attributes besides its pixels: sides, places, distances, tables.

package import DICOM
package import Pages
package import Pixels

/// The attributes of one image file, as a page shows them.
package struct InstanceHeader {
    private let header: DataSet

    package init(_ header: DataSet) {
        self.header = header
    }

    /// Without paths, pictures and grey scales, which are not in a header.
    package func viewed(_ sopInstanceUID: String) -> ViewedInstance {
        ViewedInstance(
            sopInstanceUID: sopInstanceUID, number: header.integer(.instanceNumber),
            rows: header.integer(.rows) ?? 0, columns: header.integer(.columns) ?? 0,
            frames: max(1, header.integer(.numberOfFrames) ?? 1),
            photometricInterpretation: header.text(.photometricInterpretation) ?? "",
            laterality: header.text(.imageLaterality) ?? header.text(.laterality),
            viewPosition: header.text(.viewPosition), spacing: spacing,
            patientOrientation: Self.some(header.values(.patientOrientation)),
            orientation: Self.some(header.decimals(.imageOrientationPatient)),
            position: Self.some(header.decimals(.imagePositionPatient)))
    }

    /// - Source: DICOM PS3.3 section 10.7.
    private var spacing: PixelDistance? {
        let choices: [(Tag, PixelDistance.Kind)] = [
            (.pixelSpacing, .pixelSpacing), (.imagerPixelSpacing, .imagerPixelSpacing),
            (.nominalScannedPixelSpacing, .nominalScannedPixelSpacing),
        ]
        for (tag, kind) in choices {
            let values = header.decimals(tag)
            if values.count == 2, values.allSatisfy({ $0 > 0 && $0.isFinite }) {
                return PixelDistance(row: values[0], column: values[1], kind: kind)
            }
        }
        return nil
    }

    private static func some<Value>(_ values: [Value]) -> [Value]? { values.isEmpty ? nil : values }
}

extension GreyScale {
    /// - Parameters:
    ///   - frame: How the frame's greys are to be shown.
    ///   - header: For the tables of values of interest, which stand in the file alone.
    package init(_ frame: FrameDescription, header: DataSet) {
        let windows = frame.windows.isEmpty ? [frame.defaultWindow].compactMap { $0 } : frame.windows
        self.init(
            slope: frame.hasModalityLUT ? 1 : frame.rescaleSlope,
            intercept: frame.hasModalityLUT ? 0 : frame.rescaleIntercept, rescaleType: frame.rescaleType,
            windows: windows.map { Window(center: $0.center, width: $0.width, explanation: $0.explanation) },
            function: (windows.first?.function).flatMap { Function(rawValue: $0.rawValue) } ?? .linear,
            tables: frame.hasVOILUT ? header.items(.voilutSequence).compactMap { Self.table($0) } : [],
            paddingValue: frame.padding.map { Int($0.lower) })
    }

    /// - Source: DICOM PS3.3 section C.11.2.1.1.
    private static func table(_ item: DataSet) -> Table? {
        guard let descriptor = item[.lutDescriptor]?.bytes, descriptor.count == 6,
            let data = item[.lutData]?.bytes
        else { return nil }
        func word(_ index: Int) -> Int { Int(descriptor[2 * index]) | Int(descriptor[2 * index + 1]) << 8 }
        let count = word(0) == 0 ? 65_536 : word(0)
        let isSigned = item[.lutDescriptor]?.vr == .ss
        let first = isSigned ? Int(Int16(truncatingIfNeeded: word(1))) : word(1)
        let entries: [UInt16] =
            data.count >= 2 * count
            ? (0..<count).map { UInt16(data[2 * $0]) | UInt16(data[2 * $0 + 1]) << 8 }
            : data.prefix(count).map { UInt16($0) }
        guard entries.count == count, (8...16).contains(word(2)) else { return nil }
        return Table(
            firstMapped: first, bits: word(2), entries: entries, explanation: item.text(.lutExplanation))
    }
}
