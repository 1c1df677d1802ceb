// The options that every command has, and opening the site that they name.

import ArgumentParser
import Configuration
import Files
import Foundation
import Logging
import Pipeline
import Stages

struct SiteOptions: ParsableArguments {
    @Option(help: "The site's folder (default: $FILMROOM_ROOT, else the current folder).")
    var root: String?

    @Option(
        name: .customLong("as-of"),
        help: """
            The time that policy and records go by: an instant with its offset, 2026-11-20T10:15:00+09:00, or a date, for its \
            midnight in the site's time zone. Settling and leases use the real one.
            """)
    var asOf: String?

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    func validate() throws {
        guard let asOf, AsOf(asOf) == nil else { return }
        throw ValidationError("--as-of \(asOf) is no time; \(AsOf.form)")
    }

    var rootPath: String {
        let given = root ?? ProcessInfo.processInfo.environment["FILMROOM_ROOT"] ?? "."
        return Paths.real(given) ?? given
    }

    /// - Throws: `CommandFailure` naming every mistake of the configuration, with file and line.
    func configuration() throws -> SiteConfiguration {
        do throws(ConfigurationError) {
            return try SiteConfiguration.load(root: rootPath)
        } catch {
            throw CommandFailure.failed(error.description)
        }
    }

    func clock(_ configuration: SiteConfiguration) throws -> SiteClock {
        guard let clock = SiteClock(asOf: asOf, timeZone: configuration.site.timeZone) else {
            throw ValidationError("--as-of is no time; \(AsOf.form)")
        }
        return clock
    }

    /// - Parameter isWorker: Whether it works on drops, and shares the site with other workers.
    func open(isWorker: Bool = false) throws -> SiteContext {
        let configuration = try configuration()
        let clock = try clock(configuration)
        let lock = isWorker ? try lock(alone: nil) : nil
        do throws(StageError) {
            return try SiteContext(
                root: rootPath, configuration: configuration, clock: clock, logger: Self.logger, lock: lock)
        } catch {
            throw CommandFailure.failed(error.description)
        }
    }

    /// The site, for a question that leaves every byte of it as it is.
    func openForReading() throws -> SiteContext {
        let configuration = try configuration()
        let clock = try clock(configuration)
        do throws(StageError) {
            return try SiteContext(reading: rootPath, configuration: configuration, clock: clock, logger: Self.logger)
        } catch {
            throw CommandFailure.failed(error.description)
        }
    }

    /// The site, for this process to work on.
    ///
    /// - Parameter alone: What it does that nobody else may work beside; nil for a worker.
    func lock(alone: String?) throws -> SiteLock {
        do { return try SiteLock(spool: rootPath + "/spool", alone: alone) } catch {
            throw CommandFailure.failed("\(error)")
        }
    }

    static var logger: Logger {
        Logger(label: "filmroom") { StreamLogHandler.standardError(label: $0) }
    }

    /// Runs a part of a command and carries its error as a failure of it; a mistake of usage stays one.
    func orFail<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let failure as CommandFailure { throw failure } catch {
            if error is ValidationError { throw error }
            throw CommandFailure.failed(String(describing: error))
        }
    }
}
