// SourceFile owns the reading of one instance out of the file that holds it. Offsets count from the instance's start;
// nothing outside it is ever read.

internal import Files
import Glibc
internal import Pixels

/// An open instance.
struct SourceFile: Sendable {
    private let file: OpenFile
    private let offset: UInt64
    let byteCount: UInt64
    /// Tells this state of the file from another.
    let status: FileStatus

    /// - Throws: `.unavailable` when the file cannot be opened or is shorter than the source says.
    static func open(_ source: PixelSource) throws(PixelsError) -> SourceFile {
        do throws(FilesError) {
            let file = try OpenFile.read(source.path)
            let status = try file.status()
            let size = UInt64(max(status.byteCount, 0))
            let available = size >= source.offset ? size - source.offset : 0
            guard source.byteCount ?? available <= available, source.offset <= size else {
                throw FilesError(operation: "read", path: source.path, code: ENODATA)
            }
            return SourceFile(
                file: file, offset: source.offset, byteCount: source.byteCount ?? available, status: status)
        } catch {
            throw .unavailable(error.description)
        }
    }

    private init(file: OpenFile, offset: UInt64, byteCount: UInt64, status: FileStatus) {
        self.status = status
        self.file = file
        self.offset = offset
        self.byteCount = byteCount
    }

    /// Up to `count` bytes; fewer only at the instance's end.
    func bytes(at position: UInt64, count: Int) throws(PixelsError) -> [UInt8] {
        guard position < byteCount, count > 0 else { return [] }
        let wanted = Int(min(UInt64(count), byteCount - position))
        var failure: FilesError?
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            do throws(FilesError) {
                filled = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: Int64(offset + position))
            } catch {
                failure = error
            }
        }
        if let failure { throw .unavailable(failure.description) }
        return bytes
    }
}
