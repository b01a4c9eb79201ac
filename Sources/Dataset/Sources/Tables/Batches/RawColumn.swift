/// The cells of one column in a batch of rows, in the form that was asked for.
enum RawColumn: Sendable {
  case numbers(NumberColumn)
  case codes(CodeColumn)
  case texts(TextColumn)
}
