/// Splits a sequence's shape into its length and the width of its vectors.
func sequenceSize(of shape: [Int]) throws(ShapeError) -> (length: Int, width: Int) {
  guard shape.count == 2 else {
    throw ShapeError(
      "needs a sequence [length, width] but its input has the shape \(shape)",
      remedy: "put it after 'token-embedding', 'image-tokens' or another layer that keeps sequences"
    )
  }
  return (shape[0], shape[1])
}

/// Checks that a second input, where there is one, says of each place of a sequence whether it counts.
func checkMask(_ inputs: [[Int]], length: Int) throws(ShapeError) {
  guard inputs.count > 1, inputs[1] != [length] else { return }
  throw ShapeError(
    "has a sequence of length \(length), but what says which of its places count has the shape "
      + "\(inputs[1])",
    remedy: "read the tokens that the sequence is made of")
}
