/// What becomes of a table's column in a first pipeline.
enum ColumnRole {
  case target

  /// Its values tell.
  case plain

  /// Texts that are read by their words.
  case text

  /// Images or sounds, which it names or holds.
  case files(FileColumn)

  /// It names the split of each row.
  case split

  /// It is left out, because it "is the same in every row", say.
  case leftOut(String)
}
