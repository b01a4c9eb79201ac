import Hardware
import Testing

@testable import Deployment

struct CandidateSearchTests {
  private func search(
    bf16: Bool = false, quantized: Bool = false, convolves: Bool = true,
    countsRows: Bool = false, threads: Int = 4
  ) -> CandidateSearch {
    CandidateSearch(
      [.libtorch, .openVINO],
      under: RunConditions(
        threads: threads, triesBF16: bf16, isQuantized: quantized, convolves: convolves,
        countsRows: countsRows))
  }

  @Test func `tries every engine and layout, with all threads and with one`() {
    #expect(
      search().coarse().map(\.description) == [
        "libtorch fp32, 4 threads", "libtorch fp32, 1 thread",
        "libtorch fp32 channels-last, 4 threads", "libtorch fp32 channels-last, 1 thread",
        "OpenVINO fp32, 4 threads", "OpenVINO fp32, 1 thread",
      ])
    #expect(search(threads: 1).coarse().count == 3)
  }

  @Test func `tells gains against the untouched model at its best number of threads`() {
    #expect(
      search().baselines.map(\.description) == [
        "libtorch fp32 as trained, 4 threads", "libtorch fp32 as trained, 1 thread",
        "libtorch fp32 as trained, 2 threads",
      ])
    #expect(search(threads: 1).baselines.count == 1)
  }

  @Test func `tries bf16 where it may, and int8 where the model is quantised`() {
    func names(_ search: CandidateSearch) -> [String] { search.coarse().map(\.description) }
    #expect(
      names(search(bf16: true, convolves: false, threads: 1)) == [
        "libtorch fp32, 1 thread", "libtorch bf16, 1 thread", "OpenVINO fp32, 1 thread",
        "OpenVINO bf16, 1 thread",
      ])
    #expect(
      names(search(quantized: true, threads: 1)) == [
        "libtorch fp32, 1 thread", "libtorch int8, 1 thread", "OpenVINO fp32, 1 thread",
        "OpenVINO int8, 1 thread",
      ])
  }

  @Test func `looks for fewer threads, and for streams where rows a second count`() {
    let best = Candidate(.openVINO, .int8, threads: 4)
    #expect(search().fine(around: best).map(\.threads) == [1, 2])
    #expect(search(countsRows: true).fine(around: best).map(\.streams) == [1, 1, 2, 4])
    #expect(search(threads: 1).fine(around: Candidate(.openVINO, .int8, threads: 1)).isEmpty)
  }
}
