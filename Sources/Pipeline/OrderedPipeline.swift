// A bounded line of work: items are worked on by several threads at once and handed on in the order they came.
//
// Invariants: the weight of all items under way stays below the limit (a single item may be heavier); `deliver` is
// called on one thread, in order; after the first error nothing more is worked on or delivered, and every call throws it.
/// Works on items in parallel and delivers them in order.
package final class OrderedPipeline<Item: AnyObject & Sendable>: @unchecked Sendable {
    private struct Slot {
        let item: Item
        let weight: Int
        var isDone = false
    }

    private static var stackByteCount: Int { 2 << 20 }

    private let monitor = Monitor(conditions: Wake.count)
    private let weightLimit: Int
    private let work: @Sendable (Item) throws -> Void
    private let deliver: @Sendable (Item) throws -> Void
    private var slots: [Slot] = []
    /// The number of the first slot since the start.
    private var firstNumber = 0
    /// The number of the next slot that nobody works on.
    private var nextNumber = 0
    private var weight = 0
    private var isClosed = false
    private var failure: (any Error)?
    private var threads: [JoinedThread] = []

    /// - Parameters:
    ///   - threads: How many items are worked on at once.
    ///   - weightLimit: The weight of all items under way, in the unit of `submit`.
    ///   - work: What is done to an item, on any thread.
    ///   - deliver: What is done with it then, in order, on one thread.
    package init(
        threads: Int, weightLimit: Int, work: @escaping @Sendable (Item) throws -> Void,
        deliver: @escaping @Sendable (Item) throws -> Void
    ) {
        self.weightLimit = weightLimit
        self.work = work
        self.deliver = deliver
        self.threads =
            (0..<threads).map { _ in JoinedThread(stackByteCount: Self.stackByteCount) { self.workLoop() } }
            + [JoinedThread(stackByteCount: Self.stackByteCount) { self.deliverLoop() }]
    }

    /// Adds an item; waits while too much is under way.
    ///
    /// - Throws: The first error of `work` or `deliver`.
    package func submit(_ item: Item, weight itemWeight: Int) throws {
        try monitor.locked {
            while failure == nil, weight > 0, weight + itemWeight > weightLimit { monitor.wait(Wake.room) }
            if let failure { throw failure }
            slots.append(Slot(item: item, weight: itemWeight))
            weight += itemWeight
            monitor.signal(Wake.work)
        }
    }

    /// Waits until everything that was submitted is delivered.
    package func drain() throws {
        try monitor.locked {
            while failure == nil, !slots.isEmpty { monitor.wait(Wake.room) }
            if let failure { throw failure }
        }
    }

    /// Ends the threads and waits for them; what is not delivered yet is given up unless `drain` was called before.
    package func close() {
        monitor.locked {
            isClosed = true
            monitor.wakeAll()
        }
        for thread in threads { thread.join() }
    }

    private func workLoop() {
        while let (number, item) = takeWork() {
            do {
                try work(item)
                // `firstNumber` cannot have passed this slot: it is not done yet.
                monitor.locked {
                    slots[number - firstNumber].isDone = true
                    if number == firstNumber { monitor.signal(Wake.delivery) }
                }
            } catch {
                fail(error)
            }
        }
    }

    private func takeWork() -> (Int, Item)? {
        monitor.locked {
            while !isClosed, failure == nil, nextNumber - firstNumber >= slots.count { monitor.wait(Wake.work) }
            guard !isClosed, failure == nil else { return nil }
            let number = nextNumber
            nextNumber += 1
            return (number, slots[number - firstNumber].item)
        }
    }

    private func deliverLoop() {
        while let item = takeDelivery() {
            do {
                try deliver(item)
                finishDelivery()
            } catch {
                fail(error)
            }
        }
    }

    private func takeDelivery() -> Item? {
        monitor.locked {
            while !isClosed, failure == nil, !(slots.first?.isDone ?? false) { monitor.wait(Wake.delivery) }
            guard !isClosed, failure == nil else { return nil }
            return slots.first?.item
        }
    }

    private func finishDelivery() {
        monitor.locked {
            let slot = slots.removeFirst()
            firstNumber += 1
            weight -= slot.weight
            monitor.broadcast(Wake.room)
        }
    }

    private func fail(_ error: any Error) {
        monitor.locked {
            failure = failure ?? error
            monitor.wakeAll()
        }
    }
}

/// What threads wait for: an item to work on, the first one done, room for more, the end of all.
private enum Wake {
    static let work = 0
    static let delivery = 1
    static let room = 2
    static let count = 3
}
