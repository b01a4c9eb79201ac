import Testing

@testable import Deployment

struct QualityLossTests {
  /// The interval is that of Agresti and Min 2005 (equation 3): with b = 9, c = 1 and n = 100 the
  /// middle is 8 / 102 and the reach 1.96 sqrt(11 - 64 / 102) / 102.
  @Test func `bounds a loss of accuracy by what chance explains`() {
    let loss = QualityLoss(lost: 9, gained: 1, rows: 100)
    #expect(abs(loss.amount - 0.08) < 1e-12)
    #expect(abs(loss.interval.lowerBound - 0.016546) < 1e-5)
    #expect(abs(loss.interval.upperBound - 0.140316) < 1e-5)
    #expect(loss.exceeds(0.005))
    #expect(loss.surelyExceeds(0.005))
    #expect(!loss.surelyExceeds(0.02))
    #expect(loss.text(of: "accuracy") == "8.0 points of accuracy (95%: 1.65 to 14.0)")
  }

  /// On 179 rows one row is 0.56 points, which says nothing of a floor of half a point.
  @Test func `lets no single row decide`() {
    #expect(!QualityLoss(lost: 1, gained: 0, rows: 179).exceeds(0.005))
    #expect(QualityLoss(lost: 2, gained: 0, rows: 179).exceeds(0.005))
    #expect(!QualityLoss(lost: 2, gained: 0, rows: 179).surelyExceeds(0.005))
    #expect(!QualityLoss(lost: 5, gained: 0, rows: 1000).exceeds(0.005))
    #expect(QualityLoss(lost: 6, gained: 0, rows: 1000).exceeds(0.005))
  }

  @Test func `is the fall of R² for values`() {
    let before = [0.0, 0.1, 0.0, 0.1]
    let loss = QualityLoss(before: before, after: [0.2, 0.1, 0.4, 0.1], spread: 4)
    #expect(abs(loss.amount - 0.15) < 1e-12)
    #expect(loss.interval.contains(0.15))
    #expect(loss.exceeds(0.1))
    let none = QualityLoss(before: before, after: before, spread: 4)
    #expect(none.amount == 0)
    #expect(!none.exceeds(0))
    #expect(QualityLoss(before: before, after: [.infinity, 0, 0, 0], spread: 4).exceeds(0.5))
  }
}
