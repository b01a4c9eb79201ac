internal import Pipeline
package import YAML

extension SearchSpec {
  /// The search as plain data, from which `init` makes it again.
  package var value: Value {
    var value: Value = [
      "parameters": .array(parameters.map(\.value)),
      "goals": .array(
        goals.map { ["metric": .string($0.metric), "maximize": .bool($0.isMaximized)] }),
      "bounds": .array(
        bounds.map {
          [
            "metric": .string($0.metric), "limit": .double($0.limit), "floor": .bool($0.isFloor),
          ]
        }),
      "ahead": .int(ahead), "seed": .int(seed),
    ]
    switch method {
    case .grid: value["method"] = "grid"
    case .random: value["method"] = "random"
    case .treeParzen: value["method"] = "tpe"
    case .successiveHalving(let rungs, let factor, let isMaximized):
      value["method"] = "asha"
      value["rungs"] = .array(rungs.map { .int($0) })
      value["factor"] = .int(factor)
      value["maximize-watched"] = .bool(isMaximized)
    }
    value["trials"] = trials.map { .int($0) }
    value["patience"] = patience.map { .int($0) }
    value["target"] = target.map { .double($0) }
    return value
  }

  /// What decides which trials are made; not how many of them.
  package var identity: Value {
    var value = value
    for key in ["trials", "patience", "target"] { value[key] = nil }
    return value
  }

  /// Reads what `value` wrote; nil for anything else.
  package init?(_ value: Value) {
    guard let seed = value["seed"]?.int, let ahead = value["ahead"]?.int else { return nil }
    let method: Method
    switch value["method"]?.string {
    case "grid": method = .grid
    case "random": method = .random
    case "tpe": method = .treeParzen
    case "asha":
      method = .successiveHalving(
        rungs: (value["rungs"]?.array ?? []).compactMap(\.int), factor: value["factor"]?.int ?? 3,
        isMaximized: value["maximize-watched"]?.bool ?? true)
    default: return nil
    }
    self.init(
      parameters: (value["parameters"]?.array ?? []).compactMap { SearchParameter($0) },
      goals: (value["goals"]?.array ?? []).compactMap { goal in
        goal["metric"]?.string.map {
          Goal(metric: $0, isMaximized: goal["maximize"]?.bool ?? true)
        }
      },
      bounds: (value["bounds"]?.array ?? []).compactMap { bound in
        guard let metric = bound["metric"]?.string, let limit = bound["limit"]?.double else {
          return nil
        }
        return Bound(metric: metric, limit: limit, isFloor: bound["floor"]?.bool ?? true)
      },
      method: method, trials: value["trials"]?.int, ahead: ahead,
      patience: value["patience"]?.int, target: value["target"]?.double, seed: seed)
  }
}

extension SearchParameter {
  fileprivate var value: Value {
    var value: Value = [
      "path": .string(path),
      "when": .array(
        conditions.map { ["path": .string($0.path), "values": .array($0.values)] }),
    ]
    switch domain {
    case .choices(let choices): value["choices"] = .array(choices)
    case .numbers(let numbers):
      value["from"] = .double(numbers.lower)
      value["to"] = .double(numbers.upper)
      value["step"] = numbers.step.map { .double($0) }
      value["points"] = numbers.points.map { .int($0) }
      value["log"] = .bool(numbers.isLogarithmic)
      value["whole"] = .bool(numbers.isWhole)
    }
    return value
  }

  fileprivate init?(_ value: Value) {
    guard let path = value["path"]?.string else { return nil }
    let domain: SearchDomain
    if let choices = value["choices"]?.array {
      domain = .choices(choices)
    } else if let lower = value["from"]?.double, let upper = value["to"]?.double {
      domain = .numbers(
        SearchDomain.Numbers(
          lower: lower, upper: upper, step: value["step"]?.double,
          isLogarithmic: value["log"]?.bool ?? false, isWhole: value["whole"]?.bool ?? false,
          points: value["points"]?.int))
    } else {
      return nil
    }
    self.init(
      path: path, domain: domain,
      conditions: (value["when"]?.array ?? []).compactMap { condition in
        condition["path"]?.string.map {
          Condition(path: $0, values: condition["values"]?.array ?? [])
        }
      })
  }
}
