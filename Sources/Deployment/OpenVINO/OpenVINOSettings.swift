internal import CDeploy
package import Hardware

/// How OpenVINO compiles a model for the CPU.
package struct OpenVINOSettings: Hashable, Sendable {
  package enum Goal: String, Hashable, Sendable {
    case latency = "LATENCY"
    case throughput = "THROUGHPUT"
  }

  /// What float arithmetic is done in.
  package var precision = Precision.fp32
  package var threads = 1
  /// How many requests run side by side, each with its share of the threads.
  package var streams = 1
  package var goal = Goal.latency
  /// Whether layers of integers compute in integers; otherwise in the real numbers that these stand for.
  package var computesIntegers = true

  package init(precision: Precision, threads: Int, streams: Int = 1, goal: Goal = .latency) {
    self.precision = precision
    self.threads = threads
    self.streams = streams
    self.goal = goal
  }

  /// The runtime's own property names and values, in a fixed order.
  package var properties: [(key: String, value: String)] {
    let common = [
      ("INFERENCE_PRECISION_HINT", precision == .bf16 ? "bf16" : "f32"),
      ("INFERENCE_NUM_THREADS", String(threads)),
      ("NUM_STREAMS", String(streams)),
      ("PERFORMANCE_HINT", goal.rawValue),
      ("ENABLE_CPU_PINNING", "NO"),
    ]
    return computesIntegers ? common : common + [("LP_TRANSFORMS_MODE", "NO")]
  }

  /// Calls `body` with the properties as C strings that live for the call.
  func withProperties<R>(
    _ body: (UnsafeBufferPointer<anneal_deploy_property>) -> R
  ) -> R {
    var text: [CChar] = []
    var offsets: [(key: Int, value: Int)] = []
    for (key, value) in properties {
      let keyOffset = text.count
      text += key.utf8CString
      offsets.append((keyOffset, text.count))
      text += value.utf8CString
    }
    return unsafe text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        return unsafe body(UnsafeBufferPointer(start: nil, count: 0))
      }
      let list = unsafe offsets.map { offset in
        unsafe anneal_deploy_property(key: base + offset.key, value: base + offset.value)
      }
      return unsafe list.withUnsafeBufferPointer { unsafe body($0) }
    }
  }
}
