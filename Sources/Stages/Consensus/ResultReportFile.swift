// The report of a result as PDF, for the chart systems that take it in this form.
//
// From facts: the stored document says what was found, the catalogue of whom. What prints lies beside this program.

internal import Catalog
internal import Pages
internal import Paper

struct ResultReportFile {
    let site: SiteContext

    static let ending = "pdf"

    /// - Throws: `StageError`; `.paper` where it cannot be printed now, which is said in the log as well.
    func bytes(_ determination: DeterminationRecord) throws -> [UInt8] {
        let document = try report(determination).paper()
        do throws(PaperError) { return try SiteContext.printer.pdf(document) } catch {
            site.logger.warning("\(determination.examKey).v\(determination.version).pdf: \(error)")
            throw error
        }
    }

    /// What a result says, and of whom.
    func report(_ determination: DeterminationRecord) throws -> ResultReport {
        let content = try ResultContent(determination.content)
        guard let exam = try site.catalog.exam(key: content.exam) else {
            throw StageError.unexpected("exam \(content.exam) is not there")
        }
        let patient = try AttributeText(exam.patientAttributes)
        let study = try AttributeText(exam.studyAttributes)
        let facility = site.configuration.facilities.first { $0.id == exam.facility }
        return ResultReport(
            patient: PatientTitle(
                name: patient["patientName"] ?? "", patientID: exam.patientID,
                birthDate: patient["patientBirthDate"].map { DateText.iso($0) ?? $0 }, sex: patient["patientSex"]),
            issuerOfPatientID: exam.issuer.isEmpty ? nil : exam.issuer,
            accessionNumber: exam.accessionNumber.isEmpty ? nil : exam.accessionNumber,
            studyInstanceUID: exam.studyInstanceUID, studyDate: DateText.iso(exam.studyDate),
            studyDescription: study["studyDescription"] ?? study["requestedProcedureDescription"],
            siteName: site.configuration.site.name, facilityName: facility?.name ?? exam.facility,
            result: try ResultPageFile.page(content))
    }
}
