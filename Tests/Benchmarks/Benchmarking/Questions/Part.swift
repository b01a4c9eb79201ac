/// What a group of questions is about; the report has a part for each, which may be measured anew alone.
enum Part: String, CaseIterable, Sendable {
  case runner
  case data
  case learning

  var title: String {
    switch self {
    case .runner: "The runner"
    case .data: "Data"
    case .learning: "Learning"
    }
  }

  var subject: String {
    switch self {
    case .runner: "How fast Anneal's runner is, against targets and against other runners."
    case .data:
      "How fast data becomes datasets and datasets become batches and networks, against the libraries that "
        + "are known for it."
    case .learning:
      "How fast networks learn, with everything left to Anneal, against PyTorch as it is tuned by hand."
    }
  }

  /// What installs the peers.
  var setup: String {
    switch self {
    case .runner: "scripts/setup --peers"
    case .data, .learning: "scripts/setup --data-peers"
    }
  }
}
