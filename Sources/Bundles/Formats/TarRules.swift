// tar: its end mark, and the end of the compression around it.

final class TarRules: FormatRules {
    private let tail: TailWatch
    private let trailing: () -> String?

    /// - Parameter trailing: What the compression around it found behind its own end.
    init(tail: TailWatch, trailing: @escaping () -> String?) {
        self.tail = tail
        self.trailing = trailing
    }

    func end(markOffset: Int64, entryCount: Int) throws(BundleError) -> ProperEnd {
        let end = try tail.end(markOffset: markOffset)
        guard end == .ended, let text = trailing() else { return end }
        return .notEnded(text)
    }
}
