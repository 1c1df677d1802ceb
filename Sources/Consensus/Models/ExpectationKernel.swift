// The inner loops of learning: each exam's posterior from its reads, and from that what each reader did.
//
// Owns every unsafe buffer of this module. Works with products of rates, which need no logarithm a read; products are
// scaled up again before they can vanish. Exams are cut into a number of chunks that depends on the amount of data
// alone, and the chunks' sums are added in their order: the result is the same with any number of processors.

import Dispatch
import Glibc

/// Arrays of states are padded to this many doubles a cell, with zeros.
struct StateStride {
    let count: Int
    let width: Int

    /// - Parameter count: States of an exam: the labels, or more where a label has subtypes.
    init(_ count: Int) {
        self.count = count
        width = count <= 2 ? 2 : (count + 3) / 4 * 4
    }
}

/// One pass over all exams.
struct ExpectationKernel {
    let table: ReadTable
    let stride: StateStride

    /// Reads after which a product is scaled: 12 rates of at least 1e-20 stay above the smallest double.
    private static let readsBetweenScalings = 12
    /// The smallest rate that a table may hold.
    static let leastRate = 1e-20

    /// Chunks by the amount of data alone.
    private var chunkCount: Int { table.readCount < 20_000 ? 1 : table.readCount < 400_000 ? 2 : 4 }

    /// Expectation and counting in one.
    ///
    /// - Parameters:
    ///   - rates: For each cell and state, how likely a reader in that state gives that label.
    ///   - prior: For each state.
    ///   - posteriors: Exam × width; overwritten.
    /// - Returns: The log likelihood, and for each cell and state the reads, weighted by the posterior.
    func pass(rates: [Double], prior: [Double], posteriors: inout [Double]) -> (Double, [Double]) {
        run(&posteriors) { chunk in
            switch stride.width {
            case 2: chunk.expect(SIMD2<Double>.self, rates, prior, every: Self.readsBetweenScalings)
            case 4: chunk.expect(SIMD4<Double>.self, rates, prior, every: Self.readsBetweenScalings)
            case 8: chunk.expect(SIMD8<Double>.self, rates, prior, every: Self.readsBetweenScalings)
            default: chunk.expectWide(rates, prior, stride.width, every: Self.readsBetweenScalings)
            }
        }
    }

    /// Counts what each reader did, the posteriors being given.
    func count(posteriors: inout [Double]) -> [Double] {
        run(&posteriors) { chunk in chunk.count(stride.width) }.1
    }

    private func run(_ posteriors: inout [Double], _ body: @Sendable (borrowing Chunk) -> Double) -> (Double, [Double])
    {
        let size = table.cellCount * stride.width
        let chunks = chunkCount
        var counts = [Double](repeating: 0, count: size * chunks)
        var likelihoods = [Double](repeating: 0, count: chunks)
        table.starts.withUnsafeBufferPointer { starts in
            table.cells.withUnsafeBufferPointer { cells in
                posteriors.withUnsafeMutableBufferPointer { posteriors in
                    counts.withUnsafeMutableBufferPointer { counts in
                        likelihoods.withUnsafeMutableBufferPointer { likelihoods in
                            let shared = Shared(
                                starts: starts, cells: cells, posteriors: posteriors, counts: counts,
                                likelihoods: likelihoods)
                            perform(shared, size, body)
                        }
                    }
                }
            }
        }
        let total = likelihoods.reduce(0, +)
        if chunks == 1 { return (total, counts) }
        var sum = Array(counts[..<size])
        for chunk in 1..<chunks {
            for index in 0..<size { sum[index] += counts[chunk * size + index] }
        }
        return (total, sum)
    }

