internal import Diagnostics
package import Options
package import Tensor

/// Scaled dot-product attention of a sequence to itself, in several heads (Vaswani et al. 2017, equation 1
/// and section 3.2.2).
///
/// Takes `[L, 3 D]`, the queries, keys and values side by side as one linear layer gives them, and gives
/// `[L, D]`: each head has D / heads neighbouring values of each. A linear layer before and one behind make
/// the whole what PyTorch calls `MultiheadAttention`.
///
/// A second input `[L]`, such as the tokens of a text, says which places count: those above 0. Nothing
/// attends to the others, as if the sequence were without them. Where none counts all do.
package struct Attention: Layer {
  package static let type = "attention"
  package static let summary =
    "Lets the vectors of a sequence read each other, by the queries, keys and values side by side in them."
  package static let arity = 1...2
  package static let shorthand: String? = "heads"

  package var heads = 1

  package init() {}

  package init(heads: Int) {
    self.heads = heads
  }

  package static var fields: [Field<Self>] {
    option(
      "heads", \.heads, in: 1...1024, "Into how many independent parts each vector is split.")
  }

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.coded, along: .last), onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    let (length, width) = try sequenceSize(of: inputs[0])
    guard width % 3 == 0, width / 3 % heads == 0 else {
      throw ShapeError(
        "cannot split vectors of \(width) values into queries, keys and values for "
          + heads.counted("head"),
        remedy: "put a linear layer before it whose outputs are a multiple of \(3 * heads)")
    }
    try checkMask(inputs, length: length)
    return [length, width / 3]
  }

  /// The products of queries with keys and of their shares with values.
  package func multiplyAccumulates(_ inputs: [[Int]]) -> Int {
    guard let output = try? outputShape(inputs) else { return 0 }
    return saturatingProduct([2, output[0], output[0], output[1]])
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let (rows, length) = (inputs[0].shape[0], inputs[0].shape[1])
    let width = inputs[0].shape[2] / 3
    let parts = try inputs[0].reshape([rows, length, 3, heads, width / heads])
      .permute([2, 0, 3, 1, 4])
    let (query, key, value) = try (parts.select(0, 0), parts.select(0, 1), parts.select(0, 2))
    let mask = try inputs.count > 1 ? Self.mask(inputs[1]) : nil
    let mixed = try Tensor.attention(query: query, key: key, value: value, mask: mask)
    return try mixed.transpose(1, 2).reshape([rows, length, width])
  }

  /// Which keys each query may look at: `[N, 1, 1, L]`.
  private static func mask(_ tokens: Tensor) throws -> Tensor {
    let counts = try tokens > 0
    return try counts.or(counts.any(1, kept: true).not()).unsqueeze(1).unsqueeze(1)
  }
}

