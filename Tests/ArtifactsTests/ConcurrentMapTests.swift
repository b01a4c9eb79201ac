import Testing

@testable import Artifacts

@Suite struct ConcurrentMapTests {
  @Test(arguments: [0, 1, 2, 63, 64, 65, 1000], [1, 7, 64])
  func `keeps the order of the elements`(count: Int, grain: Int) {
    let numbers = Array(0..<count)
    #expect(numbers.concurrentMap(grain: grain) { $0 * 3 } == numbers.map { $0 * 3 })
    let parts = numbers.concurrentParts(grain: grain) { part in
      #expect(part.count <= grain || count <= grain)
      return part.map { -$0 }
    }
    #expect(parts == numbers.map { -$0 })
  }

  @Test func `two things at once give both their results`() {
    let (number, text) = bothAtOnce({ 7 }, { "seven" })
    #expect(number == 7 && text == "seven")
  }
}
