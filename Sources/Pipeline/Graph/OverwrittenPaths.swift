internal import Artifacts
internal import Diagnostics
internal import YAML

/// Finds stages that write where another one does: one would run over what the other left.
///
/// Sorting the paths brings a folder right before all that is in it, so one look at each is enough.
struct OverwrittenPaths {
  private struct Output {
    /// The position of the instance that writes the path.
    let instance: Int
    let path: WrittenPath

    /// The absolute path with zeros for slashes, which sorts the inside of a folder behind it.
    let key: [UInt8]

    func holds(_ other: Output) -> Bool {
      other.key.starts(with: key) && (other.key.count == key.count || other.key[key.count] == 0)
    }
  }

  private let instances: [StageInstance]

  /// - Parameter instances: those of a pipeline in the order in which they run.
  init(_ instances: [StageInstance]) {
    self.instances = instances
  }

  /// A problem at each later path, once for all instances of a stage.
  var problems: [Diagnostic] {
    var problems: [Diagnostic] = []
    var seen: Set<SourceRange> = []
    var above: Output?
    for output in sorted {
      guard let folder = above, folder.holds(output) else {
        above = output
        continue
      }
      let (first, second) = folder.instance <= output.instance ? (folder, output) : (output, folder)
      let place = second.path.range ?? instances[second.instance].range
      if seen.insert(place).inserted { problems.append(problem(first, second, at: place)) }
    }
    return problems
  }

  private var sorted: [Output] {
    var outputs: [Output] = []
    for (position, instance) in instances.enumerated() where !instance.isRuledOut {
      for path in instance.settings.written {
        let full = path.path.path(in: instance.directory).plainPath
        let key = full.utf8.map { $0 == UInt8(ascii: "/") ? 0 : $0 }
        outputs.append(Output(instance: position, path: path, key: key))
      }
    }
    return outputs.sorted { first, second in
      first.key == second.key
        ? first.instance < second.instance : first.key.lexicographicallyPrecedes(second.key)
    }
  }

  private func problem(_ first: Output, _ second: Output, at place: SourceRange) -> Diagnostic {
    let (one, other) = (instances[first.instance], instances[second.instance])
    let (before, path) = (first.path.path, second.path.path)
    guard one.address != other.address else {
      return Diagnostic(
        "stage '\(other.address)' writes '\(path)' twice", at: place,
        remedy: "name it once, or only the folder that it is in")
    }
    let fact =
      switch first.key.count - second.key.count {
      case 0: "stage '\(other.address)' writes '\(path)', and so does '\(one.address)'"
      case ..<0: "stage '\(other.address)' writes '\(path)' into what '\(one.address)' makes"
      default: "stage '\(other.address)' makes '\(path)', into which '\(one.address)' writes"
      }
    let name =
      one.stage == other.stage ? one.coordinates.firstName(differingIn: other.coordinates) : nil
    return Diagnostic(
      fact, at: place,
      remedy: name.map { "put ${matrix.\($0)} into the path, so that each instance has its own" }
        ?? "let each stage write to a path of its own",
      notes: first.path.range == place
        ? [] : [Note("'\(one.address)' writes '\(before)' here", at: first.path.range)])
  }
}

extension Coordinates {
  /// The first name whose value the others do not share.
  fileprivate func firstName(differingIn others: Coordinates) -> String? {
    all.first { others[$0.name]?.node.value != $0.node.value }?.name
  }
}
