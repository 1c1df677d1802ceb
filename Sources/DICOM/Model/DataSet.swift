// DataSet owns the elements of a data set or item in memory, in ascending order of tags, each tag once.
// A value of its own: items are data sets again. It never holds group lengths, which PS3.5 section 7.2 retires.

/// A data set.
package struct DataSet: Hashable, Sendable {
    /// In ascending order of tags.
    package private(set) var elements: [DataElement] = []
    /// The character set of the data set around this one, in force where this has none (PS3.5 section 7.5.3).
    private var inheritedCharacterSet = SpecificCharacterSet.standard

    package init() {}

    /// The elements given; of several with one tag the last.
    package init(elements: [DataElement]) {
        for element in elements { insert(element) }
    }

    package static func == (left: DataSet, right: DataSet) -> Bool {
        left.elements == right.elements
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(elements)
    }

    package subscript(tag: Tag) -> DataElement? {
        let index = position(of: tag)
        return index < elements.count && elements[index].tag == tag ? elements[index] : nil
    }

    /// Adds an element, in the place of one with the same tag.
    package mutating func insert(_ element: DataElement) {
        let index = position(of: element.tag)
        if index < elements.count, elements[index].tag == element.tag {
            elements[index] = element
        } else {
            elements.insert(element, at: index)
        }
    }

    package mutating func remove(_ tag: Tag) {
        elements.removeAll { $0.tag == tag }
    }

    /// Where a tag is, or would be.
    private func position(of tag: Tag) -> Int {
        guard let last = elements.last, last.tag >= tag else { return elements.count }
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].tag < tag { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The repertoires in force here.
    package var characterSet: SpecificCharacterSet {
        guard let bytes = self[.specificCharacterSet]?.bytes else { return inheritedCharacterSet }
        return SpecificCharacterSet(terms: ValueText.strings(bytes, vr: .cs, characterSet: .standard))
    }

    /// An empty item for a sequence of this data set, in the character set in force here.
    package var emptyItem: DataSet {
        var item = DataSet()
        item.inheritedCharacterSet = characterSet
        return item
    }

    /// The items of a sequence, each with the character set in force; empty when there is none.
    package func items(_ tag: Tag) -> [DataSet] {
        guard case .items(let items) = self[tag]?.value else { return [] }
        let set = characterSet
        return items.map { item in
            var item = item
            item.inheritedCharacterSet = set
            return item
        }
    }
}
