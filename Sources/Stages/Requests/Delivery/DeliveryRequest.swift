// For whom and how an exam is delivered: what of the request and of the site the content of its folder depends on.
//
// A value. The same request, exam and grant give the same folder, byte for byte.

internal import Configuration

/// What is to be known of a request to fill the folder of one of its exams.
struct DeliveryRequest: Sendable {
    /// The party that gets it.
    let recipient: String
    let requestID: String
    /// Of the rules that decided: `Grant.basis.version`.
    let policyVersion: String
    /// What the recipient can use of a delivery.
    let formats: Set<RecipientFormat>
    /// ISO 8601.
    let releasedAt: String
    /// When the right ends, ISO 8601; nil for never.
    let until: String?
    /// The site's own, by which UIDs and pseudonyms are made: `SiteSecret`.
    let secret: String
}
