// DerivationRecord owns what a derived instance says of itself: new UIDs, that it is derived, how, and from which
// instance. It never touches what the source says of the patient or the study.

/// The record of a derivation.
///
/// - Source: DICOM PS3.3 sections C.7.6.1.1.3 to C.7.6.1.1.5, C.7.6.16.2.6 and C.8.16.1.
package struct DerivationRecord: Sendable {
    /// What a derivation does to pixels.
    package enum Change: Sendable {
        /// They are the source's: only its names are others.
        case none
        case rendered
        case resampled
    }

    /// What was done, in words that a person reads.
    package let description: String
    /// What became of the pixels.
    package let change: Change
    package let source: SourceInstance
    package let sopInstanceUID: String
    package let seriesInstanceUID: String

    package init(
        description: String, change: Change, source: SourceInstance, sopInstanceUID: String, seriesInstanceUID: String
    ) {
        self.description = description
        self.change = change
        self.source = source
        self.sopInstanceUID = sopInstanceUID
        self.seriesInstanceUID = seriesInstanceUID
    }

    private var isResampled: Bool { change == .resampled }

    /// ST holds 1024 characters.
    private static let descriptionLimit = 1024

    /// The data set with the record in it.
    package func applied(to dataSet: DataSet) throws(DICOMError) -> DataSet {
        var made = dataSet
        for tag in Self.removed { made.remove(tag) }
        try made.set(.sopInstanceUID, sopInstanceUID)
        try made.set(.seriesInstanceUID, seriesInstanceUID)
        guard change != .none else { return made }
        try markDerived(&made)
        try describe(&made)
        try source.addEvidence(to: &made)
        for tag in Self.ofOriginals(made) { made.remove(tag) }
        for sequence in [Tag.sharedFunctionalGroupsSequence, .perFrameFunctionalGroupsSequence] {
            try markGroups(&made, sequence)
        }
        return made
    }

    /// What was true of the source's own bytes, or of its making.
    private static let removed: [Tag] = [
        .instanceCreationDate, .instanceCreationTime, .instanceCreatorUID, .digitalSignaturesSequence,
        .macParametersSequence, .extendedOffsetTable, .extendedOffsetTableLengths, .pixelDataProviderURL,
        .lengthToEnd,
    ]

    /// Ophthalmic photography says of derived images what they are.
    private static let needsThirdValue: Set = ["1.2.840.10008.5.1.4.1.1.77.1.5.1", "1.2.840.10008.5.1.4.1.1.77.1.5.2"]

    /// The enhanced MR kinds tell of a pulse sequence only in original images (PS3.3 section C.8.13.4).
    private static func ofOriginals(_ dataSet: DataSet) -> [Tag] {
        dataSet.text(.sopClassUID)?.hasPrefix("1.2.840.10008.5.1.4.1.1.4.") == true ? ofPulseSequences : []
    }

    private static let ofPulseSequences: [Tag] = [
        .pulseSequenceName, .mrAcquisitionType, .echoPulseSequence, .multipleSpinEcho, .multiPlanarExcitation,
        .phaseContrast, .timeOfFlightContrast, .arterialSpinLabelingContrast, .steadyStatePulseSequence,
        .echoPlanarPulseSequence, .saturationRecovery, .spectrallySelectedSuppression, .oversamplingPhase,
        .geometryOfKSpaceTraversal, .segmentedKSpaceTraversal, .rectilinearPhaseEncodeReordering,
        .coverageOfKSpace, .numberOfKSpaceTrajectories,
    ]

    private func markDerived(_ dataSet: inout DataSet) throws(DICOMError) {
        var values = dataSet.values(.imageType)
        if values.count < 2 { values = ["DERIVED", "PRIMARY"] }
        values[0] = "DERIVED"
        if values[1].isEmpty { values[1] = "PRIMARY" }
        if values.count == 2, Self.needsThirdValue.contains(dataSet.text(.sopClassUID) ?? "") {
            values.append("RESAMPLED")
        }
        if isResampled, values.count > 3, values[3] == "NONE", dataSet[.sharedFunctionalGroupsSequence] != nil {
            values[3] = "RESAMPLED"
        }
        try dataSet.set(.imageType, values)
    }

    /// Description, code and source, where the general image module and the derivation macro have them.
    private func describe(_ dataSet: inout DataSet) throws(DICOMError) {
        let earlier = dataSet.text(.derivationDescription) ?? ""
        let joined = earlier.isEmpty ? description : earlier + "; " + description
        try dataSet.set(
            .derivationDescription, joined.utf8.count <= Self.descriptionLimit ? joined : description)
        if isResampled {
            let resampling = try CodedConcept.spatialResampling.item()
            dataSet.set(.derivationCodeSequence, items: dataSet.items(.derivationCodeSequence) + [resampling])
        }
        dataSet.set(.sourceImageSequence, items: [try source.item(isResampled: isResampled)])
    }

    /// Frame types and derivations of functional groups. The groups of each frame have the macro when any has it.
    private func markGroups(_ dataSet: inout DataSet, _ sequence: Tag) throws(DICOMError) {
        let groups = dataSet.items(sequence)
        guard !groups.isEmpty else { return }
        let isPerFrame = sequence == .perFrameFunctionalGroupsSequence
        let isTold = dataSet.items(.perFrameFunctionalGroupsSequence).contains { $0[.derivationImageSequence] != nil }
        var made: [DataSet] = []
        for group in groups {
            var group = group
            try markFrameTypes(&group)
            if isPerFrame == isTold { try addDerivation(&group) }
            made.append(group)
        }
        dataSet.set(sequence, items: made)
    }

    private func addDerivation(_ group: inout DataSet) throws(DICOMError) {
        var item = DataSet()
        try item.set(.derivationDescription, description)
        item.set(
            .derivationCodeSequence, items: isResampled ? [try CodedConcept.spatialResampling.item()] : [])
        item.set(.sourceImageSequence, items: [try source.item(isResampled: isResampled)])
        group.set(.derivationImageSequence, items: group.items(.derivationImageSequence) + [item])
    }

    private func markFrameTypes(_ group: inout DataSet) throws(DICOMError) {
        for element in group.elements {
            let items = group.items(element.tag)
            guard items.contains(where: { $0[.frameType] != nil }) else { continue }
            var made: [DataSet] = []
            for item in items {
                var item = item
                var values = item.values(.frameType)
                if !values.isEmpty { values[0] = "DERIVED" }
                if isResampled, values.count > 3, values[3] == "NONE" { values[3] = "RESAMPLED" }
                try item.set(.frameType, values)
                made.append(item)
            }
            group.set(element.tag, items: made)
        }
    }
}
