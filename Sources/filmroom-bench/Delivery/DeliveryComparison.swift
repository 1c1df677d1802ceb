// Deliveries and plain code of one case, in turns, so that whatever else the machine does meets all.
//
// What was written stays until the end of the case: ext4 makes files slowly for minutes after many were removed.

import Catalog
import Files
import Glibc
import Pipeline
import Stages

struct DeliveryComparison {
    /// What the site is filled with, and the same images as files.
    let drop: CorpusDrop
    let files: CorpusDrop
    let workFolder: String
    let repetitions: Int

    private var root: String { workFolder + "/site" }

    private static let purposes = """
        purposes:
          - {id: full, range: {kinds: all, pixelDensity: 1.0, imageProcessing: true}}
          - {id: half, range: {kinds: all, pixelDensity: 0.5, imageProcessing: true}}

        """

    func figures() throws(BenchError) -> DeliveryFigures {
        try fill()
        let byteCount = files.files.reduce(0) { $0 + $1.byteCount }
        var rows: [(plain: Double, one: Double, full: Double, same: Double, half: Double)] = []
        var last: Delivered?
        for number in 1...repetitions {
            let plain = try plain()
            let one = try onOneThread(files.files.map(\.path), as: "images-\(number)")
            let full = try deliver("full", number)
            let same = try onOneThread(full.paths, as: "delivered-\(number)")
            let half = try deliver("half", number)
            rows.append((plain, one, full.seconds, same, half.seconds))
            last = full
            Progress.say("\(drop.kind.rawValue), \(number) of \(repetitions)")
        }
        try BenchError.wrap {
            for name in ["site", "copies"] { try OpenDirectory.open(workFolder).removeTree(FileName(name)) }
        }
        return DeliveryFigures(
            name: drop.kind.rawValue, byteCount: byteCount, plainSeconds: Statistics.median(rows.map(\.plain)),
            oneThreadSeconds: Statistics.median(rows.map(\.one)), fullSeconds: Statistics.median(rows.map(\.full)),
            sameBytesSeconds: Statistics.median(rows.map(\.same)), halfSeconds: Statistics.median(rows.map(\.half)),
            fullByteCount: last?.byteCount ?? 0,
            peakByteCount: last?.peakByteCount ?? 0)
    }

    private func fill() throws(BenchError) {
        let site = try BenchSite(root: root)
        let purposes = Self.purposes
        try BenchError.wrap {
            try Paths.write(Array(purposes.utf8), to: root + "/pipelines/purposes.yaml")
            let path = root + "/pipelines/parties.yaml"
            let text = String(decoding: try Paths.read(path), as: UTF8.self)
            try Paths.write(Array(Self.withoutPurposes(text).utf8), to: path)
        }
        try site.place(drop, facilities: 1)
        let usage = try ChildProcess.start(
            ChildProcess.ownPath, [IngestOnceCommand.name, "--root", root, "--account", workFolder + "/account.json"]
        ).wait()
        guard usage.exitCode == 0 else { throw .programFailed("the ingest", exitCode: usage.exitCode) }
    }

    /// The default parties, who then have the purposes of the measurement.
    private static func withoutPurposes(_ text: String) -> String {
        text.replacing("[treatment, teaching]", with: "[full, half]").replacing(
            "defaultPurpose: treatment", with: "defaultPurpose: full")
    }

    private func plain() throws(BenchError) -> Double {
        sync()
        let plan = try LimitPlan(files, copies: 1, isSplit: false)
        return try PhysicalLimit(plan: plan, folder: workFolder + "/plain").run().seconds
    }

    /// Each file read, hashed, written and made durable before the next.
    private func onOneThread(_ paths: [String], as name: String) throws(BenchError) -> Double {
        sync()
        let folder = "\(workFolder)/copies/\(name)"
        try BenchError.wrap { try Paths.makeDirectories(folder) }
        let start = SiteClock.monotonicNanoseconds
        let buffer = CopyBuffer()
        let hash = SHA256()
        try BenchError.wrap {
            for (number, path) in paths.enumerated() {
                let target = try OpenFile.create("\(folder)/\(number)")
                let source = try OpenFile.read(path)
                let byteCount = Int(try source.status().byteCount)
                try buffer.forEachPiece(of: source, at: 0, count: byteCount) { bytes, offset in
                    hash.update(bytes)
                    try target.write(bytes, at: Int64(offset))
                }
                _ = hash.finish()
                try target.synchronize()
            }
        }
        let end = SiteClock.monotonicNanoseconds
        return Double(end - start) / 1e9
    }

    /// Asks for every exam, as a facility does, and works the site off.
    private func deliver(_ purpose: String, _ number: Int) throws(BenchError) -> Delivered {
        let prefix = "\(purpose)-\(number)"
        let party = try ask(purpose, prefix)
        sync()
        let account = workFolder + "/account.json"
        let start = SiteClock.monotonicNanoseconds
        let usage = try ChildProcess.start(
            ChildProcess.ownPath, [IngestOnceCommand.name, "--root", root, "--account", account]
        ).wait()
        let seconds = Double(SiteClock.monotonicNanoseconds - start) / 1e9
        guard usage.exitCode == 0 else { throw .programFailed("the delivery", exitCode: usage.exitCode) }
        let made = try DeliveredFiles(
            folder: root + "/spool/outbound/\(party)/deliveries", prefix: prefix, imageEnding: ".dcm")
        guard made.imageCount == files.files.count else {
            throw .wrongResult("\(made.imageCount) of \(files.files.count) images were delivered")
        }
        return Delivered(
            seconds: seconds, paths: made.paths, byteCount: made.byteCount,
            peakByteCount: try IngestAccount.read(account).peakByteCount)
    }

    /// - Returns: The party that asks.
    private func ask(_ purpose: String, _ prefix: String) throws(BenchError) -> String {
        let site = try BenchSite.open(root)
        let party = site.configuration.facilities.first?.id ?? ""
        try BenchError.wrap {
            var requests: [String] = []
            try site.catalog.forEachExam(ExamSearch()) { exam in
                requests.append(
                    """
                    {"type": "request", "id": "\(prefix).\(requests.count)", "purpose": "\(purpose)",
                     "exam": {"studyInstanceUID": "\(exam.studyInstanceUID)"}}
                    """)
            }
            try site.catalog.close()
            let text = Array("[\(requests.joined(separator: ",\n"))]\n".utf8)
            let path = root + "/spool/incoming/\(party)/requests/\(prefix).json"
            try Paths.write(text, to: path)
            var attestation = Attestation()
            attestation.add(path: "\(prefix).json", digest: SHA256.digest(of: text))
            try attestation.write(to: path + Attestation.ending)
        }
        return party
    }

    private struct Delivered {
        let seconds: Double
        /// Of all files of the deliveries.
        let paths: [String]
        /// Of all files of the deliveries.
        let byteCount: Int64
        let peakByteCount: Int64
    }
}
