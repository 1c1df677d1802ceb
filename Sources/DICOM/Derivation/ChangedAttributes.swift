// ChangedAttributes owns the names of what two data sets have otherwise, on their top level.

extension DataSet {
    /// The keywords of the elements in which another data set differs from this one; tags of those without a keyword.
    package func keywords(changedIn other: DataSet) -> [String] {
        let tags = Set(elements.map(\.tag)).union(other.elements.map(\.tag))
        return tags.sorted().filter { self[$0] != other[$0] }.map { tag in
            DataDictionary.entry(for: tag)?.keyword ?? tag.description
        }
    }
}
