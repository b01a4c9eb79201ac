import Foundation
import Testing
import YAML

@testable import Dataset

@Suite struct GapRuleTests {
  @Test(arguments: [("spline", GapRule.spline), ("natural-spline", .naturalSpline)])
  func `draws splines through few values as SciPy does`(key: String, rule: GapRule) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../References/cleaning.json")
    let reference = try Value(parsingJSON: Data(contentsOf: file))
    for item in try #require(reference["short-splines"]?.array) {
      var values = (item["input"]?.array ?? []).map { Float($0.double ?? .nan) }
      rule.fill(&values)
      for (value, wanted) in zip(values, item[key]?.array ?? []) {
        #expect(abs(Double(value) - (wanted.double ?? .nan)) < 1e-6)
      }
    }
  }

  @Test(arguments: GapRule.allCases)
  func `leaves alone what cannot be filled and what need not be`(rule: GapRule) {
    var empty = [Float](repeating: .nan, count: 3)
    rule.fill(&empty)
    let isEmpty = empty.allSatisfy(\.isNaN)
    #expect(isEmpty)
    var whole: [Float] = [3, 1, 2]
    rule.fill(&whole)
    #expect(whole == [3, 1, 2])
    var none: [Float] = []
    rule.fill(&none)
    #expect(none.isEmpty)
  }

  @Test func `fills only forward or only backward`() {
    var forward: [Float] = [.nan, 1, .nan, 2, .nan]
    GapRule.forward.fill(&forward)
    #expect(forward[0].isNaN && forward[1...] == [1, 1, 2, 2])
    var backward: [Float] = [.nan, 1, .nan, 2, .nan]
    GapRule.backward.fill(&backward)
    #expect(backward[..<4] == [1, 1, 2, 2] && backward[4].isNaN)
  }
}
