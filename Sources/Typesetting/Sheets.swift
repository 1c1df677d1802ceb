// Sheets owns a PDF while it is written: what is drawn goes to its sink page by page, and nothing of a page that has ended is
// kept but the characters that its fonts need.

internal import CTypesetting
internal import Paper

/// The pages of a file.
final class Sheets {
    private let handle: OpaquePointer
    private let sink: Sink
    private var isClosed = false

    /// What takes the bytes; an error of it is kept for the end.
    private final class Sink {
        let write: ([UInt8]) throws -> Void
        var error: (any Error)?

        init(_ write: @escaping ([UInt8]) throws -> Void) {
            self.write = write
        }

        func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            guard error == nil else { return false }
            do { try write(Array(bytes)) } catch { self.error = error }
            return error == nil
        }
    }

    init(_ document: PaperDocument, creator: String, to write: @escaping ([UInt8]) throws -> Void) {
        sink = Sink(write)
        let opened = filmroom_sheets_open(
            { closure, bytes, count in
                guard let closure else { return 0 }
                let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
                return sink.take(UnsafeBufferPointer(start: bytes, count: Int(count))) ? 1 : 0
            }, Unmanaged.passUnretained(sink).toOpaque(), SheetSize.width, SheetSize.height)
        guard let opened else { preconditionFailure("the sheets are always opened") }
        handle = opened
        filmroom_sheets_describe(
            handle, document.title, document.author, document.subject, creator, document.date)
    }

    deinit { if !isClosed { _ = filmroom_sheets_close(handle) } }

    func draw(_ row: SetRow, at y: Double) {
        for cell in row.cells {
            var y = y
            for line in cell {
                filmroom_sheets_draw(handle, line.text.handle, Int32(line.index), line.x, y, line.text.style.grey)
                y += line.height
            }
        }
    }

    func rule(at y: Double, thickness: Double, grey: Double) {
        filmroom_sheets_rule(handle, SheetSize.left, y, SheetSize.measure, thickness, grey)
    }

    func bookmark(_ title: String, page: Int, at y: Double) {
        filmroom_sheets_bookmark(handle, title, Int32(page), y)
    }

    func turn() { filmroom_sheets_turn(handle) }

    /// Ends the file.
    func close() throws {
        isClosed = true
        let fault = filmroom_sheets_close(handle).map { String(cString: $0) }
        if let error = sink.error { throw error }
        if let fault { throw PaperError.failed(fault) }
    }
}
