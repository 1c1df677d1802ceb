// filmroom-watch DIR...: one line on standard output for each event in these folders and the folders in them.
//
// Owns the life of the process: it ends with 0 when standard input ends (its parent is gone) or nobody reads its output,
// and with 1, saying why on standard error, when it cannot watch. It is a program of its own because the library is GPL.

internal import Glibc

/// How long the end of standard input may stay unseen.
let stdinCheckSeconds = 1

/// True when standard input has ended.
func standardInputHasEnded() -> Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, 0) > 0 else { return false }
    var scrap = [UInt8](repeating: 0, count: 64)
    return read(STDIN_FILENO, &scrap, scrap.count) <= 0
}

/// Writes all of the line. Returns false when nobody reads any more.
func write(_ line: EventLine, to descriptor: Int32) -> Bool {
    var rest = line.bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
    }
    return true
}

/// Watches until standard input ends or nobody reads the lines.
func run(_ paths: [String]) throws(WatchError) {
    let watcher = try Watcher()
    for path in paths {
        try watcher.watch(path)
        guard write(EventLine("watching", path: Array(path.utf8)), to: STDOUT_FILENO) else { return }
    }
    while !standardInputHasEnded() {
        guard let line = try watcher.next(withinSeconds: stdinCheckSeconds) else { continue }
        guard write(line, to: STDOUT_FILENO) else { return }
    }
}

signal(SIGPIPE, SIG_IGN)
let paths = Array(CommandLine.arguments.dropFirst())
guard !paths.isEmpty, !paths.contains(where: { $0.hasPrefix("-") }) else {
    _ = write(EventLine("usage: filmroom-watch DIR...", path: nil), to: STDERR_FILENO)
    exit(64)
}
do {
    try run(paths)
} catch {
    _ = write(EventLine("filmroom-watch", path: Array("\(error)".utf8)), to: STDERR_FILENO)
    exit(1)
}
