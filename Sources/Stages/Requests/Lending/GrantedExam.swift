// A grant as it was stored, as the values that its delivery is made from.

internal import Access
internal import Catalog
internal import Radiology

/// An exam that is to be given.
struct GrantedExam {
    let record: GrantRecord
    /// Its images may have been deleted since.
    let exam: ExamRecord
    let grant: Grant
    /// What the office said of whose it is; nil when nothing.
    let settled: ExamOutline.Settled?

    /// - Throws: `.unexpected` when the exam is not there any more.
    init(_ record: GrantRecord, of request: LendingRequest, catalog: Catalog) throws {
        guard let exam = try catalog.exam(study: record.study, evenDeleted: true) else {
            throw StageError.unexpected("deliveries/\(request.deliveryName): an exam that was granted is not there")
        }
        let range = try StoredJSON.value(StoredRange.self, of: record.granted).range()
        settled = try catalog.settled(study: record.study)
        self.record = record
        self.exam = exam
        grant = Grant(
            purpose: request.purpose, range: range,
            reducedFrom: try record.reducedFrom.map { try StoredJSON.value(StoredWish.self, of: $0).wish },
            reductions: [],
            basis: PolicyBasis(purpose: Purpose(id: request.purpose, range: range), sharing: []))
    }

    var rights: ReleasedRights {
        let range = grant.range
        return ReleasedRights(
            pixelDensity: range.pixelDensity.description, imageProcessing: range.imageProcessing,
            reports: range.reports, reportInput: range.reportInput, isDeidentified: range.deidentified,
            lastsSeconds: range.forMilliseconds.map { $0 / 1000 })
    }
}
