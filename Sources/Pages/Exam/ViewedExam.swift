// An exam as the page shows it: the current one or a prior. Pure.

/// One study.
package struct ViewedExam: Codable, Sendable, Equatable {
    /// The exam's key, as in outbound names.
    package var key: String
    package var facility: String
    package var accessionNumber: String?
    package var studyInstanceUID: String
    /// `YYYY-MM-DD`.
    package var studyDate: String?
    package var studyDescription: String?
    /// In the order in which they are shown.
    package var series: [ViewedSeries]

    package init(
        key: String, facility: String, accessionNumber: String? = nil, studyInstanceUID: String,
        studyDate: String? = nil, studyDescription: String? = nil, series: [ViewedSeries]
    ) {
        self.key = key
        self.facility = facility
        self.accessionNumber = accessionNumber
        self.studyInstanceUID = studyInstanceUID
        self.studyDate = studyDate
        self.studyDescription = studyDescription
        self.series = series
    }
}
