internal import Artifacts
internal import FoundationEssentials
internal import Pipeline
internal import YAML

/// The pipeline that `anneal init` writes: from files to a small deployed network.
struct FirstPipeline {
  private let file: String
  private var load: [(key: String, text: String)]
  private var split = "{train: 70%, validation: 15%, test: 15%}"
  private var learning = FirstLearning()

  /// A pipeline for a table that is not there yet.
  init(file: String, target: String? = nil) {
    self.file = file
    load = [("csv", "data.csv"), ("target", Self.written(.string(target ?? "label")))]
  }

  /// Has it load files of which something is known.
  mutating func load(_ proposal: FileProposal) {
    let folder = file.parentPath
    let files = proposal.files.map { Value.string($0.path(from: folder)) }
    load =
      [(proposal.source, Self.written(files.count == 1 ? files[0] : .array(files)))]
      + proposal.settings.map { key, value in
        (key, key == "features" ? Self.features(value, folder) : Self.written(value))
      }
    learning = FirstLearning(proposal)
    if let column = proposal.splitColumn {
      split = "{column: \(Self.written(.string(column)))}"
    } else if proposal.isSplit {
      split = ""
    } else if proposal.hasClasses {
      split = "{train: 70%, validation: 15%, test: 15%, stratify: true}"
    }
  }

  var text: String {
    let loading = load + (split.isEmpty ? [] : [("split", split)])
    return """
      # yaml-language-server: $schema=\(PipelineSchema.fileName)
      #
      # Check this file with 'anneal check', run it with 'anneal run'.
      # 'anneal help' lists the kinds of stage, 'anneal help train' explains one.
      pipeline: \(name)
      seed: 1

      stages:
        rows:
          load:
      \(loading.map { "      \($0.key): \($0.text)" }.joined(separator: "\n"))

      \(learning.text)
        shipped:
          from: small
          accelerate: {goal: latency}

      """
  }

  /// The file's name as a pipeline's name.
  private var name: String {
    let stem = file.lastName.prefix { $0 != "." }
    let letters = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    guard let first = letters.first, first.isLetter else { return "first" }
    return String(letters.prefix(64))
  }

  /// Features on a line each, whose folders are relative to the pipeline.
  private static func features(_ value: Value, _ folder: String) -> String {
    let lines = (value.object ?? [:]).sorted { $0.key < $1.key }.map { name, feature in
      var feature = feature
      if let root = feature["root"]?.string { feature["root"] = .string(root.path(from: folder)) }
      return "        \(written(.string(name))): \(written(feature))"
    }
    return "\n" + lines.joined(separator: "\n")
  }

  /// A value on one line; what a feature is made of comes before what is made of it.
  private static func written(_ value: Value) -> String {
    YAMLEmitter.inline(value, first: "columns")
  }
}

extension String {
  /// This path, relative to the working folder, as files in another folder write it.
  func path(from folder: String) -> String {
    guard !hasPrefix("/"), folder != "." else { return self }
    let above = folder.plainPath
    if plainPath.isPath(atOrBelow: above), plainPath != above {
      return String(plainPath.dropFirst(above.count + 1))
    }
    if plainPath == above { return "." }
    let steps = above.split(separator: "/")
    guard !above.hasPrefix("/"), !steps.contains("..") else {
      return path(in: FileManager.default.currentDirectoryPath)
    }
    return String(repeating: "../", count: steps.count) + plainPath
  }
}
