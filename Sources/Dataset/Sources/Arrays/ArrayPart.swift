/// Arrays whose rows belong together: one array for each name.
struct ArrayPart: Sendable {
  /// The file that rows are said to come from.
  let fileName: String
  var split: SplitName?
  var arrays: [String: StoredArray] = [:]
  var unread: [String: UnreadArray] = [:]

  /// The order in which names came.
  var names: [String] = []

  init(fileName: String, split: SplitName? = nil) {
    self.fileName = fileName
    self.split = split
  }
}
