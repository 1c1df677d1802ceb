// One frame, rendered by DCMTK's program and by ours, each as a whole process.

/// The comparison with dcmj2pnm.
struct ToolComparison {
    private static let repetitions = 5

    let program: String
    let path: String
    let folder: String

    /// The best times of several; nil when dcmj2pnm is not installed or cannot read the image.
    func seconds() throws(BenchError) -> (tool: Double, own: Double)? {
        let theirs = ["+on", "--use-window", "1", path, folder + "/theirs.png"]
        let ours = ["render", path, "--png", folder + "/ours.png"]
        do throws(BenchError) {
            guard let tool = try best("dcmj2pnm", theirs) else { return nil }
            return try best(program, ours).map { (tool, $0) }
        } catch {
            if case .missingProgram = error { return nil }
            throw error
        }
    }

    private func best(_ program: String, _ arguments: [String]) throws(BenchError) -> Double? {
        let clock = ContinuousClock()
        var best: Double?
        for _ in 0..<Self.repetitions {
            let start = clock.now
            guard try ChildProcess.start(program, arguments, isSilent: true).wait().exitCode == 0 else { return nil }
            let seconds = RenderRun.seconds(clock.now - start)
            best = min(best ?? seconds, seconds)
        }
        return best
    }
}
