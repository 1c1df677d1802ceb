// The forms in which a case is dropped.

/// A form of drop.
enum DropForm: String, CaseIterable {
    case folder
    case tar
    case zip
    case compressedTar = "tar.zst"

    /// What is added to the case's name.
    var ending: String { self == .folder ? "" : "." + rawValue }
}
