/// Some rows of a table, to look at where all of them would take long.
struct TableSample {
  let contents: any TableContents

  /// The part of the files that was taken; nil where it is not known, because only the first rows were.
  let share: Double?
}
