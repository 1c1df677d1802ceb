// What a party is told of an exam that was deleted: whose it was, and the office, learn when; to all others it is one that
// does not exist.
//
// Reads the configuration alone.

internal import Catalog
internal import Configuration

struct DeletedExamNote {
    let site: SiteContext

    /// - Returns: A sentence for a denial; nil when the party is told nothing.
    func text(_ exam: ExamRecord, deletedAt: String, for party: String) -> String? {
        let isOffice = site.configuration.managementOffices.contains { $0.id == party }
        guard isOffice || exam.facility == party else { return nil }
        return "It was deleted on \(deletedAt.prefix(10)), by order of the office."
    }
}
