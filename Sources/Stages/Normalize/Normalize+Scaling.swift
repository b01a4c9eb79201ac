package import Options

extension Normalize {
  /// What every method has to know.
  package struct Scaling: Options {
    package var per = Scope.channel
    package var outOfRange = Beyond.keep

    package init() {}

    package static let title = "Scale"

    package static var fields: [Field<Self>] {
      option("per", \.per, "What shares a scale.")
      option("out-of-range", \.outOfRange, "What becomes of values beyond the training split's.")
    }
  }
}
