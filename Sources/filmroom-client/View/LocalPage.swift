// Makes the viewer's page of one patient's images: their newest study, and the earlier ones beside it.
//
// It appears whole, as pages of the service do. Memory: one frame.

import DICOM
import Files
import Foundation
import Logging
import Pages
import Pipeline
import Pixels
import Spool
import Viewing

struct LocalPage {
    /// Of one patient; at least one.
    let images: [LocalImage]
    let pixels: PixelProcesses
    let progress: Pipeline.Progress

    /// Fills a folder.
    ///
    /// - Returns: How many images could not be rendered.
    func fill(_ folder: OutboundFolder) throws -> Int {
        let pictures = InstancePictures(pixels: pixels, folder: folder)
        var viewed: [String: [(image: LocalImage, viewed: ViewedInstance)]] = [:]
        var unrenderable = 0
        for (index, image) in images.enumerated() {
            let one = try view(image, number: index + 1, pictures)
            if one.unrenderable != nil { unrenderable += 1 }
            viewed[image.studyInstanceUID, default: []].append((image, one))
            progress.advance(Int(image.byteCount))
        }
        let exams = viewed.values.sorted { Self.time($0) > Self.time($1) }.map(Self.exam)
        guard let newest = exams.first, let first = images.first else {
            preconditionFailure("a page is made of at least one image")
        }
        let page = ViewerPage(
            kind: .folder, patient: Self.title(first), exam: newest, priors: Array(exams.dropFirst()))
        for file in try page.files() { try folder.add(file.name, file.bytes) }
        _ = try folder.finish()
        return unrenderable
    }

    private func view(_ image: LocalImage, number: Int, _ pictures: InstancePictures) throws -> ViewedInstance {
        var viewed = InstanceHeader(image.header).viewed(image.sopInstanceUID)
        do throws(PixelsError) {
            _ = try pictures.make(
                of: PixelSource(path: image.path), number: number, key: "i\(number)", header: image.header,
                viewed: &viewed)
        } catch {
            guard case .unrenderable(let reason) = error else { throw ClientFailure.failed(error.description) }
            viewed.unrenderable = reason
        }
        return viewed
    }

    private static func time(_ images: [(image: LocalImage, viewed: ViewedInstance)]) -> String {
        images.map(\.image.studyTime).max() ?? ""
    }

    private static func title(_ image: LocalImage) -> PatientTitle {
        PatientTitle(
            name: image.text(.patientName) ?? "", patientID: image.text(.patientID) ?? "",
            birthDate: image.text(.patientBirthDate).map(date), sex: image.text(.patientSex))
    }

    private static func exam(_ images: [(image: LocalImage, viewed: ViewedInstance)]) -> ViewedExam {
        let first = images[0].image
        var order: [String] = []
        var groups: [String: [(image: LocalImage, viewed: ViewedInstance)]] = [:]
        for one in images {
            let uid = one.image.seriesInstanceUID
            if groups[uid] == nil { order.append(uid) }
            groups[uid, default: []].append(one)
        }
        let series = order.compactMap { groups[$0] }.map(Self.series).sorted {
            ($0.number ?? .max, $0.seriesInstanceUID) < ($1.number ?? .max, $1.seriesInstanceUID)
        }
        return ViewedExam(
            key: first.text(.accessionNumber) ?? first.studyInstanceUID, facility: first.text(.institutionName) ?? "",
            accessionNumber: first.text(.accessionNumber), studyInstanceUID: first.studyInstanceUID,
            studyDate: first.text(.studyDate).map(date), studyDescription: first.text(.studyDescription),
            series: series)
    }

    private static func series(_ images: [(image: LocalImage, viewed: ViewedInstance)]) -> ViewedSeries {
        let first = images[0].image
        return ViewedSeries(
            seriesInstanceUID: first.seriesInstanceUID, number: first.header.integer(.seriesNumber),
            description: first.text(.seriesDescription), modality: first.text(.modality) ?? "",
            bodyPart: first.text(.bodyPartExamined), laterality: first.text(.laterality),
            instances: images.map(\.viewed))
    }

    /// `20261120` as `2026-11-20`; anything else as it is.
    private static func date(_ text: String) -> String {
        guard text.count == 8, text.allSatisfy(\.isNumber) else { return text }
        return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    }
}
