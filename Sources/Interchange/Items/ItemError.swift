// ItemError owns everything that reading a dropped document throws: of the whole document, or of one item in it.
//
// Invariant: the text says what is wrong and what would be right, in one sentence that may stand in a receipt; what it
// quotes of the document is cut and made visible. Hostile input ends here; it never traps.

/// Why a document, or one item of it, is refused.
package struct ItemError: Error, Hashable, Sendable, CustomStringConvertible {
    package let place: ItemPlace
    /// What is wrong, without the place.
    package let text: String
    /// The `id` that the refused request names; nil when it names none that can be read.
    package let id: String?

    package init(place: ItemPlace = ItemPlace(), text: String, id: String? = nil) {
        self.place = place
        self.text = text
        self.id = id
    }

    package var description: String {
        let place = place.description
        return place.isEmpty ? text : "\(place): \(text)"
    }

    /// The same with the id of the item.
    func with(id: String?) -> ItemError { ItemError(place: place, text: text, id: id) }
}