    private func perform(_ shared: Shared, _ size: Int, _ body: @Sendable (borrowing Chunk) -> Double) {
        let exams = table.examCount
        let chunks = shared.likelihoods.count
        DispatchQueue.concurrentPerform(iterations: chunks) { index in
            let range = exams * index / chunks..<exams * (index + 1) / chunks
            let counts = UnsafeMutableBufferPointer(rebasing: shared.counts[index * size..<(index + 1) * size])
            let chunk = Chunk(
                exams: range, starts: shared.starts, cells: shared.cells, posteriors: shared.posteriors,
                counts: counts)
            shared.likelihoods[index] = body(chunk)
        }
    }

    /// Buffers that the chunks share; each writes only its own part.
    private struct Shared: @unchecked Sendable {
        let starts: UnsafeBufferPointer<UInt32>
        let cells: UnsafeBufferPointer<UInt32>
        let posteriors: UnsafeMutableBufferPointer<Double>
        let counts: UnsafeMutableBufferPointer<Double>
        let likelihoods: UnsafeMutableBufferPointer<Double>
    }
}

/// The exams of one chunk, and where their results go.
struct Chunk {
    let exams: Range<Int>
    let starts: UnsafeBufferPointer<UInt32>
    let cells: UnsafeBufferPointer<UInt32>
    let posteriors: UnsafeMutableBufferPointer<Double>
    let counts: UnsafeMutableBufferPointer<Double>

    /// Posteriors and counts with all states of an exam in one vector.
    @inline(__always)
    func expect<Vector: SIMD>(_: Vector.Type, _ rates: [Double], _ prior: [Double], every: Int) -> Double
    where Vector.Scalar == Double {
        rates.withUnsafeBytes { rates in
            let rates = rates.assumingMemoryBound(to: Vector.self)
            let counts = UnsafeMutableRawBufferPointer(counts).assumingMemoryBound(to: Vector.self)
            let posteriors = UnsafeMutableRawBufferPointer(posteriors).assumingMemoryBound(to: Vector.self)
            var start = Vector.zero
            for state in 0..<Vector.scalarCount { start[state] = prior[state] }
            var likelihood = 0.0
            for exam in exams {
                let reads = Int(starts[exam])..<Int(starts[exam + 1])
                var product = start
                var left = every
                for read in reads {
                    product *= rates[Int(cells[read])]
                    left -= 1
                    if left == 0 {
                        let scale = product.sum()
                        product /= Vector(repeating: scale)
                        likelihood += log(scale)
                        left = every
                    }
                }
                let sum = product.sum()
                likelihood += log(sum)
                product /= Vector(repeating: sum)
                posteriors[exam] = product
                for read in reads { counts[Int(cells[read])] += product }
            }
            return likelihood
        }
    }

    /// The same for any number of states.
    func expectWide(_ rates: [Double], _ prior: [Double], _ width: Int, every: Int) -> Double {
        rates.withUnsafeBufferPointer { rates in
            var likelihood = 0.0
            for exam in exams {
                let product = UnsafeMutableBufferPointer(rebasing: posteriors[exam * width..<(exam + 1) * width])
                for state in 0..<width { product[state] = prior[state] }
                var left = every
                for read in Int(starts[exam])..<Int(starts[exam + 1]) {
                    let cell = Int(cells[read]) * width
                    for state in 0..<width { product[state] *= rates[cell + state] }
                    left -= 1
                    if left == 0 {
                        likelihood += Self.normalise(product)
                        left = every
                    }
                }
                likelihood += Self.normalise(product)
            }
            _ = count(width)
            return likelihood
        }
    }

    /// Counts only.
    func count(_ width: Int) -> Double {
        for exam in exams {
            for read in Int(starts[exam])..<Int(starts[exam + 1]) {
                let cell = Int(cells[read]) * width
                for state in 0..<width { counts[cell + state] += posteriors[exam * width + state] }
            }
        }
        return 0
    }

    /// Makes the sum 1. Gives the logarithm of what it was.
    private static func normalise(_ product: UnsafeMutableBufferPointer<Double>) -> Double {
        var sum = 0.0
        for value in product { sum += value }
        for state in product.indices { product[state] /= sum }
        return log(sum)
    }
}
