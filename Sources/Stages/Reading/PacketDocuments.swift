// `exam.json` and `diagnosis-template.json` of a packet.
//
// Pure: the same facts give the same bytes.

internal import Catalog
internal import Configuration
internal import Interchange

struct PacketDocuments {
    let exam: ExamRecord
    let packet: PacketRecord
    let assignment: AssignmentRecord
    let reading: ReadingProtocol

    /// The answers that a read may give.
    static func labels(_ reading: ReadingProtocol) -> [String] {
        reading.labels + reading.technicalRecall.filter { !reading.labels.contains($0) }
    }

    func examJSON(
        _ images: [PlacedImage], priors: [(exam: ExamRecord, images: [PlacedImage])]
    ) throws -> [UInt8] {
        var text = JSONText()
        text.raw("{\"type\":\"exam\",\n")
        text.key("key", first: true)
        text.string(exam.key)
        appendIdentity(exam, to: &text)
        text.key("protocol")
        text.string(reading.id)
        text.key("packetVersion")
        text.number(packet.version)
        text.key("round")
        text.number(assignment.round)
        text.raw(",\n\"labels\":")
        text.strings(Self.labels(reading))
        text.raw(",\n\"series\":")
        try appendSeries(images, to: &text)
        text.raw(",\n\"priors\":[")
        for (index, prior) in priors.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.key("key", first: true)
            text.string(prior.exam.key)
            appendIdentity(prior.exam, to: &text)
            text.key("studyDate")
            text.string(DateText.iso(prior.exam.studyDate))
            text.key("series")
            try appendSeries(prior.images, to: &text)
            text.raw("}")
        }
        text.raw("]}\n")
        return text.take()
    }

    private func appendIdentity(_ exam: ExamRecord, to text: inout JSONText) {
        text.key("facility")
        text.string(exam.facility)
        text.key("accessionNumber")
        text.string(exam.accessionNumber)
        text.key("studyInstanceUID")
        text.string(exam.studyInstanceUID)
        text.key("patientID")
        text.string(exam.patientID)
    }

    private func appendSeries(_ images: [PlacedImage], to text: inout JSONText) throws {
        let groups = Dictionary(grouping: images) { $0.stored.seriesInstanceUID }.sorted { $0.key < $1.key }
        text.raw("[")
        for (index, group) in groups.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.key("seriesInstanceUID", first: true)
            text.string(group.key)
            text.key("modality")
            text.string(try group.value.first.flatMap { try AttributeText($0.stored.seriesAttributes)["modality"] })
            text.key("instances")
            text.raw("[")
            for (place, image) in group.value.enumerated() {
                text.raw(place == 0 ? "{" : ",{")
                append(image, to: &text)
                text.raw("}")
            }
            text.raw("]}")
        }
        text.raw("]")
    }

    private func append(_ image: PlacedImage, to text: inout JSONText) {
        text.key("sopInstanceUID", first: true)
        text.string(image.stored.sopInstanceUID)
        text.key("image")
        text.string(image.image)
        text.key("rendered")
        text.string(image.rendered)
        text.key("frames")
        text.number(image.frames)
        text.key("sha256")
        text.string(image.stored.sha256.hex)
        text.key("unrenderable")
        text.string(image.viewed.unrenderable)
    }

    /// A diagnosis that only lacks its answer.
    func templateJSON() -> [UInt8] {
        var text = JSONText()
        text.raw("{")
        text.key("type", first: true)
        text.string("diagnosis")
        text.key("reader")
        text.string(assignment.reader)
        text.raw(",\n\"exam\":{")
        text.key("facility", first: true)
        text.string(exam.facility)
        if !exam.accessionNumber.isEmpty {
            text.key("accessionNumber")
            text.string(exam.accessionNumber)
        }
        text.key("studyInstanceUID")
        text.string(exam.studyInstanceUID)
        text.raw("},\n\"label\":null,\"confidence\":null,\"findings\":[],\"text\":null,\"readAt\":null")
        text.key("round")
        text.number(assignment.round)
        text.key("packetVersion")
        text.number(packet.version)
        text.key("retracts")
        text.null()
        text.raw("}\n")
        return text.take()
    }
}
