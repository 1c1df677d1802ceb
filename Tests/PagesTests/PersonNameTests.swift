// Names as people write them.

import Pages
import Testing

@Suite struct PersonNameTests {
    @Test(arguments: [
        ("YAMADA^TARO", "YAMADA, TARO"),
        ("YAMADA^TARO=山田^太郎=やまだ^たろう", "YAMADA, TARO (山田 太郎)"),
        ("=山田^太郎", "山田 太郎"),
        ("Adams^John Robert Quincy^^Rev.^B.A. M.Div.", "Adams, Rev. John Robert Quincy, B.A. M.Div."),
        ("plain name", "plain name"), ("", ""), ("^", ""), ("Doe^", "Doe"), ("^Jane", "Jane"), ("a=b=c=d", "a (b)"),
    ])
    func display(name: String, expected: String) {
        #expect(PatientTitle(name: name, patientID: "").displayName == expected)
    }
}
