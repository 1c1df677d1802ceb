// Whether anything is printed as PDF.

extension SiteConfiguration {
    /// Whether somebody gets PDF files: invoices of a site with prices, or results of a chart system that takes them.
    package var isPrinting: Bool {
        !priceLists.isEmpty || chartSystems.contains { $0.formats.contains(.pdf) || $0.formats.contains(.dicomPDF) }
    }
}
