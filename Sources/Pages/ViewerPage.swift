// A page that shows images: a reading packet, a delivery, or a folder of one's own.
//
// Owns what such a page is told. Everything that a person may see or enter is in these values; the page reads nothing
// else but the pictures and pixel files that they name, by paths relative to itself. Never holds pixels.

/// What a viewer page shows, and what may be entered in it.
///
/// Give `files()` to the folder that the paths of the images are relative to.
package struct ViewerPage: Codable, Sendable, Equatable {
    package enum Kind: String, Codable, Sendable {
        /// Images to be read, with a form for the diagnosis.
        case packet
        /// Images that were asked for.
        case delivery
        /// Images of a local folder.
        case folder
        /// A patient's chart, with the images that belong to it.
        case liaison
    }

    package var kind: Kind
    package var patient: PatientTitle
    /// The exam itself.
    package var exam: ViewedExam
    /// Earlier exams of the patient, the newest first.
    package var priors: [ViewedExam]
    /// What may be entered; nil where the viewer has no right to enter a diagnosis.
    package var form: DiagnosisForm?
    /// What others found, for an arbiter whose protocol says so; otherwise empty.
    package var earlierReads: [EarlierRead]
    /// Under which right the images were given, and the reports that came along; nil where the page is no delivery.
    package var delivery: DeliveryNote?
    /// The patient's chart, which leads to the images and is led to; nil where the page shows none.
    package var chart: ChartNote?
    /// Whether the site says that its displays are certified for diagnosis. Without it the page warns.
    package var isCertifiedDisplay: Bool
    /// How many bytes of decoded pixels the page keeps; nil for its own default.
    package var pixelMemoryBytes: Int?

    package init(
        kind: Kind, patient: PatientTitle, exam: ViewedExam, priors: [ViewedExam] = [], form: DiagnosisForm? = nil,
        earlierReads: [EarlierRead] = [], delivery: DeliveryNote? = nil, chart: ChartNote? = nil,
        isCertifiedDisplay: Bool = false,
        pixelMemoryBytes: Int? = nil
    ) {
        self.kind = kind
        self.patient = patient
        self.exam = exam
        self.priors = priors
        self.form = form
        self.earlierReads = earlierReads
        self.delivery = delivery
        self.chart = chart
        self.isCertifiedDisplay = isCertifiedDisplay
        self.pixelMemoryBytes = pixelMemoryBytes
    }

    /// `index.html` and the files that it needs beside it, in this order; the same values give the same bytes.
    ///
    /// - Throws: `PagesError.unwritable` when a number is not finite.
    package func files() throws(PagesError) -> [PageFile] {
        [PageFile(name: "index.html", bytes: try html())] + ViewerAssets.files
    }

    private func html() throws(PagesError) -> [UInt8] {
        let values = [
            "title": title, "notice": kind == .packet ? "This reading packet" : "This page",
            "styles": ViewerAssets.styles,
            "script": ViewerAssets.script, "json": try InlineJSON.text(of: self),
        ]
        return Array(PageTemplate.viewer.render(values).utf8)
    }

    /// Of the browser's window, on one line.
    private var title: String {
        let parts = [patient.displayName, exam.studyDescription, exam.accessionNumber ?? exam.key].compactMap { $0 }
        let text = parts.filter { !$0.isEmpty }.joined(separator: " · ")
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !Self.isControl($0) }))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
}
