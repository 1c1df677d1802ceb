// DerivedNaming owns the UIDs of a derived instance and of its source as the recipient knows it.

internal import DICOM
internal import Pixels

/// The names of one derivation.
struct DerivedNaming: Sendable {
    let uids: DerivedUID
    let sopInstanceUID: String
    let seriesInstanceUID: String
    let source: SourceInstance

    /// - Throws: `.unrenderable` when the source lacks the UIDs that every instance has.
    init(_ dataSet: DataSet, _ options: DeriveOptions) throws(PixelsError) {
        guard let sopClass = dataSet.text(.sopClassUID), let instance = dataSet.text(.sopInstanceUID),
            !sopClass.isEmpty, !instance.isEmpty
        else { throw .unrenderable("SOP Class UID or SOP Instance UID is missing, so that nothing can refer to it") }
        uids = DerivedUID(
            DerivedUID.Terms(
                recipient: options.recipient, policyVersion: options.policyVersion, density: options.density,
                form: options.form.rawValue, isDeidentified: options.deidentifies), secret: options.secret)
        let series = dataSet.text(.seriesInstanceUID) ?? ""
        sopInstanceUID = uids.made(.instance, from: instance)
        seriesInstanceUID = uids.made(.series, from: series.isEmpty ? instance : series)
        let isHidden = options.deidentifies
        source = SourceInstance(
            sopClassUID: sopClass, sopInstanceUID: isHidden ? uids.standIn(.other, for: instance) : instance,
            seriesInstanceUID: isHidden ? uids.standIn(.other, for: series) : series)
    }
}
