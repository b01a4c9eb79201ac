import Testing

@testable import Dataset

@Suite struct SteppedListTests {
  private static let lists: [[Int64]] = [
    [], [5], [5, 6, 7], [5, 5, 5], [5, 5, 6, 7, 7, 7], [1, 2, 4, 5, 6, 9], [9, 3, 3, 1, 2, 3],
    [3, 4, 4, 4, 5], [.max], [.max, .max], [.min, .min + 1],
    Array(stride(from: 0, to: 1500, by: 3)), (0..<500).map { (row: Int64) in row / 3 * 10 },
    Array(0..<300) + Array(stride(from: 600, to: 1000, by: 2)),
  ]

  @Test(arguments: lists)
  func `holds what was appended`(elements: [Int64]) {
    let list = SteppedList(elements)
    #expect(list.count == elements.count)
    #expect(Array(list) == elements)
    #expect(elements.indices.allSatisfy { list[$0] == elements[$0] })
  }

  @Test(arguments: [0, 1, 2, 3, 1000])
  func `takes many at a time`(count: Int) {
    var list: SteppedList = [7, 1]
    list.append(contentsOf: 5..<5 + Int64(count))
    list.append(repeating: 4, count: count)
    list.append(contentsOf: 5..<5 + Int64(count))
    let many = Array(5..<5 + Int64(count))
    #expect(Array(list) == [7, 1] + many + [Int64](repeating: 4, count: count) + many)
  }
}
