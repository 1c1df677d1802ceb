// Deidentifier owns the taking away of what identifies a person from a data set, down to every item: private and
// unknown elements go, the profile decides about the others, UIDs are replaced so that what belonged together still
// does. Pure: the same data set and terms give the same result.
// It sees no pixel: what is written into an image stays there.

/// The transformation of a data set to a de-identified one.
///
/// - Source: DICOM PS3.15 annex E, without options.
package struct Deidentifier: Sendable {
    private let uids: DerivedUID

    /// - Parameter uids: The makers of the UIDs and names that stand for real ones.
    package init(uids: DerivedUID) {
        self.uids = uids
    }

    /// The de-identified data set.
    package func applied(to dataSet: DataSet) throws(DICOMError) -> DataSet {
        let patient = [.issuerOfPatientID, .patientID].map { (tag: Tag) in dataSet.text(tag) ?? "" }
        var made = cleaned(dataSet, isFreeText: false)
        if let name = uids.pseudonym(of: patient), !patient[1].isEmpty {
            try made.set(.patientID, name)
            try made.set(.patientName, name)
        }
        try made.set(.patientIdentityRemoved, "YES")
        try made.set(.deidentificationMethod, "DICOM PS3.15 basic confidentiality profile, no options")
        made.set(.deidentificationMethodCodeSequence, items: [try CodedConcept.basicConfidentiality.item()])
        try made.set(.longitudinalTemporalInformationModified, "REMOVED")
        return made
    }

    /// - Parameter isFreeText: True inside content that the profile replaces as a whole: there every text and time
    ///   that is no code goes.
    private func cleaned(_ dataSet: DataSet, isFreeText: Bool) -> DataSet {
        var made = DataSet()
        for element in dataSet.elements where !element.tag.isPrivate {
            if let kept = cleaned(element, in: dataSet, isFreeText: isFreeText) { made.insert(kept) }
        }
        return made
    }

    private func cleaned(_ element: DataElement, in dataSet: DataSet, isFreeText: Bool) -> DataElement? {
        var action = ConfidentialityProfile.action(for: element.tag)
        if action == .keep, element.effectiveVR == .pn { action = .dummy }
        if action == .keep, isFreeText, Self.isFree(element) { action = .dummy }
        switch action {
        case .remove: return nil
        case .empty:
            if case .items = element.value {
                // It may be missing, but not empty.
                let isOptional = element.tag == .referencedStudySequence
                return isOptional ? nil : DataElement(tag: element.tag, vr: element.vr, value: .items([]))
            }
            return DataElement(tag: element.tag, vr: element.vr, value: .bytes([]))
        case .keep, .dummy, .replaceUID:
            if case .items = element.value {
                let items = dataSet.items(element.tag).map { cleaned($0, isFreeText: isFreeText || action == .dummy) }
                return DataElement(tag: element.tag, vr: element.vr, value: .items(items))
            }
            return action == .keep ? element : replaced(element, action)
        }
    }

    /// Texts and times that are no part of a code.
    private static func isFree(_ element: DataElement) -> Bool {
        if codeParts.contains(element.tag) { return false }
        switch element.effectiveVR {
        case .lo, .lt, .pn, .sh, .st, .uc, .ut, .ur, .da, .dt, .tm, .ae, .as, .un: return true
        default: return false
        }
    }

    private static let codeParts: Set<Tag> = [.codeValue, .codingSchemeDesignator, .codingSchemeVersion, .codeMeaning]

    /// An empty value says nothing already.
    private func replaced(_ element: DataElement, _ action: ConfidentialityProfile.Action) -> DataElement? {
        let vr = element.effectiveVR
        guard let bytes = element.bytes else { return nil }
        if bytes.isEmpty { return element }
        if vr == .ui || action == .replaceUID {
            let texts = ValueText.strings(bytes, vr: .ui, characterSet: .standard).map { uid(element.tag, $0) }
            return DataElement(tag: element.tag, vr: .ui, value: .bytes(Array(texts.joined(separator: "\\").utf8)))
        }
        return DataElement(
            tag: element.tag, vr: vr, value: .bytes(DummyValue.bytes(of: vr, byteCount: bytes.count)))
    }

    /// UIDs that the standard gives out identify nobody. Instances and series are named as they are made for these
    /// terms; all else by what stands for it whatever the terms.
    private func uid(_ tag: Tag, _ old: String) -> String {
        if old.isEmpty || old.hasPrefix("1.2.840.10008.") { return old }
        if tag == .seriesInstanceUID { return uids.made(.series, from: old) }
        return Self.ofInstances.contains(tag)
            ? uids.made(.instance, from: old) : uids.standIn(tag == .studyInstanceUID ? .study : .other, for: old)
    }

    private static let ofInstances: Set<Tag> = [
        .sopInstanceUID, .mediaStorageSOPInstanceUID, .referencedSOPInstanceUID,
    ]
}
