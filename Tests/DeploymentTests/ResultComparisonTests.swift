import Testing

@testable import Deployment

struct ResultComparisonTests {
  @Test func `finds nothing where nothing differs`() {
    let comparison = ResultComparison(reference: [1, 2, 3, 4], results: [1, 2, 3, 4], rows: 2)
    #expect(comparison.largestDifference == 0)
    #expect(comparison.relativeDifference == 0)
    #expect(comparison.agreement == 1)
  }

  @Test func `counts rows whose largest output moved`() {
    let comparison = ResultComparison(reference: [1, 2, 4, 3], results: [3, 2, 4, 3.5], rows: 2)
    #expect(comparison.largestDifference == 2)
    #expect(comparison.relativeDifference == 0.5)
    #expect(comparison.agreement == 0.5)
  }

  @Test func `takes values that are no numbers for the worst`() {
    let comparison = ResultComparison(reference: [1, 2], results: [.nan, 2], rows: 1)
    #expect(comparison.largestDifference == .infinity)
  }

  @Test func `takes results of another count for the worst`() {
    #expect(ResultComparison(reference: [1, 2], results: [1], rows: 1).agreement == 0)
    #expect(ResultComparison(reference: [], results: [], rows: 0).agreement == 0)
  }
}
