// A result as a report for paper: of whom, of which exam, what was found, by whom, when.
//
// Owns what such a report is told besides what the page of the result is. It names the patient, as a file that leaves the
// folder it was found in has to.

package import Paper

/// A version of a result, with the patient and the exam that it is about.
package struct ResultReport: Sendable, Equatable {
    package var patient: PatientTitle
    /// Who gave the patient's id; nil when nobody is named.
    package var issuerOfPatientID: String?
    package var accessionNumber: String?
    package var studyInstanceUID: String
    /// `YYYY-MM-DD`, or whatever the images say.
    package var studyDate: String?
    package var studyDescription: String?
    package var siteName: String
    package var facilityName: String
    package var result: ResultPage
    package var standing: Standing

    /// How far the result has come; `amended` takes the place of one that was final.
    package enum Standing: Sendable, Equatable {
        case preliminary, final, amended
    }

    package init(
        patient: PatientTitle, issuerOfPatientID: String? = nil, accessionNumber: String? = nil,
        studyInstanceUID: String, studyDate: String? = nil, studyDescription: String? = nil, siteName: String,
        facilityName: String, result: ResultPage, standing: Standing
    ) {
        self.patient = patient
        self.issuerOfPatientID = issuerOfPatientID
        self.accessionNumber = accessionNumber
        self.studyInstanceUID = studyInstanceUID
        self.studyDate = studyDate
        self.studyDescription = studyDescription
        self.siteName = siteName
        self.facilityName = facilityName
        self.result = result
        self.standing = standing
    }

    /// The report; the same values give the same document.
    package func paper() -> PaperDocument { ResultReportPaper(self).document }
}
