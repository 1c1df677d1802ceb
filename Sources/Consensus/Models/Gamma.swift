// The logarithmic derivative of the gamma function, which expected logarithms of Dirichlet shares need.
//
// Pure.

import Glibc

enum Gamma {
    /// Digamma of a number above 0, to about 12 digits: lifted by its recurrence, then the asymptotic series.
    ///
    /// - Source: Abramowitz and Stegun, 6.3.5 and 6.3.18.
    static func digamma(_ value: Double) -> Double {
        var value = value
        var result = 0.0
        while value < 8 {
            result -= 1 / value
            value += 1
        }
        let inverse = 1 / (value * value)
        let series = inverse * (1 / 12.0 - inverse * (1 / 120.0 - inverse * (1 / 252.0 - inverse * (1 / 240.0))))
        return result + log(value) - 0.5 / value - series
    }
}
