// What is said while it is measured, on standard error.

import Foundation

enum Progress {
    static func say(_ text: String) {
        FileHandle.standardError.write(Data("filmroom-bench: \(text)\n".utf8))
    }
}
