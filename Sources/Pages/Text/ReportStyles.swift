// The styles of reports, which stand in the page itself, so that a page is one file; and the policy that lets these run
// and nothing else.

internal import Files

enum ReportStyles {
    /// Of the `style` element.
    static let text = String(decoding: PackageResources.report_css, as: UTF8.self)

    /// Nothing is loaded and nothing runs; the styles are those with this digest.
    ///
    /// - Source: Content Security Policy Level 3, section 6.7.3.3 (hash sources).
    static let policy =
        "default-src 'none'; style-src 'sha256-\(digest)'; img-src data:; "
        + "form-action 'none'; base-uri 'none'"

    private static let digest = Base64Stream.text(SHA256.digest(of: text).bytes)
}
