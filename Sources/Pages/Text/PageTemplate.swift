// The HTML templates, built into the binary from `Templates/`.
//
// A template escapes every value that it is given. Only these stand as they are: `json`, which `InlineJSON` made, and
// `styles` and `policy`, which are the program's own.

internal import Mustache

struct PageTemplate: Sendable {
    private let template: MustacheTemplate

    static let viewer = PageTemplate(PackageResources.viewer_mustache)
    static let result = PageTemplate(PackageResources.result_mustache)
    static let readers = PageTemplate(PackageResources.readers_mustache)
    static let invoice = PageTemplate(PackageResources.invoice_mustache)
    static let audit = PageTemplate(PackageResources.audit_mustache)
    static let month = PageTemplate(PackageResources.month_mustache)
    static let statement = PageTemplate(PackageResources.statement_mustache)
    static let office = PageTemplate(PackageResources.office_mustache)

    private init(_ bytes: [UInt8]) {
        do {
            template = try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
        } catch {
            preconditionFailure("a template of ours is wrong: \(error)")
        }
    }

    /// - Parameter values: Texts, whole numbers, truths, and lists of such dictionaries.
    func render(_ values: [String: Any]) -> String {
        template.render(values)
    }
}
