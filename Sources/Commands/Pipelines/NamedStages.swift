internal import Artifacts

/// What the words of a command line mean that may begin with a pipeline and go on with stages.
struct NamedStages {
  /// The pipeline file, or `nil` where the folder has to tell.
  let file: String?
  let stages: [String]

  /// A first word that is no file and does not look like one is a stage of the folder's pipeline.
  ///
  /// - Parameters:
  ///   - first: the word where the pipeline's name may stand.
  ///   - others: the words after it.
  init(_ first: String?, _ others: [String] = []) {
    guard let first, !Self.isFile(first) else {
      file = first
      stages = others
      return
    }
    file = nil
    stages = [first] + others
  }

  /// Whether a word names a file, one that is there or one that should be.
  static func isFile(_ word: String) -> Bool {
    word.hasSuffix(".yaml") || word.hasSuffix(".yml") || word.contains("/")
      || (try? FileStatus(of: word, following: true))?.kind == .file
  }
}
