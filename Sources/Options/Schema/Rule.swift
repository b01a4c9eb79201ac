package import YAML

/// What has to hold between the keys of settings, as far as editors can tell; `check` puts it into words.
///
/// A rule never refuses what `check` accepts: of a value that holds a reference it assumes the best.
package indirect enum Rule: Sendable {
  /// The key has another value than its default.
  case given(String)

  /// The key has its default, written or not. For keys whose default can be written in one way only.
  case usual(String)
  case equal(String, Value)
  case different(String, Value)

  /// The texts of the key, one or a list of them, match an ECMAScript regular expression.
  case texts(of: String, match: String)

  /// The first text of the list under the key does.
  case first(of: String, match: String)

  /// The keys of the mapping under the key do.
  case keys(of: String, match: String)
  case all([Rule])
  case any([Rule])
}

extension Rule {
  package static func exactlyOne(of keys: [String]) -> Rule {
    .any(keys.map { only($0, of: keys) })
  }

  /// The key is given, and none of the others.
  package static func only(_ key: String, of keys: [String]) -> Rule {
    .all([.given(key)] + keys.filter { $0 != key }.map { .usual($0) })
  }

  package static func together(_ one: String, _ other: String) -> Rule {
    .any([.all([.given(one), .given(other)]), .all([.usual(one), .usual(other)])])
  }

  /// Where the key is given, the rule holds.
  package static func whereGiven(_ key: String, _ rule: Rule) -> Rule { .any([.usual(key), rule]) }

  /// Whether the rule holds where no key is written.
  func holdsForNothing(_ defaults: [String: Value]) -> Bool {
    switch self {
    case .given: false
    case .usual, .texts, .first, .keys: true
    case .equal(let key, let value): defaults[key] == value
    case .different(let key, let value): defaults[key] != value
    case .all(let rules): rules.allSatisfy { $0.holdsForNothing(defaults) }
    case .any(let rules): rules.contains { $0.holdsForNothing(defaults) }
    }
  }
}
