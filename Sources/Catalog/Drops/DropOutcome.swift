// What came of a drop, ready to be committed in one transaction.
//
// Pure values. Series, packs and instances refer to each other by their position in these lists.

package import Files

/// The outcome of a drop.
package struct DropOutcome: Sendable {
    package struct SeriesFacts: Sendable {
        package let patientID: String
        package let issuer: String
        package let patientAttributes: String
        package let examKey: String
        package let studyInstanceUID: String
        package let accessionNumber: String
        package let studyDate: String
        package let studyAttributes: String
        package let seriesInstanceUID: String
        package let modality: String
        package let bodyPart: String
        package let seriesAttributes: String

        package init(
            patientID: String, issuer: String, patientAttributes: String, examKey: String, studyInstanceUID: String,
            accessionNumber: String, studyDate: String, studyAttributes: String, seriesInstanceUID: String,
            modality: String, bodyPart: String, seriesAttributes: String
        ) {
            self.patientID = patientID
            self.issuer = issuer
            self.patientAttributes = patientAttributes
            self.examKey = examKey
            self.studyInstanceUID = studyInstanceUID
            self.accessionNumber = accessionNumber
            self.studyDate = studyDate
            self.studyAttributes = studyAttributes
            self.seriesInstanceUID = seriesInstanceUID
            self.modality = modality
            self.bodyPart = bodyPart
            self.seriesAttributes = seriesAttributes
        }
    }

    package struct PackFacts: Sendable {
        package let series: Int
        package let digest: SHA256Digest
        package let tier: String
        package let byteCount: Int64
        package let memberCount: Int

        package init(series: Int, digest: SHA256Digest, tier: String, byteCount: Int64, memberCount: Int) {
            self.series = series
            self.digest = digest
            self.tier = tier
            self.byteCount = byteCount
            self.memberCount = memberCount
        }
    }

    package struct InstanceFacts: Sendable {
        package let pack: Int
        package let sopInstanceUID: String
        package let offset: Int64
        package let byteCount: Int64
        package let sha256: SHA256Digest
        package let conflict: Bool
        /// JSON object.
        package let attributes: String

        package init(
            pack: Int, sopInstanceUID: String, offset: Int64, byteCount: Int64, sha256: SHA256Digest, conflict: Bool,
            attributes: String
        ) {
            self.pack = pack
            self.sopInstanceUID = sopInstanceUID
            self.offset = offset
            self.byteCount = byteCount
            self.sha256 = sha256
            self.conflict = conflict
            self.attributes = attributes
        }
    }

    /// One line of the receipt's `files`.
    package struct FileFacts: Sendable {
        package enum Instance: Sendable {
            case new(Int)
            case known(Int64)
            case none
        }

        package let path: String
        package let status: FileStatus
        package let reason: String?
        package let instance: Instance
        package let byteCount: Int64?
        package let sha256: SHA256Digest?
        package let sopInstanceUID: String?

        package init(
            path: String, status: FileStatus, reason: String? = nil, instance: Instance = .none,
            byteCount: Int64? = nil, sha256: SHA256Digest? = nil, sopInstanceUID: String? = nil
        ) {
            self.path = path
            self.status = status
            self.reason = reason
            self.instance = instance
            self.byteCount = byteCount
            self.sha256 = sha256
            self.sopInstanceUID = sopInstanceUID
        }
    }

    package enum FileStatus: String, Sendable, CaseIterable {
        case stored, duplicate, conflict, ignored, damaged, refused
    }

    package let sha256: SHA256Digest
    package let byteCount: Int64
    package let attested: Bool
    package let status: String
    package let reason: String?
    /// Whether the source goes to quarantine rather than being removed.
    package let isHeld: Bool
    package let series: [SeriesFacts]
    package let packs: [PackFacts]
    package let instances: [InstanceFacts]
    package let files: [FileFacts]
    /// Whether its sender says that nothing else of its exams comes.
    package let declaresExamsWhole: Bool
    /// The party's generation at the time of the look-ups.
    package let generation: Int64

    package init(
        sha256: SHA256Digest, byteCount: Int64, attested: Bool, status: String, reason: String?, isHeld: Bool,
        series: [SeriesFacts] = [], packs: [PackFacts] = [], instances: [InstanceFacts] = [], files: [FileFacts] = [],
        declaresExamsWhole: Bool = false, generation: Int64 = 0
    ) {
        self.sha256 = sha256
        self.byteCount = byteCount
        self.attested = attested
        self.status = status
        self.reason = reason
        self.isHeld = isHeld
        self.series = series
        self.packs = packs
        self.instances = instances
        self.files = files
        self.declaresExamsWhole = declaresExamsWhole
        self.generation = generation
    }
}
