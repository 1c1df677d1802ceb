// The report of a result as PDF, for the chart systems that take it in this form.
//
// From facts: the stored document says what was found, what the chart system is told says of whom, as it was when the
// result was determined. What prints lies beside this program.

internal import Catalog
internal import Interchange
internal import Pages
internal import Paper

struct ResultReportFile {
    let site: SiteContext

    /// - Throws: `StageError`; `.paper` where it cannot be printed now, which is said in the log as well.
    func bytes(_ determination: DeterminationRecord, _ told: ReportedResult) throws -> [UInt8] {
        let document = try report(determination, told).paper()
        do throws(PaperError) { return try SiteContext.printer.pdf(document) } catch {
            site.logger.warning("\(determination.examKey).v\(determination.version).pdf: \(error)")
            throw error
        }
    }

    /// What a result says, and of whom.
    func report(_ determination: DeterminationRecord, _ told: ReportedResult) throws -> ResultReport {
        let (patient, study) = (told.patient, told.study)
        return ResultReport(
            patient: PatientTitle(
                name: patient.name, patientID: patient.patientID,
                birthDate: patient.birthDate.map { DateText.iso($0) ?? $0 }, sex: patient.sex),
            issuerOfPatientID: patient.issuer, accessionNumber: study.accessionNumber,
            studyInstanceUID: study.studyInstanceUID, studyDate: study.date.map { DateText.iso($0) ?? $0 },
            studyDescription: study.description, siteName: told.site.name, facilityName: told.facility.name,
            result: try ResultPageFile.page(ResultContent(determination.content)), standing: Self.standing(told.status))
    }

    private static func standing(_ status: ReportStatus) -> ResultReport.Standing {
        switch status {
        case .preliminary: .preliminary
        case .final: .final
        case .amended: .amended
        }
    }
}
