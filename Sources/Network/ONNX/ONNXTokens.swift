import Tensor

/// What layers over the tokens of texts are written as, and how that is recognised.
extension ONNXBuilder {
  /// Whether each place of `[N, L]` tokens is above 0 and so none of the padding.
  mutating func isToken(_ tokens: String, name: String) -> String {
    let numbers = cast(tokens, to: .float32, name: name + ".numbers")
    return add("Greater", [numbers, scalar(name + ".zero", 0)], name: name + ".is_token")
  }

  /// A learned vector for each token `[N, L, width]`, zeros for padding and ids that are not known.
  ///
  /// - Returns: The vectors under the given name, and for each place 1 or 0: `[N, L]`.
  mutating func tokenVectors(
    of site: ONNXSite, vocabulary: Int, name: String
  ) throws -> (vectors: String, counted: String) {
    let ids = codes(of: site)
    let zero = constant(site.name + ".zero", [0])
    let end = constant(site.name + ".end", [Int64(vocabulary)])
    let two = constant(site.name + ".two", [2])
    let isAbove = add("Greater", [ids, zero], name: site.name + ".is_above")
    let isBelow = add("Less", [ids, end], name: site.name + ".is_below")
    let isToken = add("And", [isAbove, isBelow], name: site.name + ".is_token")
    let factor = cast(isToken, to: .int64, name: site.name + ".factor")
    let known = add("Mul", [ids, factor], name: site.name + ".known")
    let table = try parameter("weight", of: site)
    let rows = add("Gather", [table, known], name: site.name + ".vectors")
    let counted = cast(isToken, to: .float32, name: site.name + ".counted")
    let mask = add("Unsqueeze", [counted, two], name: site.name + ".mask")
    return (add("Mul", [rows, mask], name: name), counted)
  }

  /// The mean of `[N, L, D]` over the places that count, zero where none does.
  ///
  /// - Parameter counted: 1 or 0 for each place: `[N, L]`.
  mutating func mean(of value: String, counting counted: String, name: String) -> String {
    let two = constant(name + ".spread", [2])
    let mask = add("Unsqueeze", [counted, two], name: name + ".mask")
    return mean(ofMasked: add("Mul", [value, mask], name: name + ".masked"), counted, name: name)
  }

  /// The same of values that are zero already where a place does not count.
  mutating func mean(ofMasked masked: String, _ counted: String, name: String) -> String {
    let one = constant(name + ".one", [1])
    let sum = add("ReduceSum", [masked, one], name: name + ".sum", [ONNXAttribute("keepdims", 0)])
    let count = add(
      "ReduceSum", [counted, one], name: name + ".count", [ONNXAttribute("keepdims", 1)])
    let least = scalar(name + ".least", 1)
    let divisor = add("Max", [count, least], name: name + ".divisor")
    return add("Div", [sum, divisor], name: name)
  }
}

extension ONNXIndex {
  /// The tokens that a value tells the padding of.
  func tokens(_ isToken: String) -> String? {
    guard let above = maker(of: isToken, is: "Greater", reading: 2),
      scalar(above.inputs[1]) == 0,
      let numbers = maker(of: above.inputs[0], is: "Cast"), numbers["to"]?.integer == 1
    else { return nil }
    return numbers.inputs[0]
  }

  /// What `mean(ofMasked:_:name:)` wrote.
  func maskedMean(_ last: ONNXNode) -> (masked: ONNXNode, counted: String)? {
    guard
      last.operation == "Div", last.inputs.count == 2,
      let sum = maker(of: last.inputs[0], is: "ReduceSum", reading: 2),
      integers(sum.inputs[1]) == [1], sum["keepdims"]?.integer == 0,
      let divisor = maker(of: last.inputs[1], is: "Max", reading: 2),
      scalar(divisor.inputs[1]) == 1,
      let count = maker(of: divisor.inputs[0], is: "ReduceSum", reading: 2),
      integers(count.inputs[1]) == [1], count["keepdims"]?.integer ?? 1 == 1,
      let masked = maker(of: sum.inputs[0], is: "Mul", reading: 2)
    else { return nil }
    return (masked, count.inputs[0])
  }

  /// What `mean(of:counting:name:)` wrote.
  func countedMean(_ last: ONNXNode) -> (value: String, counted: String)? {
    guard let (masked, counted) = maskedMean(last),
      let mask = maker(of: masked.inputs[1], is: "Unsqueeze", reading: 2),
      integers(mask.inputs[1]) == [2], mask.inputs[0] == counted
    else { return nil }
    return (masked.inputs[0], counted)
  }

  /// What `tokenVectors(of:vocabulary:name:)` wrote: the table, what is looked up in it, and for each place
  /// whether it counts.
  func tokenVectors(
    _ masked: ONNXNode
  ) -> (table: ONNXParameter, ids: String, counted: String)? {
    guard
      masked.operation == "Mul", masked.inputs.count == 2,
      let mask = maker(of: masked.inputs[1], is: "Unsqueeze", reading: 2),
      integers(mask.inputs[1]) == [2],
      let vectors = maker(of: masked.inputs[0], is: "Gather", reading: 2),
      vectors["axis"]?.integer ?? 0 == 0, let table = parameter(vectors.inputs[0]),
      table.values.dimensions.count == 2,
      let known = maker(of: vectors.inputs[1], is: "Mul", reading: 2),
      let factor = maker(of: known.inputs[1], is: "Cast"),
      let counted = maker(of: mask.inputs[0], is: "Cast"),
      counted.inputs[0] == factor.inputs[0],
      let isToken = maker(of: factor.inputs[0], is: "And", reading: 2),
      let isAbove = maker(of: isToken.inputs[0], is: "Greater", reading: 2),
      isAbove.inputs[0] == known.inputs[0], integers(isAbove.inputs[1]) == [0],
      let isBelow = maker(of: isToken.inputs[1], is: "Less", reading: 2),
      isBelow.inputs[0] == known.inputs[0],
      integers(isBelow.inputs[1]) == [Int(table.values.dimensions[0])]
    else { return nil }
    return (table, codes(known.inputs[0]), mask.inputs[0])
  }
}
