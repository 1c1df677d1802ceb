// The viewer's program and styles, built into the binary from `Viewer/`.
//
// Owns the order of the scripts: each uses only what stands before it. They are joined to one file, because a page
// that is opened from a folder can load no modules. Never reads a disk.

package enum ViewerAssets {
    static let script = "viewer.js"
    static let styles = "viewer.css"

    /// The same for every page of one version of the program.
    package static let files = [
        PageFile(name: script, bytes: Array(scripts.joined(separator: "\n".utf8))),
        PageFile(name: styles, bytes: PackageResources.viewer_css),
    ]

    private static var scripts: [[UInt8]] {
        [
            PackageResources.elements_js, PackageResources.inflate_js, PackageResources.samples_js,
            PackageResources.store_js, PackageResources.grey_js, PackageResources.exam_js,
            PackageResources.geometry_js, PackageResources.picture_js, PackageResources.annotations_js,
            PackageResources.overlay_js, PackageResources.overlay_text_js, PackageResources.pane_js,
            PackageResources.layout_js,
            PackageResources.tools_js, PackageResources.commands_js, PackageResources.icons_js,
            PackageResources.toolbar_js, PackageResources.thumbnails_js, PackageResources.help_js,
            PackageResources.diagnosis_js, PackageResources.findings_js, PackageResources.earlier_reads_js,
            PackageResources.form_js, PackageResources.delivery_js, PackageResources.chart_js,
            PackageResources.application_js,
        ]
    }
}
