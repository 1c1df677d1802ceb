// NearExams owns the choice of a patient's exams by a day alone: those of the day, else the nearest one.
//
// Pure: whatever order the exams come in.

/// The exams of a patient that a day leads to.
package struct NearExams: Sendable {
    package let exams: [ExamOutline]
    /// Whether they are of that very day.
    package let isOfThatDay: Bool

    /// Days between an entry and an exam that nothing else relates.
    package static let nearDays = 90

    /// Whether a text is a day that there is, `YYYY-MM-DD`.
    package static func isDay(_ text: String) -> Bool { DayNumber.of(text) != nil }

    /// - Parameters:
    ///   - exams: Of one patient.
    ///   - date: `YYYY-MM-DD`.
    /// - Returns: nil when none is near, or there is no such day.
    package init?(_ exams: [ExamOutline], to date: String) {
        guard let day = DayNumber.of(date) else { return nil }
        let dated = exams.compactMap { exam in exam.day.flatMap(DayNumber.of).map { (exam, abs($0 - day)) } }
        let same = dated.filter { $0.1 == 0 }
        guard same.isEmpty else {
            self.exams = same.map(\.0)
            isOfThatDay = true
            return
        }
        // Of two that are as near, the one that came later.
        let nearest = dated.min { ($0.1, -$0.0.study) < ($1.1, -$1.0.study) }
        guard let nearest, nearest.1 <= Self.nearDays else { return nil }
        self.exams = [nearest.0]
        isOfThatDay = false
    }
}

/// Days counted from one to the next.
package enum DayNumber {
    /// - Parameter date: `YYYY-MM-DD`.
    /// - Returns: Days since 1970 began; nil when there is no such day.
    package static func of(_ date: String) -> Int32? {
        var date = date
        return date.withUTF8 { of(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// The same of the bytes of a text.
    ///
    /// - Source: the proleptic Gregorian calendar, counted in years that begin in March.
    package static func of(bytes: UnsafeRawBufferPointer) -> Int32? {
        func number(_ places: Range<Int>) -> Int32? {
            var value: Int32 = 0
            for place in places {
                guard bytes[place] >= UInt8(ascii: "0"), bytes[place] <= UInt8(ascii: "9") else { return nil }
                value = value * 10 + Int32(bytes[place] - UInt8(ascii: "0"))
            }
            return value
        }
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), (1...12).contains(month),
            day >= 1, day <= length(ofMonth: month, year)
        else { return nil }
        let shifted = month > 2 ? year : year - 1
        let century = shifted >= 0 ? shifted / 400 : (shifted - 399) / 400
        let yearOfFour = shifted - century * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return century * 146_097 + yearOfFour * 365 + yearOfFour / 4 - yearOfFour / 100 + dayOfYear - 719_468
    }

    private static func length(ofMonth month: Int32, _ year: Int32) -> Int32 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