extension Attention: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let name = site.name
    let width = site.inputShapes[0][1] / 3
    let split = builder.constant(name + ".split", [0, 0, 3, heads, width / heads].map(Int64.init))
    let parts = builder.add("Reshape", [site.inputs[0], split], name: name + ".parts")
    // Keys are turned around at once: [N, heads, D / heads, L].
    let query = part(0, of: parts, "query", [0, 2, 1, 3], name, &builder)
    let key = part(1, of: parts, "key", [0, 2, 3, 1], name, &builder)
    let value = part(2, of: parts, "value", [0, 2, 1, 3], name, &builder)
    let scale = builder.scalar(
      name + ".scale", 1 / Float(width / heads).squareRoot())
    let scaled = builder.add("Mul", [query, scale], name: name + ".scaled")
    var scores = builder.add("MatMul", [scaled, key], name: name + ".scores")
    if site.inputs.count > 1 {
      let mask = builder.attentionMask(site.inputs[1], name: name)
      let never = builder.scalar(name + ".never", Self.never)
      scores = builder.add("Where", [mask, scores, never], name: name + ".masked")
    }
    let shares = builder.add(
      "Softmax", [scores], name: name + ".shares", [ONNXAttribute("axis", -1)])
    let mixed = builder.add("MatMul", [shares, value], name: name + ".mixed")
    let ordered = builder.add(
      "Transpose", [mixed], name: name + ".ordered", [ONNXAttribute("perm", [0, 2, 1, 3])])
    let joined = builder.constant(name + ".joined", [0, 0, Int64(width)])
    return builder.add("Reshape", [ordered, joined], name: name)
  }

  /// A score that is as good as none.
  private static let never: Float = -1e30

  private func part(
    _ index: Int, of parts: String, _ part: String, _ order: [Int], _ name: String,
    _ builder: inout ONNXBuilder
  ) -> String {
    let place = builder.integer(name + ".\(part)_place", index)
    let taken = builder.add(
      "Gather", [parts, place], name: name + ".\(part)_rows", [ONNXAttribute("axis", 2)])
    return builder.add(
      "Transpose", [taken], name: name + ".\(part)", [ONNXAttribute("perm", order)])
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "Reshape", last.inputs.count == 2,
      let joined = index.integers(last.inputs[1]), joined.count == 3, joined.starts(with: [0, 0]),
      let ordered = index.maker(of: last.inputs[0], is: "Transpose"),
      ordered["perm"]?.integers == [0, 2, 1, 3],
      let mixed = index.maker(of: ordered.inputs[0], is: "MatMul", reading: 2),
      let shares = index.maker(of: mixed.inputs[0], is: "Softmax"),
      shares["axis"]?.integer == -1,
      let value = part(2, [0, 2, 1, 3], mixed.inputs[1], in: index)
    else { return nil }
    var scores = shares.inputs[0]
    var inputs = [value.source]
    if let masked = index.maker(of: scores, is: "Where", reading: 3) {
      guard index.scalar(masked.inputs[2]) == never,
        let tokens = index.attentionMask(masked.inputs[0])
      else { return nil }
      inputs.append(tokens)
      scores = masked.inputs[1]
    }
    guard
      let product = index.maker(of: scores, is: "MatMul", reading: 2),
      let scaled = index.maker(of: product.inputs[0], is: "Mul", reading: 2),
      let (query, scale) = index.withConstant(scaled),
      let queries = part(0, [0, 2, 1, 3], query, in: index),
      let keys = part(1, [0, 2, 3, 1], product.inputs[1], in: index),
      queries == value, keys == value, value.size > 0,
      joined[2] == saturatingProduct([value.heads, value.size]),
      index.scalar(scale) == 1 / Float(value.size).squareRoot()
    else { return nil }
    return ONNXMatch(Attention(heads: value.heads), reading: inputs, operators: 14)
  }

  /// What a value is the queries, keys or values of.
  private static func part(
    _ number: Int, _ order: [Int], _ value: String, in index: ONNXIndex
  ) -> Part? {
    guard
      let turned = index.maker(of: value, is: "Transpose"), turned["perm"]?.integers == order,
      let taken = index.maker(of: turned.inputs[0], is: "Gather", reading: 2),
      taken["axis"]?.integer == 2, index.integers(taken.inputs[1]) == [number],
      let parts = index.maker(of: taken.inputs[0], is: "Reshape", reading: 2),
      let split = index.integers(parts.inputs[1]), split.count == 5,
      split.starts(with: [0, 0, 3]), (1...1024).contains(split[3])
    else { return nil }
    return Part(source: parts.inputs[0], heads: split[3], size: split[4])
  }

  private struct Part: Equatable {
    var source: String
    var heads: Int
    var size: Int
  }
}

extension ONNXBuilder {
  /// Which keys each query may look at, `[N, 1, 1, L]`: those above 0, or all where none is.
  fileprivate mutating func attentionMask(_ tokens: String, name: String) -> String {
    let counts = isToken(tokens, name: name)
    let number = cast(counts, to: .float32, name: name + ".counts")
    let most = add(
      "ReduceMax", [number], name: name + ".most",
      [ONNXAttribute("axes", [1]), ONNXAttribute("keepdims", 1)])
    let half = scalar(name + ".half", 0.5)
    let none = add("Less", [most, half], name: name + ".none")
    let allowed = add("Or", [counts, none], name: name + ".allowed")
    return add(
      "Unsqueeze", [allowed, constant(name + ".axes", [1, 2])], name: name + ".mask")
  }
}

extension ONNXIndex {
  /// The tokens that a mask of attention is made of.
  fileprivate func attentionMask(_ mask: String) -> String? {
    guard
      let spread = maker(of: mask, is: "Unsqueeze", reading: 2),
      integers(spread.inputs[1]) == [1, 2],
      let allowed = maker(of: spread.inputs[0], is: "Or", reading: 2),
      let none = maker(of: allowed.inputs[1], is: "Less", reading: 2),
      scalar(none.inputs[1]) == 0.5,
      let most = maker(of: none.inputs[0], is: "ReduceMax"),
      most["axes"]?.integers == [1], most["keepdims"]?.integer ?? 1 == 1,
      let number = maker(of: most.inputs[0], is: "Cast"), number.inputs[0] == allowed.inputs[0]
    else { return nil }
    return tokens(allowed.inputs[0])
  }
}
