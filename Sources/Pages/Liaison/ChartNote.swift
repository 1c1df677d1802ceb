// What a liaison page says of a patient's chart, and which of its entries belong to which images.
//
// Pure. Texts are as they were sent; the page shows them as text alone.

/// The chart of a page.
package struct ChartNote: Codable, Sendable, Equatable {
    /// An exam that an entry belongs to.
    package struct Link: Codable, Sendable, Equatable {
        /// The exam's key.
        package var exam: String
        /// `accessionNumber`, `encounter` …
        package var by: String
        /// `exact`, `probable`, `possible`.
        package var certainty: String

        package init(exam: String, by: String, certainty: String) {
            self.exam = exam
            self.by = by
            self.certainty = certainty
        }
    }

    package struct Entry: Codable, Sendable, Equatable {
        package var name: String
        /// `encounter`, `order`, `report` …
        package var kind: String
        /// `YYYY-MM-DD` or an instant.
        package var time: String?
        package var title: String?
        package var text: String?
        package var status: String?
        package var links: [Link]
        /// What is held for a person: sentences.
        package var held: [String]
        /// What a person settled: sentences.
        package var settled: [String]

        package init(
            name: String, kind: String, time: String?, title: String?, text: String?, status: String?, links: [Link],
            held: [String] = [], settled: [String] = []
        ) {
            self.name = name
            self.kind = kind
            self.time = time
            self.title = title
            self.text = text
            self.status = status
            self.links = links
            self.held = held
            self.settled = settled
        }
    }

    package struct Exam: Codable, Sendable, Equatable {
        package var key: String
        /// `MG Screening, 2026-11-20, A-1001`
        package var title: String
        /// Why it shows no images; nil when it does.
        package var missing: String?
        /// The newest first.
        package var reports: [ShownReport]

        package init(key: String, title: String, missing: String? = nil, reports: [ShownReport] = []) {
            self.key = key
            self.title = title
            self.missing = missing
            self.reports = reports
        }
    }

    /// The page of the patient whom this one was merged into.
    package struct Successor: Codable, Sendable, Equatable {
        package var patientID: String
        /// Relative to the page.
        package var path: String

        package init(patientID: String, path: String) {
            self.patientID = patientID
            self.path = path
        }
    }

    /// The newest first.
    package var entries: [Entry]
    /// The newest first.
    package var exams: [Exam]
    /// Ids that were merged into this patient.
    package var merged: [String]
    package var successor: Successor?

    package init(entries: [Entry], exams: [Exam], merged: [String] = [], successor: Successor? = nil) {
        self.entries = entries
        self.exams = exams
        self.merged = merged
        self.successor = successor
    }
}
