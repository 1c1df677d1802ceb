// One archive that is being read, and what keeps it alive.

struct Level {
    let unpacker: Unpacker
    /// The archive's own path; nil at the top.
    let container: String?
    let file: SpooledFile?

    /// An entry's path, seen from the bundle.
    func path(of label: String) -> String {
        container.map { $0 + "/" + label } ?? label
    }
}
