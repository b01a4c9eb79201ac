/// What the files of a source hold, as a table for people.
package struct DataOverview: Hashable, Sendable {
  package var headings: [String]
  package var rows: [[String]]

  package init(headings: [String], rows: [[String]]) {
    self.headings = headings
    self.rows = rows
  }
}
