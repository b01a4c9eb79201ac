internal import Diagnostics

/// What stands before the elements of an array in NumPy's format (NumPy Enhancement Proposal 1).
struct NumpyHeader {
  let layout: ArrayLayout

  /// Where the elements begin.
  let length: Int

  /// The first bytes of every such file.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Bytes that are enough to tell how long a header is.
  static let prefix = 12

  /// A longer header describes no array that rows are made of.
  private static let longest = 1 << 16

  /// How many bytes the header has, with its magic number.
  ///
  /// - Parameter bytes: The first of the file, `prefix` where it has so many.
  static func length(_ bytes: [UInt8]) throws(Diagnostic) -> Int {
    guard bytes.starts(with: magic) else {
      throw Diagnostic("it does not begin as NumPy's files do")
    }
    guard bytes.count >= 10 else { throw cutShort }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw Diagnostic("its format has the version \(version), and 1 to 3 are read")
    }
    let size = version == 1 ? 2 : 4
    guard bytes.count >= 8 + size else { throw cutShort }
    let length = bytes[8..<8 + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= longest else {
      throw Diagnostic("its header claims \(length) bytes, more than \(longest)")
    }
    return 8 + size + length
  }

  /// - Parameter bytes: All of the header, or what the file has of it.
  init(_ bytes: [UInt8]) throws(Diagnostic) {
    length = try Self.length(bytes)
    guard bytes.count >= length else { throw Self.cutShort }
    let start = bytes[6] == 1 ? 10 : 12
    guard case .dictionary(let values) = try NumpyLiteral(parsing: Array(bytes[start..<length]))
    else { throw Diagnostic("its header is no dictionary") }
    guard case .bool(let isFortran)? = values["fortran_order"], let type = values["descr"],
      case .tuple(let lengths)? = values["shape"]
    else { throw Diagnostic("its header lacks 'descr', 'fortran_order' or 'shape'") }
    guard lengths.count <= ArrayLayout.mostAxes else {
      throw Diagnostic("it has \(lengths.count) axes, more than \(ArrayLayout.mostAxes)")
    }
    var shape: [Int] = []
    for length in lengths {
      guard case .integer(let length) = length else {
        throw Diagnostic("its shape is not made of whole numbers")
      }
      shape.append(length)
    }
    layout = try ArrayLayout(Self.element(type), shape: shape, isFortran: isFortran)
  }

  static var cutShort: Diagnostic { Diagnostic("it ends within its header") }

  /// The type that NumPy's array protocol spells, such as `<f4`.
  private static func element(_ type: NumpyLiteral) throws(Diagnostic) -> ArrayElement {
    guard case .text(let text) = type else {
      throw Diagnostic(
        "its elements are records of several fields",
        remedy: "save each field as an array of its own: "
          + "`np.savez('new.npz', **{name: x[name] for name in x.dtype.names})`")
    }
    let isBigEndian = text.hasPrefix(">")
    let code = text.drop { "<>|=".contains($0) }
    let size = Int(code.dropFirst()) ?? 0
    func element(_ kind: ArrayElement.Kind, _ size: Int) -> ArrayElement {
      ArrayElement(kind: kind, size: size, isBigEndian: isBigEndian && size > 1)
    }
    switch (code.first, size) {
    case ("b", 1), ("?", _): return element(.bool, 1)
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8): return element(.unsigned, size)
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): return element(.signed, size)
    case ("f", 2), ("f", 4), ("f", 8): return element(.float, size)
    case ("S", 1...longestText): return ArrayElement(kind: .bytes, size: size)
    case ("U", 1...longestText):
      return ArrayElement(kind: .characters, size: 4 * size, isBigEndian: isBigEndian)
    case ("O", _):
      throw Diagnostic(
        "it holds Python objects, which are never loaded, since loading them can run any program",
        remedy: "save numbers or texts instead, such as `np.save('new.npy', np.array(x.tolist()))`")
    case ("c", _):
      throw Diagnostic(
        "its numbers are complex",
        remedy: "save their parts as two arrays: `np.savez('new.npz', real=x.real, imag=x.imag)`")
    case ("M", _), ("m", _):
      throw Diagnostic(
        "its elements are times (\(text))",
        remedy: "save them as numbers, such as `x.astype('datetime64[s]').astype('int64')`")
    default:
      throw Diagnostic(
        "its elements are '\(text)', which is not read",
        remedy: "save them as numbers or texts, such as `x.astype('float32')`")
    }
  }

  /// Characters of the longest text.
  private static let longestText = 1 << 16
}
