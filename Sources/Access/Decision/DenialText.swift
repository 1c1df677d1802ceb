// DenialText owns the sentences of denials.
//
// Pure. None tells anything about an exam that its reader may not have.

internal import Radiology

/// Says why.
enum DenialText {
    static let notAvailable = "There is no such exam, or it is not for you."
    static let noPurpose = "No purpose was named, and you have no default purpose."
    static let onHold = "The exam is on hold: the office keeps it from delivery until it lifts the hold."
    static let readingIsForReaders = "The purpose 'reading' is for readers, who get a packet in their worklists."
    static let nothingWanted = "Neither images nor reports were asked for."
    static let noImage = "The exam has no images, and reports were not asked for."
    static let noReportInput = "The purpose gives no right to send a report in."
    static let ownReadFirst = "reports: your own read of the exam is not sealed yet"

    static func unknown(_ purpose: String, _ yours: [String]) -> String {
        "There is no purpose '\(purpose)'. \(own(yours))"
    }

    static func notGranted(_ purpose: String, _ yours: [String]) -> String {
        "The purpose '\(purpose)' is not granted to you. \(own(yours))"
    }

    static func notShared(_ purpose: String, _ shared: [String]) -> String {
        "The exam is shared with you for other purposes than '\(purpose)': \(shared.joined(separator: ", "))."
    }

    static func tooOld(_ purpose: String, _ mostRecent: Int) -> String {
        mostRecent == 1
            ? "The purpose '\(purpose)' gives the most recent exam of a patient, and this is an older one."
            : "The purpose '\(purpose)' gives the \(mostRecent) most recent exams of a patient, and this is an older one."
    }

    static func noKind(_ purpose: String, _ kinds: [String]) -> String {
        "The purpose '\(purpose)' gives none of the kinds of image that were asked for: \(list(kinds))."
    }

    static func noImages(_ wanted: [String], _ held: [String]) -> String {
        "The exam has no images of \(list(wanted)); it has \(list(held))."
    }

    static func reportsAlone(_ purpose: String) -> String {
        "The purpose '\(purpose)' gives no reports, and there are no images besides."
    }

    static func noneGiven(_ purpose: String, _ kinds: ImageKinds) -> String {
        "The purpose '\(purpose)' gives nothing of this exam: none of its images is of a kind that it allows, which is "
            + "\(words(kinds))."
    }

    /// `images of CR, MG; of the type ORIGINAL\PRIMARY; key images only`.
    private static func words(_ kinds: ImageKinds) -> String {
        let modalities = kinds.modalities.sortedNames.map { "images of \(list($0))" } ?? "images"
        let types = kinds.imageTypes.map { types in
            "of the type \(types.map { $0.values.joined(separator: "\\") }.joined(separator: " or "))"
        }
        let series = kinds.seriesDescriptions.map { patterns in
            "of series called \(patterns.map { "'\($0.text)'" }.joined(separator: " or "))"
        }
        let key = kinds.keyImagesOnly ? "key images only, which a key object selection of the exam marks" : nil
        return [modalities, types, series, key].compactMap { $0 }.joined(separator: "; ")
    }

    static func tooMuch(_ purpose: String, _ parts: [String]) -> String {
        "The purpose '\(purpose)' does not allow \(parts.joined(separator: "; ")). `wouldBeAllowed` says what it does."
    }

    static func quota(_ purpose: String, _ quota: ExamQuota) -> String {
        "You have had the \(quota.examCount) exams that '\(purpose)' gives within "
            + "\(DurationWords.text(milliseconds: quota.withinMilliseconds))."
    }

    static func ended(_ purpose: String, _ milliseconds: Int64) -> String {
        "The right to send a report in for the purpose '\(purpose)' lasts "
            + "\(DurationWords.text(milliseconds: milliseconds)) from the delivery of the exam."
    }

    private static func own(_ purposes: [String]) -> String {
        purposes.isEmpty ? "You have none." : "Yours are: \(purposes.joined(separator: ", "))."
    }

    private static func list(_ kinds: [String]) -> String {
        kinds.joined(separator: ", ")
    }
}
