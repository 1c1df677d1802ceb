// RangeNarrowing owns the second half of a decision: what remains of a purpose's range for what was asked.
//
// Pure. Asking for more than the purpose allows is judged by the purpose alone, whatever the exam holds; what is given is
// listed by what the exam holds.

/// Narrows a range to a wish.
struct RangeNarrowing {
    let opening: AccessGate.Opening
    let wanted: WantedRange

    /// A part of the wish that goes beyond the purpose.
    struct Excess {
        let reason: Denial.Reason
        let text: String
    }

    /// What the purpose allows of a wish for any exam; of kinds that it does not allow, all that it does.
    static func offer(of range: AvailableRange, wanted: WantedRange) -> WantedRange {
        let allowed = range.kinds.modalities
        let common = allowed.intersection(wanted.choice)
        let kinds = common == .only([]) ? allowed : common
        return WantedRange(of: rights(of: range, wanted).with(kinds: range.kinds.only(kinds)))
    }

    /// - Throws: A denial when nothing remains.
    func granted() throws(Denial) -> AvailableRange {
        let granted = Self.rights(of: opening.range, wanted).with(kinds: opening.range.kinds.only(.only(given)))
        if asksForImages, !heldModalities.isEmpty, given.isEmpty { throw noImage() }
        if given.isEmpty, !granted.reports { throw nothing() }
        return granted
    }

    /// The parts of the wish that the purpose does not allow, in the order of the contract's reasons.
    var excesses: [Excess] { [kinds, density, processing, reports].compactMap { $0 } }

    /// Of this exam, what would be granted for the wish, or for any kinds where it is for none that could be.
    var offer: WantedRange? {
        let kinds = given.isEmpty ? openModalities : given
        let rights = Self.rights(of: opening.range, wanted)
        guard !kinds.isEmpty || rights.reports && heldModalities.isEmpty else { return nil }
        return WantedRange(of: rights.with(kinds: opening.range.kinds.only(.only(kinds))))
    }

    private static func rights(of range: AvailableRange, _ wanted: WantedRange) -> AvailableRange {
        range.with(
            pixelDensity: min(range.pixelDensity, wanted.pixelDensity ?? range.pixelDensity),
            imageProcessing: range.imageProcessing && wanted.imageProcessing ?? true,
            reports: range.reports && wanted.reports ?? true)
    }

    // MARK: Kinds

    private var asksForImages: Bool { wanted.kinds.map { !$0.isEmpty } ?? true }

    /// Modalities of all images of the exam.
    private var heldModalities: Set<String> { modalities { _ in true } }

    /// Modalities of the images that the purpose opens.
    private var openModalities: Set<String> { modalities(where: opening.range.kinds.hold) }

    /// Modalities that are given.
    private var given: Set<String> { openModalities.filter(wanted.choice.contains) }

    private func modalities(where passes: (HeldImage) -> Bool) -> Set<String> {
        Set(opening.exam.images.filter { !$0.isDocument && passes($0) }.map(\.modality))
    }

    // MARK: Refusals

    private func noImage() -> Denial {
        let wanted = self.wanted.kinds ?? []
        if openModalities.isEmpty {
            return denial(.kindNotAllowed, DenialText.noneGiven(opening.purpose.id, opening.range.kinds))
        }
        let isElsewhere =
            wanted.allSatisfy(opening.range.kinds.modalities.contains)
            && heldModalities.isDisjoint(with: wanted)
        return isElsewhere
            ? denial(.notAvailable, DenialText.noImages(wanted, openModalities.sorted()))
            : denial(.kindNotAllowed, DenialText.noKind(opening.purpose.id, wanted))
    }

    /// Neither an image nor a report remains.
    private func nothing() -> Denial {
        if let reports { return denial(reports.reason, DenialText.tooMuch(opening.purpose.id, [reports.text])) }
        guard wanted.reports == false else {
            return denial(.reportsNotAllowed, DenialText.reportsAlone(opening.purpose.id))
        }
        return denial(.notAvailable, asksForImages ? DenialText.noImage : DenialText.nothingWanted)
    }

    func denial(_ reason: Denial.Reason, _ message: String) -> Denial {
        Denial(reason: reason, message: message, wouldBeAllowed: offer)
    }

    // MARK: Excesses

    private var kinds: Excess? {
        let beyond = (wanted.kinds ?? []).filter { !opening.range.kinds.modalities.contains($0) }
        return beyond.isEmpty
            ? nil : Excess(reason: .kindNotAllowed, text: "images of \(beyond.joined(separator: ", "))")
    }

    private var density: Excess? {
        guard let wish = wanted.pixelDensity, wish > opening.range.pixelDensity else { return nil }
        return Excess(
            reason: .densityNotAllowed, text: "a pixel density of \(wish), above \(opening.range.pixelDensity)")
    }

    private var processing: Excess? {
        guard wanted.imageProcessing == true, !opening.range.imageProcessing else { return nil }
        return Excess(reason: .processingNotAllowed, text: "image processing (stored pixel values)")
    }

    private var reports: Excess? {
        guard wanted.reports == true, !opening.range.reports else { return nil }
        return Excess(
            reason: .reportsNotAllowed, text: opening.owesBlindRead ? DenialText.ownReadFirst : "reports")
    }
}
