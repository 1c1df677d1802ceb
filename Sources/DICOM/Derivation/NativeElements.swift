// NativeElements owns what of a data set can stand in a file that somebody else's pixels are written to: no private
// elements, since nobody knows what they say of the old pixels; no compressed pixel data, of icons for example.

extension DataSet {
    /// The data set without private elements and fragments, at any depth. An item that loses its pixel data goes.
    package func derivable() -> DataSet {
        var made = DataSet()
        for element in elements where !element.tag.isPrivate {
            switch element.value {
            case .bytes: made.insert(element)
            case .fragments: break
            case .items:
                let kept = items(element.tag).filter { !$0.hasFragments }.map { $0.derivable() }
                made.set(element.tag, items: kept)
            }
        }
        return made
    }

    private var hasFragments: Bool {
        elements.contains { if case .fragments = $0.value { true } else { false } }
    }
}
