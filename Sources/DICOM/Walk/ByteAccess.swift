// Byte access with typed errors: the standard library's `withUnsafeBytes` rethrows any Error, so that the type of ours
// would be lost. It owns nothing else.

extension Array where Element == UInt8 {
    /// Calls `body` with the bytes, and passes on what it throws.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var outcome: Swift.Result<Result, Failure>?
        withUnsafeBytes { bytes in
            do throws(Failure) { outcome = .success(try body(bytes)) } catch { outcome = .failure(error) }
        }
        guard let outcome else { preconditionFailure("withUnsafeBytes runs its body") }
        return try outcome.get()
    }
}
