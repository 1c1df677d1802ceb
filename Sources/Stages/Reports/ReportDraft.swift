// The reports of a drop before they are judged: read from its files, each with its attachment.
//
// Pure. A file that is no report and that none names is passed over; one that should be a report and is none is damaged.

internal import Archive
internal import Catalog
internal import Files
internal import Interchange
internal import Radiology

/// A report as it was read.
struct ReportDraft {
    /// The file that it was read from.
    let path: String
    private(set) var report: Report
    let form: String
    let files: [ReportPack.Member]
    let attachments: [ReportAttachment]
    /// SOP Instance UIDs of the documents that a DICOM file says it takes the place of.
    var predecessors: [String] = []

    /// The same in the place of an earlier report.
    func inPlace(of earlier: ReportFacts) -> ReportDraft {
        var draft = self
        draft.report = report.inPlace(of: earlier.digest.hex, earlier.status)
        return draft
    }
}

/// All reports of a drop.
struct ReportDrafts {
    /// In the order of their files; a failure is one that cannot be taken, and why.
    private(set) var items: [(path: String, result: Result<ReportDraft, ItemError>)] = []
    /// Files that are damaged: path and reason.
    private(set) var damaged: [(path: String, reason: String)] = []
    /// Attachments that were used, and which file named each.
    private(set) var attached: [String: String] = [:]
    /// Files that belong to nothing: path and reason.
    private(set) var ignored: [(path: String, reason: String)] = []
    /// JSON files that may be cut off, with the reason.
    private(set) var cut: [(path: String, reason: String)] = []

    init(_ read: ReportFiles) {
        let byPath = Dictionary(read.files.map { ($0.path, $0.bytes) }) { first, _ in first }
        var others: [(path: String, reason: String)] = []
        for file in read.files {
            switch ReportForm.detect(name: file.path, bytes: file.bytes) {
            case .json: readJSON(file, among: byPath, isSingle: read.isSingle)
            case .dicom: readDICOM(file)
            case .document: others.append((file.path, "no report names it as its attachment"))
            case .other(let kind): others.append((file.path, "no report names it, and it is \(kind)"))
            }
        }
        ignored = others.filter { attached[$0.path] == nil }
        if read.isSingle, items.isEmpty, damaged.isEmpty, let only = ignored.first {
            ignored = []
            let kind = only.reason.split(separator: "it is ").last.map(String.init) ?? "a document"
            damaged = [
                (
                    only.path,
                    "the file is \(kind) and no report; right are JSON, an archive of JSON with the files that it names,"
                        + " DICOM SR, or a PDF in a DICOM envelope"
                )
            ]
        }
    }

    private mutating func readJSON(_ file: ReportFiles.File, among files: [String: [UInt8]], isSingle: Bool) {
        do throws(ItemError) {
            for item in try JSONItems.reports(file.bytes) {
                switch item {
                case .failure(let error): items.append((file.path, .failure(error)))
                case .success(let report):
                    let result = Result { () throws(ItemError) in
                        try draft(report, of: file.path, among: files, isSingle: isSingle)
                    }
                    items.append((file.path, result))
                }
            }
        } catch {
            damaged.append((file.path, error.description))
            if DocumentEnd.mayBeMissing(file.bytes) { cut.append((file.path, error.description)) }
        }
    }

    private mutating func draft(
        _ report: Report, of path: String, among files: [String: [UInt8]], isSingle: Bool
    ) throws(ItemError) -> ReportDraft {
        guard let name = report.attachment else {
            return ReportDraft(path: path, report: report, form: "json", files: [], attachments: [])
        }
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let place = ItemPlace(field: "/attachment")
        let candidates = [folder.isEmpty ? name : folder + "/" + name, name]
        guard let found = candidates.first(where: { files[$0] != nil }), let bytes = files[found] else {
            throw ItemError(
                place: place,
                text: isSingle
                    ? "'\(name)' is not here: drop a folder or an archive that holds the report and the file"
                    : "'\(name)' is not in the drop")
        }
        guard case .document(let mediaType) = ReportForm.detect(name: name, bytes: bytes) else {
            guard case .other(let kind) = ReportForm.detect(name: name, bytes: bytes) else {
                throw ItemError(place: place, text: "'\(name)' must be a PDF or text in UTF-8, and is a report itself")
            }
            throw ItemError(place: place, text: "'\(name)' must be a PDF or text in UTF-8, and is \(kind)")
        }
        attached[found] = path
        let member = ReportPack.Member(name: Self.plainName(name, mediaType), bytes: bytes)
        return ReportDraft(
            path: path, report: report, form: "json", files: [member],
            attachments: [Self.attachment(member, mediaType)])
    }

    private mutating func readDICOM(_ file: ReportFiles.File) {
        do throws(ItemError) {
            let read = try DICOMReport(file.bytes)
            var members: [ReportPack.Member] = []
            var attachments: [ReportAttachment] = []
            if let document = read.document {
                members.append(ReportPack.Member(name: "report.pdf", bytes: document))
                attachments.append(Self.attachment(members[0], "application/pdf"))
            }
            let original = ReportPack.Member(name: "report.dcm", bytes: file.bytes)
            members.append(original)
            attachments.append(Self.attachment(original, "application/dicom"))
            items.append(
                (
                    file.path,
                    .success(
                        ReportDraft(
                            path: file.path, report: read.report, form: read.form, files: members,
                            attachments: attachments, predecessors: read.predecessors))
                ))
        } catch {
            damaged.append((file.path, error.description))
        }
    }

    private static func attachment(_ member: ReportPack.Member, _ mediaType: String) -> ReportAttachment {
        ReportAttachment(
            name: member.name, mediaType: mediaType, byteCount: Int64(member.bytes.count),
            sha256: SHA256.digest(of: member.bytes).hex)
    }

    /// The attachment's own name as far as it is plain; in the tar and in deliveries it must be no other's.
    private static func plainName(_ path: String, _ mediaType: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        let isPlain = last.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "._-".utf8.contains(byte)
        }
        if isPlain, !last.hasPrefix("."), last.utf8.count <= 80, last != ReportPack.documentName,
            last != ReportPack.dropName, last.contains(".")
        {
            return last
        }
        return mediaType == "application/pdf" ? "attachment.pdf" : "attachment.txt"
    }
}
