internal import Diagnostics
internal import YAML

/// Reads members of an untrusted JSON object; each problem names its path.
struct MemberReader {
  let object: [String: Value]
  let path: String
  let file: String

  init(_ value: Value, path: String, file: String) throws(Diagnostic) {
    self.path = path
    self.file = file
    guard case .object(let object) = value else {
      throw Diagnostic("'\(path)' in \(file) is not an object")
    }
    self.object = object
  }

  func problem(_ key: String, _ fact: String) -> Diagnostic {
    Diagnostic("'\(path).\(key)' in \(file) \(fact)")
  }

  func string(_ key: String) throws(Diagnostic) -> String {
    guard let string = object[key]?.string else { throw problem(key, "is not a string") }
    return string
  }

  func bool(_ key: String) throws(Diagnostic) -> Bool {
    guard let bool = object[key]?.bool else { throw problem(key, "is not true or false") }
    return bool
  }

  func integer(_ key: String, in bounds: ClosedRange<Int>) throws(Diagnostic) -> Int {
    guard let integer = object[key]?.int, bounds.contains(integer) else {
      throw problem(key, "is not an integer in \(bounds.lowerBound)...\(bounds.upperBound)")
    }
    return integer
  }

  func array(_ key: String) throws(Diagnostic) -> [Value] {
    guard let array = object[key]?.array else { throw problem(key, "is not an array") }
    return array
  }

  func strings(_ key: String) throws(Diagnostic) -> [String] {
    var strings: [String] = []
    for element in try array(key) {
      guard let string = element.string else { throw problem(key, "is not an array of strings") }
      strings.append(string)
    }
    return strings
  }

  func choice<T: RawRepresentable & CaseIterable>(
    _ key: String, of type: T.Type = T.self
  ) throws(Diagnostic) -> T where T.RawValue == String {
    let text = try string(key)
    guard let choice = T(rawValue: text) else {
      let known = T.allCases.map(\.rawValue).joined(separator: ", ")
      throw problem(key, "is '\(text)'").adding(remedy: "known are \(known)")
    }
    return choice
  }

  func members(_ key: String) throws(Diagnostic) -> MemberReader {
    guard let value = object[key] else { throw problem(key, "is missing") }
    return try MemberReader(value, path: "\(path).\(key)", file: file)
  }

  func elements(_ key: String) throws(Diagnostic) -> [MemberReader] {
    var readers: [MemberReader] = []
    for (index, element) in try array(key).enumerated() {
      readers.append(try MemberReader(element, path: "\(path).\(key)[\(index)]", file: file))
    }
    return readers
  }
}
