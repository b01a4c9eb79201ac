internal import Artifacts
internal import Diagnostics
internal import Options
internal import YAML

/// What sources of files in folders have in common.
extension FileListing {
  /// What is wrong with settings for folders that are classes.
  static func problems(
    of medium: Medium, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if request.task == .regression || request.task == .multiLabel {
      let noun =
        request.task == .regression
        ? "numbers" : "labels of which \(medium.article) \(medium.noun) has several"
      problems.append(
        Diagnostic(
          "folders are classes, not \(noun)", at: node["task"]?.range ?? node.range,
          remedy: "remove 'task'"))
    }
    if request.weight != nil {
      problems.append(
        Diagnostic(
          "\(medium.plural) have no column of weights", at: node["weight"]?.range ?? node.range,
          remedy: "remove 'weight'"))
    }
    if request.split != nil || request.group != nil || request.time != nil {
      problems.append(
        Diagnostic(
          "\(medium.plural) have no columns to split by", at: node["split"]?.range ?? node.range,
          remedy: "split them by fractions or 'files'"))
    }
    return problems
  }

  /// Looks for the files in the folders.
  ///
  /// - Parameter key: The key under which the folders stand.
  static func look(
    for medium: Medium, under key: String, _ request: RowRequest, _ search: FileSearch,
    _ node: Node
  ) -> SourceLook {
    var look = SourceLook()
    look.problems = dealtTwice(request, search, node, of: medium)
    guard look.problems.isEmpty else { return look }
    for (index, pattern) in request.patterns.enumerated() {
      do throws(Diagnostic) {
        var single = request
        single.patterns = [pattern]
        _ = try FileListing(of: medium, single, search)
      } catch {
        var problem = error
        problem.range = (node[key] ?? node).place(ofElement: index)
        look.problems.append(problem)
      }
    }
    return look
  }

  /// Finds folders that are splits and would be taken for classes and split by chance.
  private static func dealtTwice(
    _ request: RowRequest, _ search: FileSearch, _ node: Node, of medium: Medium
  ) -> [Diagnostic] {
    guard request.isDealtOut, let files = try? search.files(request.patterns) else { return [] }
    return files.compactMap { file in
      guard let names = try? Folder.names(in: file.path) else { return nil }
      let folders = names.filter { name in
        guard !name.hasPrefix(".") else { return false }
        let status = try? FileStatus(of: file.path + "/" + name)
        return status?.kind == .folder
      }
      guard SplitFolders.areSplits(folders) else { return nil }
      var problem = FileListing.dealtTwice(file.name, Set(folders), of: medium)
      problem.range = (node["split"] ?? node).range
      return problem
    }
  }
}
