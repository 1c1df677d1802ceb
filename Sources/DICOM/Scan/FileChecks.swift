// FileChecks owns the findings that need a whole scanned file: UIDs, dates, character sets, meta against data set,
// pixel data against its dimensions. Each becomes a remark; none refuses a file. Values that are plain pass quickly.

/// The checks of a scanned file's values.
struct FileChecks {
    let file: ScannedFile
    let limits: ScanLimits

    /// The file's remarks with those of the checks.
    func remarks() -> [Remark] {
        var found: [Remark] = []
        for slot in 0..<CatalogueSelection.count where file.values.byteCount(slot) > 0 {
            if let text = finding(inSlot: slot) {
                found.append(Remark(tag: tag(slot), offset: file.values.offset(slot), text: text))
            }
        }
        found += file.characterSet.findings.map { Remark(tag: .specificCharacterSet, offset: nil, text: $0) }
        found += [
            metaFinding(.mediaStorageSOPInstanceUID, .sopInstanceUID),
            metaFinding(.mediaStorageSOPClassUID, .sopClassUID),
        ]
        .compactMap { $0 }
        found += PixelDataCheck(file: file).remarks()
        if file.trailingByteCount > 0 {
            found.append(Remark(tag: nil, offset: nil, text: "\(file.trailingByteCount) bytes follow the data set"))
        }
        return Array((file.remarks + found).prefix(limits.maximumRemarkCount))
    }

    private func tag(_ slot: Int) -> Tag { CatalogueSelection.tag(ofSlot: slot) }

    private func finding(inSlot slot: Int) -> String? {
        let bytes = file.values.bytes(slot)
        let vr = file.values.vr(slot)
        switch vr {
        case .ui: return ValueCheck.uid(bytes)
        case .da: return ValueCheck.date(bytes)
        case .tm: return ValueCheck.time(bytes)
        case .is: return ValueCheck.integer(bytes)
        default: return vr.usesCharacterSet ? textFinding(bytes, vr) : nil
        }
    }

    private func textFinding(_ bytes: ArraySlice<UInt8>, _ vr: VR) -> String? {
        guard bytes.contains(where: { $0 >= 0x7F || $0 < 0x20 }) else { return lengthFinding(bytes, vr) }
        let padded = TextPadding.withoutTrailing(Array(bytes))
        let set = file.characterSet
        let decoded = set.decode(padded, isPersonName: vr == .pn)
        if let missing = decoded.missingConversion { return "this system has no conversion for \(missing)" }
        if !decoded.isFaithful { return "the value is not valid in the declared character set" }
        if set.first == .standard, set.extensions.isEmpty, padded.contains(where: { $0 >= 0x80 }) {
            return "the value needs a character set, and none is declared"
        }
        if padded.contains(where: isOddControl) { return "the value has control characters" }
        return ValueCheck.length(decoded.text.unicodeScalars.lazy.map(\.value), vr)
    }

    private func lengthFinding(_ ascii: ArraySlice<UInt8>, _ vr: VR) -> String? {
        ascii.count <= 16 ? nil : ValueCheck.length(ascii.lazy.map { UInt32($0) }, vr)
    }

    /// Of the control characters, names and other one-line texts may have ESC only (PS3.5 section 6.1.3).
    private func isOddControl(_ byte: UInt8) -> Bool {
        byte == 0x7F || byte < 0x20 && byte != 0x1B
    }

    private func metaFinding(_ meta: Tag, _ own: Tag) -> Remark? {
        guard let metaValue = file.text(meta), let ownValue = file.text(own), metaValue != ownValue else { return nil }
        return Remark(tag: meta, offset: nil, text: "differs from \(own) of the data set")
    }
}
