// LossyHistory owns what a decoded image says of the lossy compression that it went through: that stays true however it
// is stored afterwards.

/// The record of lossy compression.
///
/// - Source: DICOM PS3.3 section C.7.6.1.1.5.
package enum LossyHistory {
    /// Adds the source's own transfer syntax, where it is lossy by its nature and the data set does not say so.
    ///
    /// - Parameter ratio: Bytes of the decoded pixels for each compressed one.
    package static func note(
        _ syntax: TransferSyntax, ratio: Double, in dataSet: inout DataSet
    ) throws(DICOMError) {
        guard let method = methods[syntax.uid], dataSet.values(.lossyImageCompression).first != "01" else { return }
        try dataSet.set(.lossyImageCompression, "01")
        let ratios = dataSet.values(.lossyImageCompressionRatio).filter { !$0.isEmpty }
        let earlier = dataSet.values(.lossyImageCompressionMethod).filter { !$0.isEmpty }
        let text = DecimalString.text((ratio * 100).rounded() / 100)
        try dataSet.set(.lossyImageCompressionRatio, ratios + [text])
        try dataSet.set(.lossyImageCompressionMethod, earlier + [method])
    }

    private static let methods = [
        "1.2.840.10008.1.2.4.50": "ISO_10918_1", "1.2.840.10008.1.2.4.51": "ISO_10918_1",
        "1.2.840.10008.1.2.4.53": "ISO_10918_1", "1.2.840.10008.1.2.4.55": "ISO_10918_1",
        "1.2.840.10008.1.2.4.81": "ISO_14495_1",
    ]
}
