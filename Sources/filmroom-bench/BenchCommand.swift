// The benchmark's command line: one command a file.
//
// It judges nothing: it prints figures and ends with 0; with 1 when something could not be measured, with 64 for
// usage. Results go to standard output, progress to standard error.

import ArgumentParser
import Glibc

@main
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filmroom-bench",
        abstract: "Measures Filmroom on this machine.",
        discussion: """
            `ingest` compares the intake of bundles with what the disk and the processor allow at all; \
            `latency` measures the time from a drop to its receipt while `filmroom run` works; `render` compares the \
            rendering of images with what the machine allows; `consensus` measures learning from a file of reads; \
            `tier` compares demotion and recall with tar and zstd; \
            `deliver` compares deliveries with copying the same bytes; `invoice` compares invoicing with plain sums over the \
            same events; `liaison` compares the linking of charts and exams with a script of Python and SQLite.
            """,
        subcommands: [
            IngestCommand.self, LatencyCommand.self, RenderCommand.self, ConsensusBenchCommand.self,
            TierBenchCommand.self, IngestOnceCommand.self, TierOnceCommand.self, PageCommand.self,
            DeliverCommand.self, InvoiceBenchCommand.self, InvoiceOnceCommand.self,
            LiaisonBenchCommand.self,
        ])

    static func main() {
        umask(0o007)
        signal(SIGPIPE, SIG_IGN)
        main(nil)
    }
}
