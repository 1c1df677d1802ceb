// DeliveredExam owns the facts about the delivery of one exam that decide its fee.
//
// Pure.

/// A delivery of one exam to one party.
package struct DeliveredExam: Hashable, Sendable {
    /// The id of the party that gets it.
    package let party: String
    /// The id of a purpose.
    package let purpose: String
    /// The day of the delivery, in the time zone of that party.
    package let day: BillingDay
    /// Milliseconds since 1970.
    package let atMilliseconds: Int64
    /// Modalities of the images that are given.
    package let modalities: Set<String>
    package let bodyParts: Set<String>
    /// Descriptions of the procedures of the exam, as `DataFee.procedureName` has them.
    package let procedures: Set<String>
    /// When the same party was last charged for the same exam, in milliseconds since 1970; nil for never. What was free
    /// is no charge: a free delivery makes no later one free.
    package let lastChargedMilliseconds: Int64?

    package init(
        party: String, purpose: String, day: BillingDay, atMilliseconds: Int64, modalities: Set<String>,
        bodyParts: Set<String> = [], procedures: Set<String> = [], lastChargedMilliseconds: Int64? = nil
    ) {
        self.party = party
        self.purpose = purpose
        self.day = day
        self.atMilliseconds = atMilliseconds
        self.modalities = modalities
        self.bodyParts = bodyParts
        self.procedures = procedures
        self.lastChargedMilliseconds = lastChargedMilliseconds
    }
}
