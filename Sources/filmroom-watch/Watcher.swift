// Watches folders, and the folders made in them later, through libinotifytools.
//
// Owns the library's static state: there is one watcher in a process, on one thread.
// Events are hints. A missed one costs time and no drop, because the scan of the service is the truth.
// Never opens, reads or changes what it watches; dot names, which the service never looks at, cause no line.

internal import CInotifyTools
internal import Glibc

/// The one watcher of the process.
struct Watcher {
    private let mask = Int32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE)

    init() throws(WatchError) {
        guard inotifytools_initialize() != 0 else { throw .notInitialized(errorNumber: inotifytools_error()) }
    }

    /// Watches a folder and all folders in it.
    func watch(_ path: String) throws(WatchError) {
        guard inotifytools_watch_recursively(path, mask) != 0 else {
            throw .notWatched(path: path, errorNumber: inotifytools_error())
        }
    }

    /// The next event, in the words of the output; nil if none to tell of comes within the time given.
    func next(withinSeconds seconds: Int) throws(WatchError) -> EventLine? {
        guard let event = inotifytools_next_event(seconds) else {
            let number = inotifytools_error()
            if number == 0 || number == EINTR { return nil }
            throw .notRead(errorNumber: number)
        }
        if event.pointee.mask & UInt32(IN_Q_OVERFLOW) != 0 { return EventLine("overflow", path: nil) }
        return line(of: event)
    }

    private func line(of event: UnsafeMutablePointer<inotify_event>) -> EventLine? {
        let name = name(of: event)
        guard let folder = inotifytools_filename_from_wd(event.pointee.wd), let first = name.first,
            first != UInt8(ascii: ".")
        else { return nil }
        let path = bytes(of: folder) + name
        let mask = event.pointee.mask
        let isFolder = mask & UInt32(IN_ISDIR) != 0
        if mask & UInt32(IN_MOVED_FROM) != 0 {
            if isFolder { forget(path) }
            return nil
        }
        if isFolder { watchNew(path) }
        if mask & UInt32(IN_CLOSE_WRITE) != 0 { return EventLine("close_write", path: path) }
        if mask & UInt32(IN_MOVED_TO) != 0 { return EventLine("moved_to", path: path) }
        return isFolder ? EventLine("create_dir", path: path) : nil
    }

    /// Watches a folder that has just come. That it has gone again already is no fault.
    private func watchNew(_ path: [UInt8]) {
        withCString(path) { _ = inotifytools_watch_recursively($0, mask) }
    }

    /// Stops watching a folder that has left: its name may come again for another one.
    private func forget(_ path: [UInt8]) {
        withCString(path + [UInt8(ascii: "/")]) { _ = inotifytools_remove_watch_by_filename($0) }
    }

    private func withCString(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Void) {
        (path + [0]).withUnsafeBytes { raw in
            raw.withMemoryRebound(to: CChar.self) { $0.baseAddress.map(body) }
        }
    }

    /// The name that follows the event's fixed part, up to its first NUL.
    private func name(of event: UnsafeMutablePointer<inotify_event>) -> [UInt8] {
        let start = UnsafeRawPointer(event) + MemoryLayout<inotify_event>.size
        let raw = UnsafeRawBufferPointer(start: start, count: Int(event.pointee.len))
        return Array(raw.prefix { $0 != 0 })
    }

    private func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
}
