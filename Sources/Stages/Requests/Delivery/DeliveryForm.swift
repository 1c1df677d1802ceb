// In which form a grant gives images: as copies, as derived DICOM files, as pictures.
//
// Pure. Without the image-processing right nothing has the form of stored values.

internal import Access
internal import Configuration
internal import DICOM
internal import Pixels

struct DeliveryForm: Sendable {
    let density: PixelDensity
    let hasStoredValues: Bool
    let isDeidentified: Bool
    /// Whether the recipient uses DICOM files.
    let givesDICOM: Bool
    /// Whether pictures are among the images: always without stored values where the recipient uses pictures, and else
    /// where it uses nothing but pictures.
    let givesPictures: Bool
    /// How files are derived that are no copies.
    let options: DeriveOptions

    init(_ grant: Grant, _ request: DeliveryRequest) {
        density = grant.range.pixelDensity
        hasStoredValues = grant.range.imageProcessing
        isDeidentified = grant.range.deidentified
        givesDICOM = request.formats.contains(.dicom)
        givesPictures = request.formats.contains(.png) && !(givesDICOM && grant.range.imageProcessing)
        options = DeriveOptions(
            density: grant.range.pixelDensity.nearestDouble, form: grant.range.imageProcessing ? .stored : .rendered,
            deidentifies: grant.range.deidentified, recipient: request.recipient, policyVersion: request.policyVersion,
            secret: request.secret)
    }

    /// Whether images are given byte for byte as they are stored.
    var isWhole: Bool { density == .full && hasStoredValues && !isDeidentified }

    var size: OutputSize { density == .full ? .full : .density(options.density) }

    /// The UIDs and names that stand for real ones.
    var uids: DerivedUID {
        DerivedUID(
            DerivedUID.Terms(
                recipient: options.recipient, policyVersion: options.policyVersion, density: options.density,
                form: options.form.rawValue, isDeidentified: options.deidentifies), secret: options.secret)
    }
}
