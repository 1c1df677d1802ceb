// GreyScale owns how one frame's stored values become modality values and which windows the file offers for them. The
// frame's functional groups come first, then the shared ones, then the data set.

internal import DICOM
internal import Pixels

/// The attributes of a frame's grey scale.
///
/// - Source: DICOM PS3.3 sections C.7.6.16.2.9, C.7.6.16.2.10, C.11.1, C.11.2, C.11.6.
struct GreyScale: Sendable {
    let slope: Double
    let intercept: Double
    let rescaleType: String?
    let modalityLUT: LookupTable?
    let voiLUT: LookupTable?
    let windows: [VOIWindow]
    let isInverted: Bool
    let padding: FrameDescription.Interval?

    /// - Parameter number: The frame, from 1.
    init(_ header: ImageHeader, frame number: Int) {
        let dataSet = header.file.dataSet
        let groups = Self.groups(dataSet, number)
        let rescale = groups.lazy.flatMap { $0.items(.pixelValueTransformationSequence) }.first ?? dataSet
        let voi = groups.lazy.flatMap { $0.items(.frameVOILUTSequence) }.first ?? dataSet
        modalityLUT = dataSet.items(.modalityLUTSequence).first.flatMap(LookupTable.init)
        let slope = Self.finite(rescale.decimals(.rescaleSlope).first)
        let intercept = Self.finite(rescale.decimals(.rescaleIntercept).first)
        let isRescaled = slope != nil && intercept != nil && modalityLUT == nil
        self.slope = isRescaled ? slope ?? 1 : 1
        self.intercept = isRescaled ? intercept ?? 0 : 0
        rescaleType = rescale.text(.rescaleType)
        voiLUT = voi.items(.voilutSequence).first.flatMap(LookupTable.init)
        windows = Self.windows(voi)
        isInverted =
            header.image.photometricInterpretation == "MONOCHROME1"
            || dataSet.values(.presentationLUTShape).first == "INVERSE"
        padding = Self.padding(dataSet, isSigned: header.image.isSigned, bits: header.image.bitsAllocated)
    }

    private static func groups(_ dataSet: DataSet, _ number: Int) -> [DataSet] {
        let frames = dataSet.items(.perFrameFunctionalGroupsSequence)
        let own = frames.indices.contains(number - 1) ? [frames[number - 1]] : []
        return own + dataSet.items(.sharedFunctionalGroupsSequence).prefix(1)
    }

    private static func finite(_ number: Double?) -> Double? {
        number.flatMap { $0.isFinite ? $0 : nil }
    }

    private static func windows(_ dataSet: DataSet) -> [VOIWindow] {
        let name = dataSet.values(.voilutFunction).first ?? ""
        guard let function = VOIWindow.Function(rawValue: name.isEmpty ? "LINEAR" : name.uppercased()) else {
            return []
        }
        let explanations = dataSet.values(.windowCenterWidthExplanation)
        let pairs = zip(dataSet.decimals(.windowCenter), dataSet.decimals(.windowWidth))
        return pairs.enumerated().map { index, pair in
            VOIWindow(
                center: pair.0, width: pair.1, function: function,
                explanation: index < explanations.count ? explanations[index] : nil)
        }
        .filter(\.isValid)
    }

    /// - Source: DICOM PS3.3 section C.7.5.1.1.2.
    private static func padding(_ dataSet: DataSet, isSigned: Bool, bits: Int) -> FrameDescription.Interval? {
        guard bits <= 16, let value = number16(dataSet, .pixelPaddingValue, isSigned) else { return nil }
        let limit = number16(dataSet, .pixelPaddingRangeLimit, isSigned) ?? value
        return FrameDescription.Interval(lower: Double(min(value, limit)), upper: Double(max(value, limit)))
    }

    /// A US or SS value by the pixels' sign, whichever VR the writer chose.
    private static func number16(_ dataSet: DataSet, _ tag: Tag, _ isSigned: Bool) -> Int? {
        guard let bytes = dataSet[tag]?.bytes, bytes.count >= 2 else { return nil }
        return GreyFrame.number(UInt16(bytes[0]) | UInt16(bytes[1]) << 8, isSigned: isSigned)
    }

    /// The modality value of a stored one.
    func modality(_ stored: Double) -> Double {
        if let modalityLUT { return modalityLUT.entry(stored) }
        return stored * slope + intercept
    }
}
