// Hostile archives: each ends within its limits with a reason, and costs nothing beyond its own entry
// where the rest can still be read.

import Bundles
import Testing

/// What one hostile archive comes to.
struct EvilCase: Sendable, CustomTestStringConvertible {
    let file: String
    /// Entries that are delivered whole all the same.
    let files: Int
    /// Words that the transcript must hold.
    let says: String

    var testDescription: String { file }

    init(_ file: String, _ files: Int, _ says: String) {
        self.file = file
        self.files = files
        self.says = says
    }

    static let all = [
        EvilCase("gz_multi_member.gz", 0, "byte 0: its first bytes are no tar header"),
        EvilCase("gz_nested.gz", 0, "byte 0: its first bytes are no tar header"),
        EvilCase("tar_absolute.tar", 0, "the path is absolute"),
        EvilCase("tar_bad_checksum.tar", 1, "error the archive is damaged at byte 1024: Damaged tar archive"),
        EvilCase("tar_bomb.tar.bz2", 0, "error over the limit 'ratio'"),
        EvilCase("tar_bomb.tar.gz", 0, "error over the limit 'ratio'"),
        EvilCase("tar_bomb.tar.xz", 0, "error over the limit 'ratio'"),
        EvilCase("tar_devices.tar", 1, "refused sda: a device\nrefused fifo: a named pipe"),
        EvilCase("tar_duplicates.tar", 3, "file ./IMG1.dcm again 13"),
        EvilCase("tar_file_then_dir.tar", 2, "folder a/ again"),
        EvilCase("tar_hardlink_absolute.tar", 0, "a link (to '/etc/passwd')"),
        EvilCase("tar_hardlink_overwrite.tar", 1, "refused h: a link (to '../evil_escape_a_t8')"),
        EvilCase("tar_long_name_gnu.tar", 0, "the path has 5000 bytes, at most 4096 are allowed"),
        EvilCase("tar_modes.tar", 3, "end ended"),
        EvilCase("tar_no_end.tar", 1, "the tar has no end mark"),
        EvilCase("tar_pax_bad_record.tar", 0, "Ignoring malformed pax extended attribute"),
        EvilCase("tar_pax_huge_header.tar", 1, "end ended"),
        EvilCase("tar_pax_path_override.tar", 0, "climbs out of its folder"),
        EvilCase("tar_size_base256_huge.tar", 0, "error the archive is damaged at byte 512: Tar entry size overflow"),
        EvilCase("tar_size_negative.tar", 0, "Tar entry has negative size"),
        EvilCase("tar_sparse_gnu.tar", 0, "error over the limit"),
        EvilCase("tar_sparse_pax.tar", 0, "Unrecognized GNU sparse file format"),
        EvilCase("tar_symlink_absolute.tar", 0, "a link (to '/etc/passwd')"),
        EvilCase("tar_symlink_chain.tar", 1, "refused a/b: a link (to '..')"),
        EvilCase("tar_symlink_loop.tar", 1, "refused y: a link (to 'x')"),
        EvilCase("tar_symlink_write_through.tar", 1, "refused d: a link (to '/tmp')"),
        EvilCase("tar_traversal.tar", 1, "refused a/../../evil_escape_a_t2: the path climbs out"),
        EvilCase("tar_truncated.tar", 1, "error the archive is cut off"),
        EvilCase("tar_ustar_prefix_traversal.tar", 0, "climbs out of its folder"),
        EvilCase("tar_weird_names.tar", 14, "file a%0Ab.dcm 10"),
        EvilCase("zip_bad_crc.zip", 0, "damaged IMG1.dcm: ZIP bad CRC"),
        EvilCase("zip_bomb_flat.zip", 0, "error over the limit 'ratio'"),
        EvilCase("zip_bomb_nested.zip", 0, "refused 9.zip/9.zip: an archive inside an archive, deeper than 1"),
        EvilCase("zip_bomb_overlap.zip", 0, "200 entries share the same bytes"),
        EvilCase("zip_bomb_size_lie.zip", 0, "has more than the 1024 bytes that its header declares"),
        EvilCase("zip_concatenated.zip", 0, "two zips in one file"),
        EvilCase("zip_deep_dirs.zip", 0, "the path has 1501 components, at most 256 are allowed"),
        EvilCase("zip_duplicate_entries.zip", 3, "file IMG1.dcm again 11"),
        EvilCase("zip_empty.zip", 0, "end ended"),
        EvilCase("zip_encrypted_aes_flag.zip", 0, "refused IMG1.dcm: encrypted"),
        EvilCase("zip_encrypted_zipcrypto.zip", 0, "refused IMG1.dcm: encrypted"),
        EvilCase("zip_entry_count_lie.zip", 0, "end record counts 65535 entries, its directory has 2"),
        EvilCase("zip_fake_eocd_in_comment.zip", 0, "can be read in two ways"),
        EvilCase("zip_file_and_dir_clash.zip", 2, "end ended"),
        EvilCase("zip_local_central_differ.zip", 0, "its name differs between the directory and its own header"),
        EvilCase("zip_name_empty.zip", 0, "the name is empty"),
        EvilCase("zip_name_long.zip", 1, "end ended"),
        EvilCase("zip_name_not_utf8.zip", 2, "file ü.dcm 10"),
        EvilCase("zip_name_nul.zip", 0, "refused safe.dcm%00../../evil_escape_a: the name holds a NUL byte"),
        EvilCase("zip_odd_names.zip", 20, "file a%1B[31mred.dcm 11"),
        EvilCase("zip_prefixed_junk.zip", 0, "is no archive that is read here"),
        EvilCase("zip_size_4g_header.zip", 0, "its bytes run into what follows it"),
        EvilCase("zip_special_modes.zip", 1, "refused fifo: a named pipe\nrefused chr: a device"),
        EvilCase("zip_symlink_absolute.zip", 0, "a link (to '/etc/passwd')"),
        EvilCase("zip_symlink_write_through.zip", 1, "refused d: a link (to '/tmp')"),
        EvilCase("zip_traversal_01.zip", 1, "climbs out"),
        EvilCase("zip_traversal_02.zip", 1, "climbs out"),
        EvilCase("zip_traversal_03.zip", 1, "climbs out"),
        EvilCase("zip_traversal_04.zip", 1, "the path is absolute"),
        EvilCase("zip_traversal_05.zip", 1, "climbs out"),
        EvilCase("zip_traversal_06.zip", 1, "the path is absolute"),
        EvilCase("zip_traversal_07.zip", 1, "the path is absolute"),
        EvilCase("zip_traversal_08.zip", 2, "file %2e%2e%2f%2e%2e%2fevil_escape_a_8 10"),
        EvilCase("zip_truncated.zip", 0, "error the archive is cut off at byte 277: the zip has no end record"),
        EvilCase("zip_unknown_method.zip", 0, "refused IMG1.dcm: packed by a method that is not read here: 14 (LZMA)"),
        EvilCase("zip_zero_bytes.zip", 0, "is no archive that is read here"),
    ]
}

