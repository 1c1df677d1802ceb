// ReportedResult owns what a result tells a chart system: of whom, of which exam, what was found, by whom, when.
//
// Pure values. Everything that the encodings need is in it and nothing else is asked for, so that one value gives the same
// bytes for ever, and all encodings say the same.

/// A version of a result, as one chart system is told of it.
package struct ReportedResult: Codable, Hashable, Sendable {
    /// `<facility>_<accession number>`.
    package let examKey: String
    /// Counts the versions of the exam's result from 1.
    package let version: Int
    /// The newest version that the recipient was told of before; nil for its first.
    package let predecessor: Int?
    package let status: ReportStatus
    /// The label that was found; nil without one.
    package let label: String?
    /// `determined`, `escalated`, `undetermined` or `technicalRecall`.
    package let outcome: String
    package let reason: String?
    /// ISO 8601 with offset.
    package let determinedAt: String
    /// The service that determined it, and the facility whose exam it is.
    package let site: ReportedParty
    package let facility: ReportedParty
    /// The chart system.
    package let recipient: ReportedParty
    package let repertoire: ReportRepertoire
    package let patient: ReportedPatient
    package let study: ReportedStudy
    /// The opinions that counted, in the order of the result.
    package let opinions: [ReportedOpinion]

    package init(
        examKey: String, version: Int, predecessor: Int?, status: ReportStatus, label: String?, outcome: String,
        reason: String?, determinedAt: String, site: ReportedParty, facility: ReportedParty, recipient: ReportedParty,
        repertoire: ReportRepertoire, patient: ReportedPatient, study: ReportedStudy, opinions: [ReportedOpinion]
    ) {
        self.examKey = examKey
        self.version = version
        self.predecessor = predecessor
        self.status = status
        self.label = label
        self.outcome = outcome
        self.reason = reason
        self.determinedAt = determinedAt
        self.site = site
        self.facility = facility
        self.recipient = recipient
        self.repertoire = repertoire
        self.patient = patient
        self.study = study
        self.opinions = opinions
    }
}

/// A party by its id and its name for people.
package struct ReportedParty: Codable, Hashable, Sendable {
    package let id: String
    package let name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// Whose exam it is, as the images say it.
package struct ReportedPatient: Codable, Hashable, Sendable {
    /// Empty when the images name none.
    package let patientID: String
    /// Who gave the id; nil when nobody is named.
    package let issuer: String?
    /// As DICOM writes it: `YAMADA^TARO=山田^太郎`; empty when it is not known.
    package let name: String
    /// `YYYYMMDD`; nil when it is not known.
    package let birthDate: String?
    /// `M`, `F` or `O`; nil when it is not known.
    package let sex: String?

    package init(patientID: String, issuer: String?, name: String, birthDate: String?, sex: String?) {
        self.patientID = patientID
        self.issuer = issuer
        self.name = name
        self.birthDate = birthDate
        self.sex = sex
    }
}

/// The exam, as the images say it.
package struct ReportedStudy: Codable, Hashable, Sendable {
    package let studyInstanceUID: String
    /// nil when it has none.
    package let accessionNumber: String?
    package let studyID: String?
    /// `YYYYMMDD`; nil when it is not known.
    package let date: String?
    /// `hhmmss`, with fractions where they are known.
    package let time: String?
    package let description: String?
    /// A person name.
    package let referringPhysicianName: String?
    package let series: [Series]

    /// What the result was found in.
    package struct Series: Codable, Hashable, Sendable {
        package let seriesInstanceUID: String
        package let modality: String
        package let instances: [Instance]

        package init(seriesInstanceUID: String, modality: String, instances: [Instance]) {
            self.seriesInstanceUID = seriesInstanceUID
            self.modality = modality
            self.instances = instances
        }
    }

    package struct Instance: Codable, Hashable, Sendable {
        package let sopClassUID: String
        package let sopInstanceUID: String

        package init(sopClassUID: String, sopInstanceUID: String) {
            self.sopClassUID = sopClassUID
            self.sopInstanceUID = sopInstanceUID
        }
    }

    package init(
        studyInstanceUID: String, accessionNumber: String?, studyID: String?, date: String?, time: String?,
        description: String?, referringPhysicianName: String?, series: [Series]
    ) {
        self.studyInstanceUID = studyInstanceUID
        self.accessionNumber = accessionNumber
        self.studyID = studyID
        self.date = date
        self.time = time
        self.description = description
        self.referringPhysicianName = referringPhysicianName
        self.series = series
    }
}
