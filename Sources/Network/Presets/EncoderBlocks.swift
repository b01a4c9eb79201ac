import Diagnostics
import YAML

/// The blocks of a transformer's encoder (Vaswani et al. 2017, section 3.1), each part normalised before it
/// (Xiong et al. 2020): x + attention(norm(x)), then x + mlp(norm(x)).
struct EncoderBlocks {
  var depth: Int
  var heads: Int
  /// How much wider the hidden layer is than the vectors.
  var expansion: Int
  var dropout: Double
  /// What the layer norms add to variances.
  var epsilon: Double

  /// Adds the blocks and the last norm.
  ///
  /// - Parameters:
  ///   - source: A sequence `[L, D]`.
  ///   - mask: What says which places count, if not all do.
  func add(
    _ builder: inout NetworkBuilder, to source: String, mask: String? = nil, _ prefix: String
  ) throws(Diagnostic) -> String {
    let width = builder.shape(of: source)[1]
    var norm = LayerNorm()
    norm.epsilon = epsilon
    var last = source
    for number in 0..<depth {
      let name = "\(prefix)block\(number + 1)"
      var value = try builder.add("\(name).norm1", norm, to: last)
      value = try builder.add("\(name).qkv", Linear(outputs: 3 * width, .xavier), to: value)
      value = try builder.add(
        "\(name).attention", Attention(heads: heads), to: [value] + (mask.map { [$0] } ?? []))
      value = try builder.add("\(name).out", Linear(outputs: width, .xavier), to: value)
      value = try builder.addDropout("\(name).out.dropout", dropout, to: value)
      last = try builder.add("\(name).add1", Add(), to: [last, value])
      value = try builder.add("\(name).norm2", norm, to: last)
      value = try builder.add(
        "\(name).mlp1", Linear(outputs: expansion * width, .xavier), to: value)
      value = try builder.add("\(name).gelu", Activation(.gelu), to: value)
      value = try builder.addDropout("\(name).gelu.dropout", dropout, to: value)
      value = try builder.add("\(name).mlp2", Linear(outputs: width, .xavier), to: value)
      value = try builder.addDropout("\(name).mlp2.dropout", dropout, to: value)
      last = try builder.add("\(name).add2", Add(), to: [last, value])
    }
    return try builder.add("\(prefix)norm", norm, to: last)
  }
}

extension Diagnostic {
  /// Refuses heads of settings that do not divide their width, at their place.
  ///
  /// - Parameter node: The settings as written.
  static func heads(_ heads: Int, dividing width: Int, in node: Node) -> [Diagnostic] {
    guard var problem = Diagnostic.heads(heads, dividing: width) else { return [] }
    problem.range = (node["heads"] ?? node["width"] ?? node).range
    return [problem]
  }

  /// The same without a place; nil where they do.
  static func heads(_ heads: Int, dividing width: Int) -> Diagnostic? {
    guard !width.isMultiple(of: heads) else { return nil }
    let near = stride(from: heads, to: 0, by: -1).first { width.isMultiple(of: $0) } ?? 1
    return Diagnostic(
      "vectors of \(width) values cannot be split into \(heads) heads",
      remedy: "use \(near.counted("head")), or a width of \((width / heads + 1) * heads)")
  }
}
