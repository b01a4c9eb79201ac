internal import YAML

/// How what fills a role differs from what filled it before.
package struct InputDifference: Hashable, Sendable {
  package enum Change: Hashable, Sendable {
    case content, added, removed
    case replaced(String)
    case count(from: Int, to: Int)
    case order
    /// The names of the upstream stages, which an older key left out.
    case naming
  }

  /// The upstream instance, or what else tells the input from others.
  package let name: String
  package let change: Change

  /// - Parameters:
  ///   - old: the digests that filled the role, in their order or by variable.
  ///   - sources: the addresses of the instances that they came from, as far as known.
  init(
    role: String, from old: Value?, _ oldSources: [String]?, to new: Value?,
    _ newSources: [String]?
  ) {
    let isNamed = old?.object != nil || new?.object != nil
    let before = Entry.all(old, oldSources, isNamed: isNamed)
    let after = Entry.all(new, newSources, isNamed: isNamed)
    let isKnown = (before + after).allSatisfy { $0.identity != nil }
    let found = isKnown ? Self.membership(before, after) ?? Self.content(before, after) : nil
    let (name, change) =
      found ?? (role, Self.arrangement(before, after, isNamed: isNamed))
    self.name = name
    self.change = change
  }

  private struct Entry {
    /// What makes an input the same as before: the variable it is found in, or else its source.
    var identity: String?
    var source: String?
    let digest: Value

    var isNamed: Bool { identity != source }
    var label: String { source ?? identity.map { "$" + $0 } ?? "" }

    static func all(_ value: Value?, _ sources: [String]?, isNamed: Bool) -> [Entry] {
      if case .object(let members)? = value {
        return members.sorted { $0.key < $1.key }.map { variable, digest in
          let source = sources?.first { InputVariable.name(for: $0) == variable }
          return Entry(identity: variable, source: source, digest: digest)
        }
      }
      let digests = value?.array ?? []
      let known = sources.flatMap { $0.count == digests.count ? $0 : nil }
      return digests.enumerated().map { position, digest in
        let source = known?[position]
        return Entry(
          identity: isNamed ? source.map(InputVariable.name) : source, source: source,
          digest: digest)
      }
    }
  }

  /// What came, went or took another's place.
  private static func membership(_ before: [Entry], _ after: [Entry]) -> (String, Change)? {
    let gone = before.filter { isMissing($0, in: after) }
    let come = after.filter { isMissing($0, in: before) }
    switch (gone.count, come.count) {
    case (0, 1): return (come[0].label, .added)
    case (1, 0): return (gone[0].label, .removed)
    case (1..., 1...) where before.count == after.count:
      return (come[0].label, .replaced(gone[0].label))
    default: return nil
    }
  }

  /// Without variables it makes no difference where the same artifact comes from.
  private static func isMissing(_ entry: Entry, in others: [Entry]) -> Bool {
    !others.contains { other in
      other.identity == entry.identity || !entry.isNamed && other.digest == entry.digest
    }
  }

  /// The first input that is there as before, with something else in it.
  private static func content(_ before: [Entry], _ after: [Entry]) -> (String, Change)? {
    guard before.count == after.count else { return nil }
    for entry in after {
      let same = before.filter { $0.identity == entry.identity }
      guard let old = same.first, !same.contains(where: { $0.digest == entry.digest }) else {
        continue
      }
      guard let was = old.source, let source = entry.source, was != source else {
        return (entry.label, .content)
      }
      return (source, .replaced(was))
    }
    return nil
  }

  /// What can be said where sources are not known, or are the same.
  private static func arrangement(
    _ before: [Entry], _ after: [Entry], isNamed: Bool
  ) -> Change {
    if before.count != after.count { return .count(from: before.count, to: after.count) }
    func digests(_ entries: [Entry]) -> [String] { entries.map(\.digest.canonicalJSON).sorted() }
    guard digests(before) == digests(after) else { return .content }
    return isNamed ? .naming : .order
  }
}

extension InputDifference: CustomStringConvertible {
  package var description: String {
    switch change {
    case .content: "the input '\(name)' has other content"
    case .added: "the input '\(name)' is new"
    case .removed: "the input '\(name)' is gone"
    case .replaced(let other): "it reads '\(name)' instead of '\(other)'"
    case .count(let old, let new):
      "it has \(new) \(new == 1 ? "input" : "inputs") instead of \(old)"
    case .order: "its inputs are in another order"
    case .naming: "the names of its inputs count now"
    }
  }
}
