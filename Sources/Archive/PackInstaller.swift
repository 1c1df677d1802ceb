// Makes sealed packs durable and gives them their place in the tier.
//
// Order: content fsynced → renamed to its final name → folders fsynced. A pack that is there already under the same
// digest is the same pack (an earlier attempt's), and is replaced. Until the catalogue commits, an installed pack
// that nobody refers to is a leftover that the next attempt at the same drop overwrites.

package import Files

/// Installs packs.
package struct PackInstaller: Sendable {
    package let tier: Tier

    package init(tier: Tier) {
        self.tier = tier
    }

    /// - Parameters:
    ///   - packs: All packs of one drop.
    ///   - stamp: Becomes the packs' modification time, which `rebuild` reads back.
    package func install(_ packs: [SealedPack], from staging: OpenDirectory, stamp: PackStamp) throws(ArchiveError) {
        try tier.requireMounted()
        for pack in packs {
            try ArchiveError.wrap { () throws(FilesError) in
                let file = try OpenFile.update(staging.path(of: pack.stagingName))
                try file.setModified(stamp.receivedAt, nanoseconds: stamp.nanoseconds)
                try file.synchronize()
            }
        }
        var touched = TouchedFolders(root: try open(tier.path))
        for pack in packs {
            try place(pack.stagingName, from: staging, at: PackLocation(pack), form: .plain, &touched)
        }
        try ArchiveError.wrap { () throws(FilesError) in try touched.synchronize() }
    }

    /// Gives one pack that is durable its place, in the tier's form.
    func install(_ name: FileName, from staging: OpenDirectory, at location: PackLocation) throws(ArchiveError) {
        try tier.requireMounted()
        var touched = TouchedFolders(root: try open(tier.path))
        try place(name, from: staging, at: location, form: tier.form, &touched)
        try ArchiveError.wrap { () throws(FilesError) in try touched.synchronize() }
    }

    private func place(
        _ name: FileName, from staging: OpenDirectory, at location: PackLocation, form: PackForm,
        _ touched: inout TouchedFolders
    ) throws(ArchiveError) {
        try ArchiveError.wrap { () throws(FilesError) in
            let folder = try touched.folder(location.folders)
            try staging.rename(name, to: folder, as: FileName(location.fileName(form)))
        }
    }

    private func open(_ path: String) throws(ArchiveError) -> OpenDirectory {
        try ArchiveError.wrap { () throws(FilesError) in try OpenDirectory.open(followingLinks: path) }
    }
}
