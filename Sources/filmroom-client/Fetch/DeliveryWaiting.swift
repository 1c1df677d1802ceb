// Waits for the deliveries of requests, and picks each up as it comes.

import Files
import Foundation

struct DeliveryWaiting {
    private let pickup: Pickup

    private static let firstPauseSeconds = 0.2
    private static let longestPauseSeconds = 10.0

    init(server: ServerOptions, postbox: Postbox) throws {
        pickup = Pickup(
            postbox: postbox, desk: server.deskPath, outbox: try Outbox(desk: server.deskPath), acknowledges: true)
    }

    /// - Parameter ids: Of the requests.
    /// - Returns: By the request's id; those that did not come in time are not in it.
    func wait(for ids: [String], seconds: Double) throws -> [String: PickedUp] {
        var found: [String: PickedUp] = [:]
        let end = Date().addingTimeInterval(seconds)
        var pause = Self.firstPauseSeconds
        while true {
            let things = try pickup.things(of: "deliveries")
            for id in ids where found[id] == nil { found[id] = try take(id, things) }
            guard found.count < Set(ids).count, Date() < end else { return found }
            Thread.sleep(forTimeInterval: pause)
            pause = min(Self.longestPauseSeconds, pause * 1.5)
        }
    }

    private func take(_ id: String, _ things: [RemoteEntry]) throws -> PickedUp? {
        let names: Set = [id, "\(id).zip", "\(id).tar"]
        if let thing = things.first(where: { names.contains($0.name) }) {
            return try pickup.take(thing, kind: "deliveries")
        }
        // Picked up before.
        let here = names.first { Paths.exists("\(pickup.desk)/deliveries/\($0)") }
        return try here.map { try pickup.here(kind: "deliveries", $0) }
    }
}
