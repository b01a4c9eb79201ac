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
        threads: threads, hasNativeBF16: bf16, isQuantized: quantized, convolves: convolves,
        countsRows: countsRows))
  }

  @Test func `tries every engine and layout`() {
    #expect(
      search().coarse().map(\.description) == [
        "libtorch fp32, 4 threads", "libtorch fp32 channels-last, 4 threads",
        "OpenVINO fp32, 4 threads",
      ])
  }

  @Test func `tries bf16 where it is native and int8 where the model is quantised`() {
    let names = search(bf16: true, quantized: true, convolves: false).coarse().map(\.description)
    #expect(
      names == [
        "libtorch fp32, 4 threads", "libtorch bf16, 4 threads", "OpenVINO fp32, 4 threads",
        "OpenVINO bf16, 4 threads", "OpenVINO int8, 4 threads",
      ])
  }

  @Test func `looks for fewer threads, and for streams where rows a second count`() {
    let best = Candidate(.openVINO, .int8, threads: 4)
    #expect(search().fine(around: best).map(\.threads) == [1, 2])
    #expect(search(countsRows: true).fine(around: best).map(\.streams) == [1, 1, 2, 4])
    #expect(search(threads: 1).fine(around: Candidate(.openVINO, .int8, threads: 1)).isEmpty)
  }
}
