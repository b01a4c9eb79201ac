/// Something wrong with a file among the objects of a store.
package struct StoreProblem: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The content has another digest than the name says.
    case damaged
    /// The content cannot be read, for this reason.
    case unreadable(String)
    /// The name is no digest.
    case stray
  }

  package var path: String
  package var kind: Kind

  package init(path: String, kind: Kind) {
    self.path = path
    self.kind = kind
  }
}

extension StoreProblem: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .damaged: "'\(path)' is damaged: its content does not have the digest in its name"
    case .unreadable(let reason): "'\(path)' cannot be checked: \(reason)"
    case .stray: "'\(path)' is not an object of the store"
    }
  }
}
