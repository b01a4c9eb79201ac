/// How channels of a layer's output depend on channels of its inputs.
///
/// Channels lie along one axis of a value, not counting the batch: the first of an image `[C, H, W]`,
/// the last of a row. Removing a channel of a value takes from each layer that reads it what `reach`
/// names, unless the layer mixes channels and so only loses a summand.
package struct ChannelFlow: Hashable, Sendable {
  package enum Rule: Hashable, Sendable {
    /// Channel c of the output is made of channel c of every input alone.
    case alone
    /// Like `alone`, but scaled by statistics of all channels together.
    case together
    /// Each channel of the output is a new one, made of all channels of the input.
    case mixed
    /// Channels are mixed within each of so many groups of neighbours.
    case grouped(Int)
    /// Channel c becomes as many neighbouring values as it has elements.
    case spread
    /// The inputs' channels follow each other.
    case joined
    /// The output's channels stand for values and not for channels of the input.
    case coded
  }

  package enum Axis: Hashable, Sendable {
    case first, last
    /// Whichever axis the inputs' channels lie along.
    case any

    /// The axis in a shape without the batch; nil where any will do.
    package func index(in shape: [Int]) -> Int? {
      switch self {
      case .first: 0
      case .last: shape.count - 1
      case .any: nil
      }
    }
  }

  package var rule: Rule
  package var axis: Axis
  /// How many of the inputs, from the first on, have such channels; what the others say, such as which places
  /// count, is for all channels.
  package var inputs: Int

  package init(_ rule: Rule, along axis: Axis, inputs: Int = .max) {
    self.rule = rule
    self.axis = axis
    self.inputs = inputs
  }
}

extension ChannelFlow {
  /// The channels of the output that a channel of an input has a part in.
  ///
  /// - Parameters:
  ///   - channel: The channel's number along the flow's axis, the first one where that is any.
  ///   - input: The number of the input among those that the layer reads.
  ///   - shapes: The shapes of all inputs without the batch.
  ///   - output: The shape of the output.
  package func reach(
    of channel: Int, in input: Int, shapes: [[Int]], output: [Int]
  ) -> Range<Int> {
    let shape = shapes[input]
    let channels = shape[axis.index(in: shape) ?? 0]
    let outputs = output[axis.index(in: output) ?? 0]
    guard input < inputs else { return 0..<outputs }
    switch rule {
    case .alone: return channel..<channel + 1
    case .together, .mixed, .coded: return 0..<outputs
    case .grouped(let groups):
      let group = channel / (channels / groups)
      return group * (outputs / groups)..<(group + 1) * (outputs / groups)
    case .spread:
      let elements = outputs / channels
      return channel * elements..<(channel + 1) * elements
    case .joined:
      let offset = shapes[..<input].reduce(0) { $0 + $1[axis.index(in: $1) ?? 0] }
      return offset + channel..<offset + channel + 1
    }
  }
}

/// Where a parameter's channels lie.
package struct ChannelAxes: Hashable, Sendable {
  /// The dimension with an index for each channel of the output.
  package var output: Int?
  /// The dimension with an index for each channel of the input, within a group where there are
  /// groups.
  package var input: Int?

  package init(output: Int? = nil, input: Int? = nil) {
    self.output = output
    self.input = input
  }
}
