// What tests ask of results: the value, or the message.

@testable import Interchange

extension Result where Failure == ItemError {
    /// The message of the error; nil for a value.
    var message: String? {
        if case .failure(let error) = self { error.description } else { nil }
    }

    var value: Success? {
        if case .success(let value) = self { value } else { nil }
    }
}

/// The message of the error that a call throws; nil when it throws none.
func message<Value>(_ body: () throws(ItemError) -> Value) -> String? {
    do throws(ItemError) {
        _ = try body()
        return nil
    } catch {
        return error.description
    }
}
