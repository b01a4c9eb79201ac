/// A word that has to be there.
func argument<Root>(
  _ name: String, _ path: WritableKeyPath<Root, String>, _ summary: String
) -> Parameter<Root> {
  Parameter(
    name: name, short: nil, form: .argument(repeats: false, isRequired: true), summary: summary,
    choices: []
  ) { root, text throws(UsageError) in root[keyPath: path] = text }
}

/// A word that may be left out.
func argument<Root>(
  _ name: String, _ path: WritableKeyPath<Root, String?>, _ summary: String
) -> Parameter<Root> {
  Parameter(
    name: name, short: nil, form: .argument(repeats: false, isRequired: false), summary: summary,
    choices: []
  ) { root, text throws(UsageError) in root[keyPath: path] = text }
}

/// Any number of words.
func arguments<Root>(
  _ name: String, _ path: WritableKeyPath<Root, [String]>, _ summary: String
) -> Parameter<Root> {
  Parameter(
    name: name, short: nil, form: .argument(repeats: true, isRequired: false), summary: summary,
    choices: []
  ) { root, text throws(UsageError) in root[keyPath: path].append(text) }
}

/// A switch that is off unless it is given.
func flag<Root>(
  _ name: String, short: Character? = nil, _ path: WritableKeyPath<Root, Bool>,
  _ summary: String
) -> Parameter<Root> {
  Parameter(name: name, short: short, form: .flag, summary: summary, choices: []) {
    root, _ throws(UsageError) in root[keyPath: path] = true
  }
}

/// A value that may be left out.
func option<Root>(
  _ name: String, short: Character? = nil, _ path: WritableKeyPath<Root, String?>,
  _ placeholder: String, choices: [String] = [], _ summary: String
) -> Parameter<Root> {
  Parameter(
    name: name, short: short, form: .option(placeholder: placeholder, repeats: false),
    summary: summary, choices: choices
  ) { root, text throws(UsageError) in
    try UsageError.check(text, among: choices, for: name)
    root[keyPath: path] = text
  }
}

/// A value that may be given several times.
func option<Root>(
  _ name: String, short: Character? = nil,
  _ path: WritableKeyPath<Root, [String]>, _ placeholder: String,
  _ summary: String
) -> Parameter<Root> {
  Parameter(
    name: name, short: short, form: .option(placeholder: placeholder, repeats: true),
    summary: summary, choices: []
  ) { root, text throws(UsageError) in root[keyPath: path].append(text) }
}

/// A whole number that is at least 1.
func option<Root>(
  _ name: String, short: Character? = nil, _ path: WritableKeyPath<Root, Int?>,
  _ placeholder: String, _ summary: String
) -> Parameter<Root> {
  Parameter(
    name: name, short: short, form: .option(placeholder: placeholder, repeats: false),
    summary: summary, choices: []
  ) { root, text throws(UsageError) in
    guard let number = Int(text), number >= 1 else {
      throw UsageError("'\(text)' is no value for '--\(name)'", remedy: "give a number from 1 up")
    }
    root[keyPath: path] = number
  }
}
