internal import Records

/// How the page about a run looks, in light and dark.
enum PageStyle {
  static let sheet = """

    :root { color-scheme: light dark; --page: #fdfdfc; --text: #1c1e21; --quiet: #646a73;
      --line: #dfe1e5; --box: #f3f4f6; --ran: #2f6fdd; --good: #1e8e4e; --bad: #c6372f;
      --warn: #9a6700; }
    @media (prefers-color-scheme: dark) { :root { --page: #16181b; --text: #e6e7e9;
      --quiet: #9aa1ab; --line: #33373d; --box: #1f2226; --ran: #6ea2ff; --good: #4cc27f;
      --bad: #ff7b72; --warn: #d9a83a; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--text);
      font: 15px/1.5 system-ui, sans-serif; }
    main { max-width: 1180px; margin: 0 auto; padding: 28px 20px 60px; }
    h1 { margin: 0 0 6px; font-size: 26px; }
    h2 { margin: 32px 0 10px; font-size: 19px; }
    h4 { margin: 14px 0 4px; font-size: 13px; color: var(--quiet); }
    header p { margin: 2px 0; color: var(--quiet); }
    a { color: inherit; }
    code, pre { font: 13px/1.45 ui-monospace, monospace; }
    pre { margin: 6px 0; padding: 10px 12px; overflow: auto; background: var(--box);
      max-height: 420px;
      border-radius: 8px; }
    pre.error { border-left: 4px solid var(--bad); }
    pre.warning { border-left: 4px solid var(--warn); }
    .badge { padding: 2px 10px; border: 1px solid; border-radius: 12px; font-size: 13px;
      font-weight: 500; vertical-align: middle; }
    .badge.succeeded { color: var(--good); }
    .badge.failed, .badge.differed { color: var(--bad); }
    .badge.cancelled, .badge.running { color: var(--warn); }
    .shipped p { margin: 2px 0; }
    .shipped .why { color: var(--quiet); }
    .shipped .files code { margin-left: 14px; }
    .shipped .files code:first-child { margin-left: 0; }
    .baseline td { color: var(--quiet); }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; min-width: 50%; }
    th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); text-align: left;
      vertical-align: top; }
    th { color: var(--quiet); font-weight: 500; white-space: nowrap; }
    .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .word { white-space: nowrap; }
    tr.failed td:nth-child(4) { color: var(--bad); }
    tr.skipped, tr.cancelled { color: var(--quiet); }
    .confusion td, .confusion th { padding: 4px 10px 4px 0; }
    .confusion .right { background: color-mix(in srgb, var(--good) var(--share), transparent); }
    .confusion .wrong { background: color-mix(in srgb, var(--bad) var(--share), transparent); }
    details { padding: 8px 0; border-bottom: 1px solid var(--line); }
    summary { cursor: pointer; }
    .kind { color: var(--quiet); }
    figure { margin: 10px 0; }
    figcaption { color: var(--quiet); font-size: 13px; }
    .graph { display: block; max-width: 100%; height: auto; margin: 4px 0 14px; }
    .graph text { fill: var(--text); font-size: 13px; }
    .graph text.kind { fill: var(--quiet); font-size: 11px; }
    .graph rect { fill: var(--box); stroke: var(--line); stroke-width: 1.5; }
    .graph .ran rect { stroke: var(--ran); }
    .graph .fresh rect { stroke: var(--good); }
    .graph .failed rect { stroke: var(--bad); stroke-width: 2.5; }
    .graph .skipped rect, .graph .cancelled rect { stroke-dasharray: 4 4; }
    .graph .edge { fill: none; stroke: var(--quiet); stroke-width: 1.3; }
    .graph .lineage { stroke-dasharray: 3 4; stroke-width: 1; }
    .legend { margin: -8px 0 14px; color: var(--quiet); font-size: 13px; }
    .curve { background: var(--box); border-radius: 8px; margin-right: 8px; }
    .curve text { fill: var(--quiet); font-size: 11px; }
    .curve .title { fill: var(--text); font-size: 12px; }
    .curve .tick { text-anchor: end; }
    .curve .first { text-anchor: start; }
    .curve .axis { fill: none; stroke: var(--line); }
    .curve polyline { fill: none; stroke-width: 2; }
    .curve .training { stroke: var(--ran); }
    .curve .validation { stroke: var(--good); }
    .curves { display: flex; flex-wrap: wrap; gap: 8px 28px; }
    .samples { max-width: 100%; image-rendering: pixelated; border-radius: 4px; }
    .bars { display: block; }
    .bars rect { fill: var(--ran); }
    figcaption span { margin-right: 8px; font-weight: 500; }
    figcaption .training { color: var(--ran); }
    figcaption .validation { color: var(--good); }

    """
}
