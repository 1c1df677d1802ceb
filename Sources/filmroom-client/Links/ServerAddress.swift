// Where a service's spool is. Pure.

/// `user@host:/path`, `ssh://user@host:port/path`, or a path of this machine.
struct ServerAddress: Equatable {
    /// With the user, as ssh takes it; nil for a folder of this machine.
    let host: String?
    let port: Int?
    /// Of the folder that holds `incoming/` and `outbound/`; without a slash at its end.
    let path: String

    init(_ text: String) throws(ClientFailure) {
        let (host, port, path) = try Self.parts(of: text)
        // ssh would take it for one of its options.
        guard host?.hasPrefix("-") != true else { throw .failed("--server '\(text)': a host does not begin with -") }
        self.host = host
        self.port = port
        var trimmed = path
        while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
        self.path = trimmed.isEmpty ? "." : trimmed
    }

    private static func parts(of text: String) throws(ClientFailure) -> (String?, Int?, String) {
        let scheme = "ssh://"
        if text.hasPrefix(scheme) {
            let rest = text.dropFirst(scheme.count)
            let slash = rest.firstIndex(of: "/") ?? rest.endIndex
            let authority = rest[..<slash]
            let path = String(rest[slash...])
            guard let colon = authority.lastIndex(of: ":") else { return (String(authority), nil, path) }
            guard let port = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(port) else {
                throw .failed("--server '\(text)': the port is a number from 1 to 65535")
            }
            return (String(authority[..<colon]), port, path)
        }
        // As scp does: a colon before the first slash parts the host from the path.
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else { return (nil, nil, text) }
        let host = String(text[..<colon])
        guard !host.isEmpty else { throw .failed("--server '\(text)': no host before the colon") }
        return (host, nil, String(text[text.index(after: colon)...]))
    }
}
