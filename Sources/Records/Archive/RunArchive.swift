internal import Artifacts
internal import Diagnostics
internal import YAML

/// What an archive of a run says of itself, in its first file.
///
/// All contents lie in the archive under their digests, `objects/…`, so no name in it leads anywhere;
/// the paths that files go to stand here and are checked one by one.
struct RunArchive {
  struct File {
    var path: String
    var size: Int
    var digest: Digest
    var isExecutable: Bool
  }

  static let manifestName = "anneal-run.json"
  static let longestManifest = 256 << 20
  private static let format = "anneal run 2"

  /// The format in which results had no names but their keys.
  private static let keyedFormat = "anneal run 1"

  /// Rows of the ledger's tables.
  var run: Value
  var stages: [Value] = []

  /// The results that the stages name; those of an older archive have no names but their keys.
  var results: [Value] = []

  /// The pipeline file's name, and what lies in its folder.
  var pipelineFile: String
  var files: [File] = []

  /// What the pipeline reads and the archive lacks.
  var missing: [String] = []

  /// Every content by its digest, with its size.
  var objects: [Digest: Int] = [:]

  init(run: Value, pipelineFile: String) {
    self.run = run
    self.pipelineFile = pipelineFile
  }

  static func objectName(_ digest: Digest) -> String { "objects/" + digest.hex }

  var bytes: [UInt8] {
    let value: Value = [
      "format": .string(Self.format), "run": run, "stages": .array(stages),
      "results": .array(results), "pipeline-file": .string(pipelineFile),
      "files": .array(
        files.map { file in
          [
            "path": .string(file.path), "size": .int(file.size), "sha256": .string(file.digest.hex),
            "executable": .bool(file.isExecutable),
          ]
        }), "missing": .array(missing.map { .string($0) }),
      "objects": .object(
        Dictionary(objects.map { ($0.key.hex, Value.int($0.value)) }) { first, _ in first }),
    ]
    return Array(value.prettyJSON.utf8)
  }

  init(parsing bytes: [UInt8], file: String) throws(Diagnostic) {
    func problem(_ fact: String) -> Diagnostic {
      Diagnostic("'\(file)' is no archive of a run: \(fact)", remedy: "'anneal export' writes one")
    }
    let value = try Value(parsingJSON: bytes, file: file)
    guard let format = value["format"]?.string, [Self.format, Self.keyedFormat].contains(format)
    else {
      throw problem("its format is \(value["format"]?.canonicalJSON ?? "unknown")")
    }
    guard let run = value["run"], let name = value["pipeline-file"]?.string else {
      throw problem("it does not name a run and a pipeline")
    }
    self.init(run: run, pipelineFile: name)
    stages = value["stages"]?.array ?? []
    results = value["results"]?.array ?? []
    missing = (value["missing"]?.array ?? []).compactMap(\.string)
    for (hex, size) in value["objects"]?.object ?? [:] {
      guard let digest = Digest(hex: hex), let size = size.int, size >= 0 else {
        throw problem("'\(hex)' is not the digest of a content with a size")
      }
      objects[digest] = size
    }
    var paths: Set<String> = []
    for item in value["files"]?.array ?? [] {
      guard let path = item["path"]?.string, let size = item["size"]?.int,
        let digest = item["sha256"]?.string.flatMap({ Digest(hex: $0) }), objects[digest] == size
      else { throw problem("a file has no path, or its content is not there") }
      guard Self.isWelcome(path), paths.insert(path).inserted else {
        throw problem("the path '\(path)' is not allowed")
      }
      files.append(
        File(
          path: path, size: size, digest: digest,
          isExecutable: item["executable"]?.bool ?? false))
    }
    guard paths.contains(name), !name.contains("/") else {
      throw problem("the pipeline file '\(name)' is not in it")
    }
  }

  /// Whether a file may be put there: within the folder, and in none that programs keep their own in.
  static func isWelcome(_ path: String) -> Bool {
    TreeManifest.isSafe(path)
      && path.split(separator: "/").allSatisfy { ![".git", ".anneal"].contains($0.lowercased()) }
  }
}