struct EvilArchiveTests {
    @Test(arguments: EvilCase.all)
    func endsWithAReason(_ evil: EvilCase) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let transcript = try Transcript.of(fixture: "evil/" + evil.file)
        #expect(clock.now - start < .seconds(10))
        #expect(transcript.text.contains(evil.says), "\(transcript.text.prefix(2000))")
        #expect(transcript.fileCount == evil.files, "\(transcript.text.prefix(2000))")
    }

    @Test func everyArchiveHasItsCase() throws {
        #expect(try Fixture.names(in: "evil") == EvilCase.all.map(\.file).sorted())
    }

    @Test(arguments: EvilCase.all.filter { $0.file.hasPrefix("tar") })
    func aStreamOfSmallChunksSaysTheSame(_ evil: EvilCase) throws {
        let whole = try Transcript.of(fixture: "evil/" + evil.file)
        let stream = try Transcript.of(fixture: "evil/" + evil.file, chunkByteCount: 777)
        if whole.text.contains("over the limit") {
            #expect(stream.text.contains("over the limit"))
        } else {
            #expect(stream.lines == whole.lines)
        }
    }

    @Test func entriesAreCounted() throws {
        let two = BundleLimits(bytes: 1000, entries: 2, ratio: 200, depth: 1, pathLength: 100)
        let zip = try Transcript.of(fixture: "evil/zip_duplicate_entries.zip", limits: two)
        #expect(zip.lines == ["error over the limit 'entries': 3 entries in a directory, at most 2 are allowed"])
        let tar = try Transcript.of(fixture: "evil/tar_duplicates.tar", limits: two)
        #expect(tar.fileCount == 2)
        #expect(tar.last == "error over the limit 'entries': more than 2 entries")
    }
}
