// The page of an issued document or a draft, for the screen and for paper. One file without scripts.

package import Accounting

/// Writes the page.
package enum InvoicePage {
    /// The same document gives the same bytes.
    package static func html(_ invoice: Invoice) -> [UInt8] {
        Array(PageTemplate.invoice.render(InvoicePageText(invoice).values).utf8)
    }
}
