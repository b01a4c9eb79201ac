/// A choice among types, each of which says in its own file what it is called and what it does.
///
/// A further type is one more line in `cases`.
///
///     struct Augmentation: OpenChoice {
///       let change: any GeometricAugmentation
///       var member: any ChoiceMember { change }
///
///       static var cases: [Case<Self>] {
///         Case(Crop.self, Self.init)
///         Case(Rotate.self, Self.init)
///       }
///     }
package protocol OpenChoice: Choice {
  /// What is chosen.
  var member: any ChoiceMember { get }
}

/// A type whose values can be chosen in an open choice.
package protocol ChoiceMember: OptionValue {
  /// What it is called in the file.
  static var name: String { get }

  /// A sentence about it among the others of the choice.
  static var purpose: String { get }
}

extension ChoiceMember where Self: Options {
  package static var name: String { title }
  package static var purpose: String { summary }
}

extension OpenChoice {
  package var payload: (any OptionValue)? { member }

  package static func == (left: Self, right: Self) -> Bool { left.member.equals(right.member) }
}

extension ChoiceMember {
  fileprivate func equals(_ other: any ChoiceMember) -> Bool { self == other as? Self }
}
