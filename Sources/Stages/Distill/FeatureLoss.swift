internal import Diagnostics
internal import Tensor

/// Losses that compare what a student and a teacher compute on the way to their answers.
///
/// Of both the first dimension is the batch; teachers' values come outside any record. Each loss is computed
/// in 32 bits.
enum FeatureLoss {
  /// The squared error of what an adapter makes of a student's layer (Romero et al. 2015, equation 3,
  /// without its factor of one half), in the mean over all values.
  ///
  /// - Parameters:
  ///   - student: What the adapter gives, of the teacher's shape.
  ///   - teacher: `[N, C, H, W]`, `[N, T, C]` or `[N, C]`.
  static func hint(_ student: Tensor, _ teacher: Tensor) throws -> Tensor {
    try student.to(.float32).squaredError(teacher.to(.float32))
  }

  /// The squared distance of attention maps, in the mean over rows and places (Zagoruyko and Komodakis 2017,
  /// equation 2 with p = 2 and the mean that their program takes).
  ///
  /// A map is the mean over channels of the squares, as a vector of length 1.
  ///
  /// - Parameters:
  ///   - student, teacher: `[N, …]` with the same places, whatever their channels.
  ///   - axes: The dimensions that their channels lie along, counting the batch.
  static func attention(
    _ student: Tensor, _ teacher: Tensor, channels axes: (student: Int, teacher: Int)
  ) throws -> Tensor {
    try map(of: student, channels: axes.student)
      .squaredError(map(of: teacher, channels: axes.teacher))
  }

  private static func map(of values: Tensor, channels axis: Int) throws -> Tensor {
    try unit(values.to(.float32).square().mean(axis).flatten())
  }

  /// Vectors along the last dimension, divided by their lengths; zero stays zero.
  private static func unit(_ vectors: Tensor) throws -> Tensor {
    try vectors / vectors.norm2(-1, kept: true).clamp(1e-12)
  }

  /// The Huber loss of the distances between rows, each in the unit of their mean (Park et al. 2019,
  /// equations 5 to 7); over all ordered pairs, also of a row with itself.
  ///
  /// - Parameters:
  ///   - student, teacher: `[N, …]`, of any other dimensions.
  static func distances(_ student: Tensor, _ teacher: Tensor) throws -> Tensor {
    try distances(in: student).huber(distances(in: teacher))
  }

  private static func distances(in rows: Tensor) throws -> Tensor {
    let rows = try rows.to(.float32).flatten()
    let count = rows.shape[0]
    let squares = try rows.square().sum(1)
    let products = try rows.matmul(rows.transpose())
    let lengths = try (squares.unsqueeze(1) + squares.unsqueeze(0) - products * 2)
      .clamp(1e-12).sqrt()
    let others = try 1 - Tensor.identity(count, device: rows.device)
    let distances = try lengths * others
    return try distances / (distances.sum() / Double(max(count * (count - 1), 1)))
  }

  /// The Huber loss of the cosines of the angles that two rows make as seen from a third one (Park et al.
  /// 2019, equations 8 to 10); over all ordered triples. Takes memory for N³ cosines and for N² directions of D numbers each, which
  /// are more where rows are long.
  ///
  /// - Parameters:
  ///   - student, teacher: `[N, …]`, of any other dimensions, D numbers in a row.
  static func angles(_ student: Tensor, _ teacher: Tensor) throws -> Tensor {
    try cosines(in: student).huber(cosines(in: teacher))
  }

  private static func cosines(in rows: Tensor) throws -> Tensor {
    let rows = try rows.to(.float32).flatten()
    let directions = try unit(rows.unsqueeze(0) - rows.unsqueeze(1))
    return try directions.matmul(directions.transpose())
  }
}
