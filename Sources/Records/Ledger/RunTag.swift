package import Diagnostics

/// What a tag of a run may be called.
package enum RunTag {
  private static let longest = 64

  /// Refuses what could be mistaken for a run's name, or not be written on a command line.
  package static func check(_ name: String) throws(Diagnostic) {
    let isPlain = name.utf8.allSatisfy { byte in
      let character = Character(UnicodeScalar(byte))
      return character.isASCII
        && (character.isLetter || character.isNumber || "-_.".contains(character))
    }
    guard isPlain, name.utf8.count <= longest, name.first?.isLetter == true, name != "last" else {
      throw Diagnostic(
        "'\(name)' cannot be a tag",
        remedy: "begin with a letter and go on with letters, digits, '-', '_' and '.', at most "
          + "\(longest) in all; 'last' always means the latest run")
    }
  }
}
