// DICOMFile owns a file read into memory: meta information, data set, how it was encoded, what was odd about it.

/// A DICOM file in memory.
package struct DICOMFile: Sendable {
    package let form: FileForm
    /// Group 0002; empty for a bare data set.
    package let meta: DataSet
    package let dataSet: DataSet
    /// How the data set was read.
    package let transferSyntax: TransferSyntax
    package let remarks: [Remark]
    package let trailingByteCount: UInt64
}
