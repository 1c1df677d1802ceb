// An exam of a page in another folder's page: its paths begin elsewhere, and its pixel files call themselves otherwise.
//
// Pure.

extension ViewedExam {
    /// The same with paths from the folder above.
    ///
    /// - Parameters:
    ///   - prefix: The exam's folder, ending in `/`.
    ///   - pixelKey: What stands before the names of its pixel files from then on.
    package func moved(to prefix: String, pixelKey: String = "") -> ViewedExam {
        var exam = self
        exam.series = series.map { series in
            ViewedSeries(
                seriesInstanceUID: series.seriesInstanceUID, number: series.number, description: series.description,
                modality: series.modality, bodyPart: series.bodyPart, laterality: series.laterality,
                instances: series.instances.map { $0.moved(to: prefix, pixelKey: pixelKey) })
        }
        return exam
    }
}

extension ViewedInstance {
    fileprivate func moved(to prefix: String, pixelKey: String) -> ViewedInstance {
        var instance = self
        instance.image = image.map { prefix + $0 }
        instance.rendered = rendered.map { prefix + $0 }
        instance.pixels = pixels.map {
            PixelsFile(
                path: prefix + $0.path, key: pixelKey + $0.key, firstFrame: $0.firstFrame, frameCount: $0.frameCount)
        }
        return instance
    }
}

extension ShownReport {
    /// The same with paths from the folder above.
    package func moved(to prefix: String) -> ShownReport {
        var report = self
        report.files = files.map { prefix + $0 }
        return report
    }
}
