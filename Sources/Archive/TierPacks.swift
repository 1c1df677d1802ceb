// Single packs of a tier: found in whatever form they are kept, judged, and removed.

internal import Files

extension Tier {
    /// The file of a pack; nil when it is not here.
    package func path(of location: PackLocation) -> String? {
        let forms = [form] + PackForm.allCases.filter { $0 != form }
        return forms.map { path + "/" + location.path($0) }.first { Paths.exists($0) }
    }

    /// Opens a pack.
    ///
    /// - Returns: nil when it is not here.
    /// - Throws: `.tierNotMounted`, `.damagedPack`.
    package func reader(of location: PackLocation) throws(ArchiveError) -> PackReader? {
        try requireMounted()
        guard let path = path(of: location) else { return nil }
        do throws(ArchiveError) { return try PackReader(path: path) } catch {
            guard case .system(let system) = error, system.isAbsent else { throw error }
            return nil
        }
    }

    /// Reads a pack to its end and compares every byte.
    ///
    /// - Returns: Why it is no sound copy; nil when it is one.
    package func fault(of location: PackLocation) throws(ArchiveError) -> String? {
        let found: PackReader?
        do throws(ArchiveError) { found = try reader(of: location) } catch {
            guard case .damagedPack(_, let reason) = error else { throw error }
            return reason
        }
        guard let reader = found else { return "it is not there" }
        return try PackVerification.verify(reader, digest: location.digest).findings.first.map { finding in
            (finding.member.map { "\($0): " } ?? "") + finding.reason
        }
    }

    /// Removes a pack, in every form, for good.
    ///
    /// The caller has made sure that another tier has a verified copy, and that the catalogue says so.
    package func remove(_ location: PackLocation) throws(ArchiveError) {
        try requireMounted()
        let folder = location.folders.reduce(path) { $0 + "/" + $1 }
        guard Paths.exists(folder) else { return }
        try ArchiveError.wrap { () throws(FilesError) in
            let directory = try OpenDirectory.open(followingLinks: folder)
            for form in PackForm.allCases { try directory.removeFile(FileName(location.fileName(form))) }
            try directory.synchronize()
        }
    }
}
