internal import Search

/// How much each setting matters for a goal, as bars.
struct ImportanceBars {
  private let goal: SearchSpec.Goal
  private let importance: SettingImportance?

  private let names: SettingNames

  init(_ goal: SearchSpec.Goal, _ spec: SearchSpec, _ importance: SettingImportance?) {
    names = SettingNames(spec)
    self.goal = goal
    self.importance = importance
  }

  private static let width = 520
  private static let column = 220
  private static let line = 22

  var html: HTML {
    guard let importance else {
      return """
        <p>\(goal.metric): it takes \(SettingImportance.fewestTrials) complete trials that differ to tell.</p>
        """
    }
    guard importance.isTelling else {
      return """
        <p>\(goal.metric): nothing can be told, because the forest does not predict trials that it has not \
        seen (R² \(Figure.number(importance.fit))).</p>
        """
    }
    let bars = importance.shares.enumerated().map { index, share in
      let y = index * Self.line
      let room = Double(Self.width - Self.column - 60)
      let length = Figure.rounded(room * min(max(share.share, 0), 1), places: 1)
      return """
        <text class="name" x="\(Self.column - 8)" y="\(y + 15)">\(names.short(share.path))</text>\
        <rect x="\(Self.column)" y="\(y + 4)" width="\(length)" height="14"/>\
        <text x="\(Figure.rounded(Double(Self.column) + room * min(max(share.share, 0), 1) + 6, places: 1))" y="\(y + 15)">\
        \(Figure.percent(share.share))</text>
        """ as HTML
    }
    let height = importance.shares.count * Self.line + 4
    return """
      <figure><svg class="importance" viewBox="0 0 \(Self.width) \(height)" width="\(Self.width)" \
      height="\(height)" role="img" aria-label="The importance of settings for \(goal.metric)">
      \(HTML(bars))
      </svg><figcaption>\(goal.metric); the forest explains unseen trials with R² \
      \(Figure.number(importance.fit))</figcaption></figure>
      """
  }
}
