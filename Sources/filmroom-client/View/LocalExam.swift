// One study of a local folder: as it is named, and as a page shows it.
//
// Memory: one frame.

import DICOM
import Files
import Pages
import Pipeline
import Pixels
import Viewing

struct LocalExam {
    /// At least one, all of one study.
    let images: [LocalImage]

    /// The studies of some images.
    static func all(_ images: [LocalImage]) -> [LocalExam] {
        Dictionary(grouping: images, by: \.studyInstanceUID).sorted { $0.key < $1.key }.map {
            LocalExam(images: $0.value)
        }
    }

    /// Text of any kind, so that a newer study sorts later.
    var time: String { images.map(\.studyTime).max() ?? "" }
    /// `YYYY-MM-DD`; nil where the images do not say.
    var day: String? { images[0].text(.studyDate).flatMap { $0.count == 8 ? LocalImage.date($0) : nil } }

    /// Makes its pictures.
    ///
    /// - Parameters:
    ///   - firstNumber: Of its files, which are numbered.
    ///   - pixelKey: What its pixel files call themselves first.
    ///   - key: The exam's; nil for its accession number or study UID.
    func view(
        _ pictures: InstancePictures, firstNumber: Int, pixelKey: String, key: String? = nil,
        progress: Pipeline.Progress
    ) throws -> (exam: ViewedExam, unrenderable: Int) {
        var viewed: [(image: LocalImage, viewed: ViewedInstance)] = []
        for (index, image) in images.enumerated() {
            viewed.append((image, try view(image, firstNumber + index, pixelKey, pictures)))
            progress.advance(Int(image.byteCount))
        }
        return (exam(viewed, key), viewed.count { $0.viewed.unrenderable != nil })
    }

    private func view(
        _ image: LocalImage, _ number: Int, _ key: String, _ pictures: InstancePictures
    ) throws -> ViewedInstance {
        var viewed = InstanceHeader(image.header).viewed(image.sopInstanceUID)
        do throws(PixelsError) {
            _ = try pictures.make(
                of: PixelSource(path: image.path), number: number, key: "\(key)\(number)", header: image.header,
                viewed: &viewed)
        } catch {
            guard case .unrenderable(let reason) = error else { throw ClientFailure.failed(error.description) }
            viewed.unrenderable = reason
        }
        return viewed
    }

    private func exam(_ images: [(image: LocalImage, viewed: ViewedInstance)], _ key: String?) -> ViewedExam {
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
            key: key ?? first.text(.accessionNumber) ?? first.studyInstanceUID,
            facility: first.text(.institutionName) ?? "", accessionNumber: first.text(.accessionNumber),
            studyInstanceUID: first.studyInstanceUID, studyDate: first.text(.studyDate).map(LocalImage.date),
            studyDescription: first.text(.studyDescription), series: series)
    }

    private static func series(_ images: [(image: LocalImage, viewed: ViewedInstance)]) -> ViewedSeries {
        let first = images[0].image
        return ViewedSeries(
            seriesInstanceUID: first.seriesInstanceUID, number: first.header.integer(.seriesNumber),
            description: first.text(.seriesDescription), modality: first.text(.modality) ?? "",
            bodyPart: first.text(.bodyPartExamined), laterality: first.text(.laterality),
            instances: images.map(\.viewed))
    }
}

extension LocalImage {
    /// Of the window and the page's head.
    var patientTitle: PatientTitle {
        PatientTitle(
            name: text(.patientName) ?? "", patientID: text(.patientID) ?? "",
            birthDate: text(.patientBirthDate).map(Self.date), sex: text(.patientSex))
    }

    /// `20261120` as `2026-11-20`; anything else as it is.
    static func date(_ text: String) -> String {
        guard text.count == 8, text.allSatisfy(\.isNumber) else { return text }
        return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    }
}
