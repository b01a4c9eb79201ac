internal import Diagnostics
internal import Tensor
internal import YAML

extension Value {
  /// Lists of numbers by name; those that are not finite as JSON can.
  init(numberLists lists: [String: [Float]]) {
    self = .object(lists.mapValues { .array($0.map { .double(Double($0)) }) })
  }

  init(integerLists lists: [String: [Int]]) {
    self = .object(lists.mapValues { .array($0.map(Value.int)) })
  }
}

extension MemberReader {
  func number(_ key: String) throws(Diagnostic) -> Double {
    guard let number = object[key]?.double else { throw problem(key, "is not a number") }
    return number
  }

  func numbers(_ key: String) throws(Diagnostic) -> [Double] {
    var numbers: [Double] = []
    for element in try array(key) {
      guard let number = element.double else { throw problem(key, "is not a list of numbers") }
      numbers.append(number)
    }
    return numbers
  }

  /// Lists of whole numbers from 0 on by name.
  func integerLists(_ key: String) throws(Diagnostic) -> [String: [Int]] {
    let lists = try members(key)
    var result: [String: [Int]] = [:]
    for name in lists.object.keys {
      result[name] = try lists.array(name).map { element throws(Diagnostic) in
        guard let number = element.int, (0...Int(Int32.max)).contains(number) else {
          throw lists.problem(name, "is not a list of whole numbers")
        }
        return number
      }
    }
    return result
  }

  /// Lists of numbers by name, none of them empty.
  func numberLists(_ key: String) throws(Diagnostic) -> [String: [Float]] {
    let lists = try members(key)
    var result: [String: [Float]] = [:]
    for name in lists.object.keys {
      var list: [Float] = []
      for element in try lists.array(name) {
        guard let number = element.double else {
          throw lists.problem(name, "is not a list of numbers")
        }
        list.append(Float(number))
      }
      guard !list.isEmpty else { throw lists.problem(name, "is empty") }
      result[name] = list
    }
    return result
  }
}

extension Batch {
  /// Changes the values of features on the host; each comes with its list.
  mutating func changeFloats(
    of lists: [String: [Float]], _ change: ([Float], [Float]) -> [Float]
  ) throws(Diagnostic) {
    for (name, list) in lists {
      guard let tensor = inputs[name] else { continue }
      guard tensor.shape.dropFirst().reduce(1, *) == list.count else {
        throw Diagnostic(
          "the feature '\(name)' has the shape \(tensor.shape) where \(list.count) values are fitted"
        )
      }
      let values = change(try tensor.array(Float.self), list)
      inputs[name] = try Tensor(values, shape: tensor.shape).to(tensor.device)
    }
  }
}
