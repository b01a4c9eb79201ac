/// What the page about a search adds to how pages look.
enum SearchStyle {
  static let sheet = """

    .goals, .parallel, .importance { background: var(--box); border-radius: 8px; }
    .goals text, .parallel text, .importance text { fill: var(--quiet); font-size: 11px; }
    .goals .title, .parallel .title { fill: var(--text); font-size: 12px; }
    .parallel text { text-anchor: middle; }
    .parallel .first { text-anchor: start; }
    .goals .tick { text-anchor: end; }
    .goals .axis, .parallel .axis { fill: none; stroke: var(--line); stroke-width: 1.5; }
    .goals .line { fill: none; stroke: var(--good); stroke-width: 1.5; }
    .goals .limit { fill: none; stroke: var(--bad); stroke-dasharray: 4 4; }
    .goals .best { fill: var(--good); }
    .goals .other { fill: var(--ran); }
    .goals .outside { fill: var(--quiet); opacity: 0.45; }
    .parallel path { fill: none; stroke-width: 1.6; }
    .parallel .best { stroke: var(--good); stroke-width: 2.6; opacity: 1 !important; }
    .parallel .other { stroke: var(--ran); }
    .importance rect { fill: var(--ran); }
    .importance .name { text-anchor: end; fill: var(--text); }
    table.trials td { white-space: nowrap; font-size: 13px; }
    tr.front td { color: var(--good); font-weight: 500; }
    tr.failed, tr.paused, tr.running { color: var(--quiet); }

    """
}
