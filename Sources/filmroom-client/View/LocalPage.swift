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
        var exams: [ViewedExam] = []
        var count = 0
        var unrenderable = 0
        for exam in LocalExam.all(images).sorted(by: { $0.time > $1.time }) {
            let viewed = try exam.view(pictures, firstNumber: count + 1, pixelKey: "i", progress: progress)
            count += exam.images.count
            unrenderable += viewed.unrenderable
            exams.append(viewed.exam)
        }
        guard let newest = exams.first, let first = images.first else {
            preconditionFailure("a page is made of at least one image")
        }
        let page = ViewerPage(
            kind: .folder, patient: first.patientTitle, exam: newest, priors: Array(exams.dropFirst()))
        for file in try page.files() { try folder.add(file.name, file.bytes) }
        _ = try folder.finish()
        return unrenderable
    }
}
