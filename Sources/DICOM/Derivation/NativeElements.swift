// NativeElements owns the leaving out of compressed pixel data inside a data set, of icons for example: a file that is
// not compressed has no place for it.

extension DataSet {
    /// The data set without fragments, at any depth. An item that loses its pixel data goes as a whole.
    package func withoutFragments() -> DataSet {
        var made = DataSet()
        for element in elements {
            switch element.value {
            case .bytes: made.insert(element)
            case .fragments: break
            case .items:
                let kept = items(element.tag).filter { !$0.hasFragments }.map { $0.withoutFragments() }
                made.set(element.tag, items: kept)
            }
        }
        return made
    }

    private var hasFragments: Bool {
        elements.contains { if case .fragments = $0.value { true } else { false } }
    }
}
