/// A setting that holds numbers which `in:` can bound.
package protocol BoundedOption: OptionValue {
  associatedtype Bounded: OptionValue & Comparable

  /// The numbers, those of a list in its order and those of a mapping in the order of its keys.
  var bounded: [Bounded] { get }
}

/// A setting that is itself a number.
package protocol NumberOption: BoundedOption, Comparable where Bounded == Self {}

extension NumberOption {
  package var bounded: [Self] { [self] }
}

extension Int: NumberOption {}
extension Double: NumberOption {}

extension Optional: BoundedOption where Wrapped: BoundedOption {
  package var bounded: [Wrapped.Bounded] { self?.bounded ?? [] }
}

extension Array: BoundedOption where Element: BoundedOption {
  package var bounded: [Element.Bounded] { flatMap(\.bounded) }
}

extension Dictionary: BoundedOption where Key == String, Value: BoundedOption {
  package var bounded: [Value.Bounded] { sorted { $0.key < $1.key }.flatMap(\.value.bounded) }
}
