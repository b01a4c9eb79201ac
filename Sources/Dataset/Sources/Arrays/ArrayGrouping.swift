internal import Artifacts

/// Which files hold arrays of the same rows, and what their arrays are called.
enum ArrayGrouping {
  /// A file holds all arrays of its rows.
  case archives
  /// A file holds one array, and those of a folder belong together.
  case folders
  /// The same, with names as those of MNIST's files.
  case mnist

  /// What the rows of a file belong to: files with the same text hold arrays of the same rows.
  func group(of file: SourceFile, array: String) -> String {
    switch self {
    case .archives: file.name
    case .folders, .mnist: file.name.parentPath
    }
  }

  /// The split that a group's name tells.
  func split(ofGroup group: String) -> SplitName? {
    let name = group.lastName
    let stem = self == .archives ? name.split(separator: ".").first.map(String.init) ?? name : name
    return SplitFolders.split(named: stem) ?? ArrayName(stem).split
  }

  var groupNoun: String { self == .archives ? "files" : "folders" }

  /// Whether a word for a split is no part of an array's name, although only one split is there.
  var stripsSplits: Bool { self == .mnist }

  /// What an array is called: MNIST's are a row's image and its label.
  func name(ofArray name: String) -> String {
    guard self == .mnist else { return name }
    switch name.split(whereSeparator: { "_-.".contains($0) }).last.map(String.init) {
    case "images", "image": return "image"
    case "labels", "label": return "label"
    default: return name
    }
  }
}
