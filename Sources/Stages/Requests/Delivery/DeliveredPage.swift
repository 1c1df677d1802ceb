// The page of a delivered exam.
//
// Pure. Of a de-identified delivery it shows what is no free text and no date, and what stands for names and UIDs.

internal import Access
internal import Catalog
internal import Pages

struct DeliveredPage {
    let exam: ExamRecord
    let request: DeliveryRequest
    let grant: Grant
    /// In their order.
    let images: [MadeImage]
    let reports: [ShownReport]
    let isCertifiedDisplay: Bool

    private var isDeidentified: Bool { grant.range.deidentified }

    func page() throws -> ViewerPage {
        ViewerPage(
            kind: .delivery, patient: try patient(), exam: try viewedExam(), delivery: note,
            isCertifiedDisplay: isCertifiedDisplay)
    }

    /// Sentences for what was left out.
    var leftOut: [String] {
        images.compactMap { image in
            image.leftOut.map { "Image \(image.source.number) (\(image.source.held.modality)): \($0)." }
        }
    }

    private var note: DeliveryNote {
        DeliveryNote(
            request: request.requestID, purpose: grant.purpose, kinds: grant.kinds,
            pixelDensity: grant.range.pixelDensity.description, imageProcessing: grant.range.imageProcessing,
            deidentified: isDeidentified, releasedAt: request.releasedAt, until: request.until, leftOut: leftOut,
            reports: reports)
    }

    private func patient() throws -> PatientTitle {
        if isDeidentified {
            let name = images.lazy.compactMap(\.pseudonym).first ?? ""
            return PatientTitle(name: name, patientID: name)
        }
        let patient = try AttributeText(exam.patientAttributes)
        return PatientTitle(
            name: patient["patientName"] ?? "", patientID: exam.patientID,
            birthDate: patient["patientBirthDate"].map { DateText.iso($0) ?? $0 }, sex: patient["patientSex"])
    }

    private func viewedExam() throws -> ViewedExam {
        let study = try AttributeText(exam.studyAttributes)
        let series = series()
        if isDeidentified {
            let uid = images.first?.names.studyInstanceUID ?? ""
            return ViewedExam(key: request.requestID, facility: "", studyInstanceUID: uid, series: series)
        }
        return ViewedExam(
            key: exam.key, facility: exam.facility,
            accessionNumber: exam.accessionNumber.isEmpty ? nil : exam.accessionNumber,
            studyInstanceUID: exam.studyInstanceUID, studyDate: DateText.iso(exam.studyDate),
            studyDescription: study["studyDescription"] ?? study["requestedProcedureDescription"], series: series)
    }

    private func series() -> [ViewedSeries] {
        var order: [String] = []
        var groups: [String: [MadeImage]] = [:]
        for image in images where image.leftOut == nil {
            let uid = image.names.seriesInstanceUID
            if groups[uid] == nil { order.append(uid) }
            groups[uid, default: []].append(image)
        }
        return order.compactMap { uid in groups[uid].flatMap { series(uid, $0) } }
    }

    private func series(_ uid: String, _ images: [MadeImage]) -> ViewedSeries? {
        guard let attributes = images.first?.source.attributes else { return nil }
        return ViewedSeries(
            seriesInstanceUID: uid, number: attributes.integer("seriesNumber"),
            description: isDeidentified ? nil : attributes["seriesDescription"],
            modality: attributes["modality"] ?? "", bodyPart: attributes["bodyPartExamined"],
            laterality: attributes["laterality"], instances: images.map(\.viewed))
    }
}
