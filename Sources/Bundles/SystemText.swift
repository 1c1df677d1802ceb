// The system's words for an error number.

import Glibc

enum SystemText {
    /// What `strerror` says, with the number.
    static func text(of errno: Int32) -> String {
        guard let text = strerror(errno) else { return "error \(errno)" }
        return "\(String(cString: text)) (\(errno))"
    }
}
