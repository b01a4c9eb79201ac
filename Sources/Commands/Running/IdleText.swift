/// How the stages stand where a run has nothing to do.
enum IdleText {
  /// Such as `every stage is up to date` or `3 stages are up to date, 1 is skipped`.
  static func of(fresh: Int, skipped: Int) -> String {
    guard skipped > 0 else { return "every stage is up to date" }
    guard fresh > 0 else { return "every stage is skipped" }
    return "\(fresh) \(fresh == 1 ? "stage is" : "stages are") up to date, "
      + "\(skipped) \(skipped == 1 ? "is" : "are") skipped"
  }
}
