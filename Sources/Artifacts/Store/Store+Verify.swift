package import Diagnostics

extension Store {
  /// Reads every object again and returns what is wrong, ordered by path.
  package func verify() throws(Diagnostic) -> [StoreProblem] {
    var problems: [StoreProblem] = []
    var checked: [(path: String, digest: Digest)] = []
    for file in try layout.objects.files() {
      if file.status.kind == .file, let digest = file.digest {
        checked.append((file.path, digest))
      } else {
        problems.append(StoreProblem(path: file.path, kind: .stray))
      }
    }
    let results = ParallelHashing.results(of: checked.map(\.path))
    for (object, result) in zip(checked, results) {
      switch result {
      case .success(object.digest): continue
      case .success: problems.append(StoreProblem(path: object.path, kind: .damaged))
      case .failure(let error):
        problems.append(StoreProblem(path: object.path, kind: .unreadable(error.message)))
      }
    }
    return problems.sorted { $0.path < $1.path }
  }

  /// Removes damaged and stray files, so that a later run produces their content anew.
  ///
  /// A check-out shares its files with the objects, so those that lost one are removed as well.
  package func discard(_ problems: [StoreProblem]) throws {
    try openSession().withExclusiveUse {
      for problem in problems { try Folder.remove(problem.path) }
      try removeCheckOuts { contains($0) }
    }
  }

  /// Removes the checked-out folders of trees that are not to stay.
  func removeCheckOuts(except stays: (Digest) -> Bool) throws(Diagnostic) {
    for name in try Folder.names(in: layout.artifacts) {
      if let tree = Digest(hex: name), stays(tree) { continue }
      try Folder.remove("\(layout.artifacts)/\(name)")
    }
  }
}
