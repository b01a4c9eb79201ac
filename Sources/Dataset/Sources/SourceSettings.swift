package import Options
internal import YAML

/// What a pipeline says of sources: the files under the key of each, and the settings of its own.
package struct SourceSettings: Options {
  private var patterns: [String: OneOrMany<PathPattern>] = [:]
  private var own: [ObjectIdentifier: any Options] = [:]

  package init() {}

  package static var fields: [Field<Self>] {
    fileFields
    ownFields
  }

  /// The keys that name files, one for each source.
  package static var fileFields: [Field<Self>] {
    SourceCatalog.all.map { option($0.key, \.[patternsOf: $0.key], $0.summary) }
  }

  /// The settings of the sources' own, each type of them once.
  package static var ownFields: [Field<Self>] {
    var known: Set<ObjectIdentifier> = []
    return SourceCatalog.all.flatMap { source in
      known.insert(source.settingsType).inserted ? source.ownFields : []
    }
  }

  /// The sources whose files are named.
  package var named: [any Source.Type] { SourceCatalog.all.filter { patterns[$0.key] != nil } }

  /// The files that are named for a source.
  package func patterns(of source: any Source.Type) -> [PathPattern] {
    patterns[source.key]?.elements ?? []
  }

  func own<Kind: Source>(of source: Kind.Type) -> Kind.Settings { self[own: source.settingsType] }

  fileprivate subscript(patternsOf key: String) -> OneOrMany<PathPattern>? {
    get { patterns[key] }
    set { patterns[key] = newValue }
  }

  fileprivate subscript<Own: Options>(own type: ObjectIdentifier) -> Own {
    get { own[type] as? Own ?? Own() }
    set { own[type] = newValue }
  }

  package static func == (left: Self, right: Self) -> Bool { left.value == right.value }
}

extension Source {
  fileprivate static var settingsType: ObjectIdentifier { ObjectIdentifier(Settings.self) }

  fileprivate static var ownFields: [Field<SourceSettings>] {
    Settings.fields.map { $0.lifted(to: \.[own: settingsType]) }
  }
}
