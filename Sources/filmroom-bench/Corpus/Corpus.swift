// The corpus: the cases' folders, and archives made of them, each with its attestation.
//
// Invariants: a drop is complete when its attestation is there, which is written last; what is there is used again.
// The folder of a case is the source of its archives.

import Files
import Foundation

/// Drops to measure with, below one folder.
struct Corpus {
    let folder: String
    /// The share of each case's files that is made.
    let scale: Double

    /// Changes when what is made does, so that older files are not used again.
    private static let version = "2"

    init(folder: String, scale: Double) throws(BenchError) {
        self.folder = folder + "/corpus-" + Self.version
        self.scale = scale
        let path = self.folder
        try BenchError.wrap { try Paths.makeDirectories(path) }
    }

    /// A case in a form, made where it is missing.
    func drop(_ kind: CorpusCase, _ form: DropForm) throws(BenchError) -> CorpusDrop {
        let count = max(1, Int(Double(kind.fullFileCount) * scale))
        let name = "\(kind.rawValue)-\(count)"
        let base = "\(folder)/\(name)"
        if !Paths.exists(base + Attestation.ending) { try makeFolder(kind, count: count, at: base) }
        let drop = CorpusDrop(
            kind: kind, form: form, name: name + form.ending, path: base + form.ending,
            files: try files(kind, count: count, below: base))
        if !Paths.exists(drop.attestationPath) { try makeArchive(drop, of: base) }
        return drop
    }

    private func makeFolder(_ kind: CorpusCase, count: Int, at path: String) throws(BenchError) {
        Progress.say("making \(count) images in \(path)")
        let maker = ImageMaker(kind: kind)
        for series in 0...maker.series(of: count - 1) {
            try BenchError.wrap { try Paths.makeDirectories("\(path)/\(Self.seriesName(series))") }
        }
        try ParallelLoop.run(count: count, state: {}) { (_, number) throws(BenchError) in
            let bytes = try maker.file(number)
            let target = "\(path)/\(Self.fileName(number, in: maker))"
            try BenchError.wrap { try OpenFile.create(target).write(bytes) }
        }
        let buffer = CopyBuffer()
        var attestation = Attestation()
        for number in 0..<count {
            let name = Self.fileName(number, in: maker)
            attestation.add(path: name, digest: try buffer.digest(of: "\(path)/\(name)"))
        }
        try attestation.write(to: path + Attestation.ending)
    }

    private func files(_ kind: CorpusCase, count: Int, below path: String) throws(BenchError) -> [CorpusFile] {
        let maker = ImageMaker(kind: kind)
        var files: [CorpusFile] = []
        for number in 0..<count {
            let name = Self.fileName(number, in: maker)
            guard let status = Paths.status("\(path)/\(name)") else {
                throw .failed("\(path)/\(name) is missing: remove \(folder), so that it is made anew")
            }
            files.append(
                CorpusFile(
                    name: name, path: "\(path)/\(name)", byteCount: status.byteCount, series: maker.series(of: number)))
        }
        return files
    }

    private func makeArchive(_ drop: CorpusDrop, of folder: String) throws(BenchError) {
        Progress.say("making \(drop.path)")
        switch drop.form {
        case .folder: preconditionFailure("the folder is made before the archives")
        case .tar: try makeTar(drop)
        case .zip: try ChildProcess.run("zip", ["-q", "-r", "-1", drop.path, "."], in: folder)
        case .compressedTar:
            let tar = try self.drop(drop.kind, .tar)
            try ChildProcess.run("zstd", ["-q", "-f", "-1", "-T0", tar.path, "-o", drop.path], in: self.folder)
        }
        var attestation = Attestation()
        attestation.add(path: drop.name, digest: try CopyBuffer().digest(of: drop.path))
        try attestation.write(to: drop.attestationPath)
    }

    private func makeTar(_ drop: CorpusDrop) throws(BenchError) {
        let tar = try TarWriter(path: drop.path)
        for file in drop.files { try tar.append(file.name, from: file.path, byteCount: file.byteCount) }
        try tar.finish()
    }

    private static func seriesName(_ series: Int) -> String { "S\(series + 1)" }

    private static func fileName(_ number: Int, in maker: ImageMaker) -> String {
        "\(seriesName(maker.series(of: number)))/I\(number + 1).dcm"
    }
}
