// AccessParty owns the facts about whoever asks.
//
// Pure.

/// A party that asks.
package struct AccessParty: Hashable, Sendable {
    /// What exams it may have at all.
    package enum Role: Hashable, Sendable {
        /// Its own, and those that others share with it.
        case facility
        /// Those that it reads.
        case reader
        /// Every exam.
        case management
        /// None: a party without a right to exams, or a reader who reads no longer.
        case outsider
    }

    package let id: String
    package let role: Role
    /// Ids of the purposes for which it may ask.
    package let purposes: NameChoice
    /// The purpose of what it gets without asking; nil for none.
    package let defaultPurpose: String?

    package init(id: String, role: Role, purposes: NameChoice, defaultPurpose: String? = nil) {
        self.id = id
        self.role = role
        self.purposes = purposes
        self.defaultPurpose = defaultPurpose
    }
}
