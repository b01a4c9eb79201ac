/// What a group of questions is about; the report has a part for each, which may be measured anew alone.
enum Part: String, CaseIterable, Sendable {
  case runner
  case data

  var title: String {
    switch self {
    case .runner: "The runner"
    case .data: "Data"
    }
  }

  var subject: String {
    switch self {
    case .runner: "How fast Anneal's runner is, against targets and against other runners."
    case .data:
      "How fast data becomes datasets and datasets become batches and networks, against the libraries that "
        + "are known for it."
    }
  }

  /// What installs the peers.
  var setup: String {
    switch self {
    case .runner: "scripts/setup --peers"
    case .data: "scripts/setup --data-peers"
    }
  }
}
