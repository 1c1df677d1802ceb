// Exams that lie on this side: what deliveries gave, and why they gave no more.

import Files
import Foundation
import Pages
import Radiology

/// An exam that was given, or was not.
struct DeskExam {
    /// What a release or a denial says of the exam itself.
    struct About: Decodable {
        struct Patient: Decodable {
            let patientID: String
            let issuerOfPatientID: String?
        }

        let facility: String
        let accessionNumber: String?
        let studyInstanceUID: String
        /// `YYYY-MM-DD`
        let studyDate: String?
        let patientID: String?
        let issuerOfPatientID: String?
        /// How the facility issues its own patient ids.
        let ownIssuer: String?
        let storedAt: String?
        let settled: Settled?

        /// The office's word on whose it is.
        enum Settled: Decodable {
            case both
            case patient(Patient)

            init(from decoder: any Decoder) throws {
                do { self = .patient(try Patient(from: decoder)) } catch is DecodingError { self = .both }
            }
        }
    }

    struct File: Decodable {
        let path: String
        let sha256: String
    }

    let key: String
    let about: About
    /// Where it lies; nil where it was not given.
    let folder: String?
    /// When it was given or denied, ISO 8601.
    let at: String
    /// Of the exam's folder, paths relative to it.
    let files: [File]
    /// Why it was not given; nil where it was.
    let denial: String?

    /// What is shown of it; nil when nothing is.
    func page() throws -> ViewerPage? {
        guard let folder else { return nil }
        return ViewerPage.read(try Paths.read("\(folder)/index.html", limit: Self.pageByteLimit))
    }

    private static let pageByteLimit = 256 << 20
}

/// All of them.
struct DeskExams {
    let desk: String
    /// Charts never lead to exams of others.
    let facility: String
    /// ISO 8601, now: what was given until an earlier time is not shown.
    let now: Date

    private struct Release: Decodable {
        struct Range: Decodable {
            let deidentified: Bool
        }

        let exam: String
        let about: DeskExam.About?
        let releasedAt: String
        let until: String?
        let range: Range
        let files: [DeskExam.File]
    }

    private struct Denial: Decodable {
        let exam: String
        let about: DeskExam.About?
        let message: String
        let decidedAt: String
    }

    private static let denialEnding = ".denial.json"
    private static let documentByteLimit = 256 << 20

    /// Each once, the newest that was given; in the order in which they were stored.
    func all() throws -> [DeskExam] {
        let place = "\(desk)/deliveries"
        guard Paths.exists(place) else { return [] }
        var found: [String: DeskExam] = [:]
        for delivery in try OpenDirectory.open(followingLinks: place).names() where !delivery.startsWithDot {
            let path = "\(place)/\(delivery.text)"
            guard Paths.status(path)?.kind == .directory else { continue }
            for name in try OpenDirectory.open(followingLinks: path).names() {
                guard let exam = try exam(name.text, in: path), exam.about.facility == facility else { continue }
                if let known = found[exam.key], !Self.isBetter(exam, than: known) { continue }
                found[exam.key] = exam
            }
        }
        return found.values.sorted { ($0.about.storedAt ?? "", $0.key) < ($1.about.storedAt ?? "", $1.key) }
    }

    /// What was given counts more than what was not, images more than reports alone, and then the newer.
    private static func isBetter(_ exam: DeskExam, than other: DeskExam) -> Bool {
        func rank(_ exam: DeskExam) -> (Int, String) {
            let hasImages = exam.files.contains { $0.path.hasPrefix("images/") || $0.path.hasPrefix("pixels/") }
            return (exam.folder == nil ? 0 : hasImages ? 2 : 1, exam.at)
        }
        return rank(exam) > rank(other)
    }

    private func exam(_ name: String, in delivery: String) throws -> DeskExam? {
        if name.hasSuffix(Self.denialEnding) {
            let denial = try read(Denial.self, "\(delivery)/\(name)")
            return denial.about.map {
                DeskExam(
                    key: denial.exam, about: $0, folder: nil, at: denial.decidedAt, files: [], denial: denial.message)
            }
        }
        let folder = "\(delivery)/\(name)"
        guard Paths.exists("\(folder)/release.json"), Paths.exists("\(folder)/index.html") else { return nil }
        let release = try read(Release.self, "\(folder)/release.json")
        guard let about = release.about, !release.range.deidentified, lasts(release) else { return nil }
        return DeskExam(
            key: release.exam, about: about, folder: folder, at: release.releasedAt, files: release.files, denial: nil)
    }

    /// Whether the right to it still lasts. A time that cannot be read is over.
    private func lasts(_ release: Release) -> Bool {
        guard let until = release.until else { return true }
        return Instant(iso8601: until).map { Double($0.millisecondsSince1970) / 1000 > now.timeIntervalSince1970 }
            ?? false
    }

    private func read<Document: Decodable>(_ type: Document.Type, _ path: String) throws -> Document {
        do {
            return try JSONDecoder().decode(type, from: Data(try Paths.read(path, limit: Self.documentByteLimit)))
        } catch let error as DecodingError {
            throw ClientFailure.failed("\(path) cannot be read: \(error)")
        }
    }
}
