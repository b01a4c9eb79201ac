internal import Options

/// What a column of a table holds, as its user may say.
enum ColumnKind: String, NamedOption {
  case number
  case category
  case date
  case text

  var summary: String {
    switch self {
    case .number: "Numbers; a text is a bad row."
    case .category: "One of several texts, numbers and codes too."
    case .date: "Dates such as 2012-01-31, also with a time; or times of the day such as 08:30."
    case .text: "Texts of which each is another, read by their words."
    }
  }
}
