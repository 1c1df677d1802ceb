// `filmroom-pixels derive`: a DICOM file made from another one.

import ArgumentParser
import Pixels

struct DeriveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "derive", abstract: "Makes a DICOM file from another: reduced, rendered or de-identified.",
        discussion: """
            All frames are written, explicit VR little endian, not compressed. UIDs of instance and series are made from \
            the source's and from recipient, policy, density and form: the same on every repetition. Reduced pixels are \
            means over areas, padding left out; spacing, position, shutters and regions are scaled with them, overlays \
            and private attributes removed. Rendered ones are a Secondary Capture of 8 bits. De-identified follows the \
            basic confidentiality profile of PS3.15, without options; images with burned-in text are refused.
            """)

    @OptionGroup var source: SourceOptions

    @Option(help: "The linear scale of rows and columns, above 0 and up to 1.")
    var density = 1.0

    @Option(help: "stored or rendered.")
    var form = DeriveOptions.Form.stored

    @Flag(help: "Take away who the patient is.")
    var deidentify = false

    @Option(help: "The party that it is for.")
    var recipient: String

    @Option(help: "The version of the policy that allows it.")
    var policy: String

    @Option(help: "The site's secret, with which UIDs and pseudonyms are made.")
    var secret = ""

    @Option(help: "The DICOM file to write.")
    var out: String

    func validate() throws {
        guard density > 0, density <= 1 else { throw ValidationError("--density is above 0 and at most 1") }
        guard density < 1 || form == .rendered || deidentify else {
            throw ValidationError("nothing is to be made: --density below 1, --form rendered or --deidentify")
        }
    }

    func run() throws {
        let options = DeriveOptions(
            density: density, form: form, deidentifies: deidentify, recipient: recipient, policyVersion: policy,
            secret: secret)
        try source.run(.derive(options), target: out)
    }
}

extension DeriveOptions.Form: ExpressibleByArgument {}
