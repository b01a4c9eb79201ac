/// A word that may stand where the cursor is on a command line, and what it is.
struct Candidate: Hashable {
  let word: String
  var summary = ""
}
