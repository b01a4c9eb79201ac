import Diagnostics
import Testing

@Suite struct `Collecting diagnostics` {
  private func place(_ line: Int, _ column: Int) -> SourceRange {
    SourceRange(file: "a.yaml", line: line, column: column)
  }

  @Test func `keeps each problem once and in order`() {
    let first = Diagnostic("one", at: place(2, 1))
    let second = Diagnostic("two", at: place(1, 1))
    #expect(Diagnostics([first, second, first]).all == [first, second])
  }

  @Test func `sorts by place, with what has none at the end`() {
    let problems = Diagnostics([
      Diagnostic("nowhere"), Diagnostic("late", at: place(2, 3)),
      Diagnostic("early", at: place(2, 1)), Diagnostic("nowhere either"),
    ])
    #expect(
      problems.sorted().map(\.message) == ["early", "late", "nowhere", "nowhere either"])
  }

  @Test func `throws for errors and not for warnings`() throws {
    let warning = Diagnostics(Diagnostic("odd", severity: .warning))
    try warning.throwIfErrors()
    #expect(throws: Diagnostics.self) {
      try Diagnostics([Diagnostic("odd", severity: .warning), Diagnostic("wrong")]).throwIfErrors()
    }
  }

  @Test func `puts remedies before other notes`() {
    let problem = Diagnostic("wrong", remedy: "do this", "or that", notes: [Note("see here")])
    #expect(problem.notes.map(\.message) == ["do this", "or that", "see here"])
  }
}
