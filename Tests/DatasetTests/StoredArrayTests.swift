import Artifacts
import Diagnostics
import Testing
import YAML

@testable import Dataset

@Suite struct StoredArrayTests {
  private let folder: TemporaryFolder
  private let reference: Value

  init() throws {
    folder = try TemporaryFolder()
    reference = try Reference.read("arrays")
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    let files = try #require(reference["files"])
    return try files.bytes(name)
  }

  private func file(_ name: String) throws -> SourceFile {
    try folder.file(name, bytes(name))
  }

  private func numbers(_ array: StoredArray, rowsAtOnce: Int) throws -> [Double] {
    let rows = try ArrayRows(array)
    var values: [Double] = []
    for start in stride(from: 0, to: array.layout.rows, by: rowsAtOnce) {
      let bytes = try rows.next(min(rowsAtOnce, array.layout.rows - start))
      values += ArrayDecoder(element: array.layout.element).doubles(bytes)
    }
    return values
  }

  @Test func `reads what NumPy wrote, in any type and order`() throws {
    let cases = try #require(reference["arrays"]?.array)
    #expect(cases.count > 35)
    for (index, written) in cases.enumerated() {
      let name = try #require(written["name"]?.string)
      let file = try folder.file("\(index).npy", written.bytes("file"))
      let array = try #require(NumpyFiles.arrays(in: file).arrays.first, "\(name)")
      #expect(array.name == "\(index)")
      #expect(array.layout.shape == written["shape"]?.array?.compactMap(\.int), "\(name)")
      let values = try #require(written["values"]?.array)
      for rowsAtOnce in [1, 2, 100] where !array.layout.element.isText {
        #expect(
          try numbers(array, rowsAtOnce: rowsAtOnce) == values.map { $0.double ?? .nan }, "\(name)")
      }
      if array.layout.element.isText {
        let bytes = try ArrayRows(array).next(array.layout.rows)
        let texts = ArrayDecoder(element: array.layout.element).texts(bytes)
        #expect(
          texts
            == values.map { value in
              let text = value.string?.trimmingBlanks
              return text == "" ? nil : text
            }, "\(name)")
      }
    }
  }

  @Test func `reads archives that are stored and deflated alike`() throws {
    for name in ["plain.npz", "packed.npz"] {
      let found = try NumpyArchives.arrays(in: file(name))
      #expect(found.unread.first?.problem == nil)
      try #require(found.arrays.map(\.name) == ["x", "y", "rows", "words"])
      #expect(found.arrays.map(\.layout.shape) == [[10, 4, 4], [10], [10, 3], [10]])
      #expect(try ArrayRows(found.arrays[0]).next(10) == reference.bytes("x"))
      #expect(
        try numbers(found.arrays[2], rowsAtOnce: 3) == reference.numbers("rows"))
    }
    let fortran = try NumpyArchives.arrays(in: file("fortran.npz")).arrays[0]
    #expect(
      try numbers(fortran, rowsAtOnce: 4) == reference.numbers("rows"))
  }

  @Test func `reads every type of safetensors`() throws {
    let found = try SafeTensorsFiles.arrays(in: file("all.safetensors"))
    let arrays = Dictionary(uniqueKeysWithValues: found.arrays.map { ($0.name, $0) })
    let expected = [
      ("rows", "rows"), ("half", "half"), ("brain", "brain"), ("wide", "rows"), ("short", "shorts"),
      ("y", "y"), ("big", "y"),
    ]
    for (name, key) in expected {
      let array = try #require(arrays[name], "\(name)")
      #expect(
        try numbers(array, rowsAtOnce: 7) == reference.numbers(key), "\(name)")
    }
    let flags = try numbers(#require(arrays["flag"]), rowsAtOnce: 10)
    #expect(flags == reference.numbers("y").map { $0 == 1 ? 1 : 0 })
    let pixels = try #require(arrays["pixels"])
    #expect(try ArrayRows(pixels).next(10) == reference.bytes("x"))
  }

  @Test func `reads IDX, plain and gzip`() throws {
    for ending in ["", ".gz"] {
      let images = try IDXFiles.arrays(in: file("images-idx3-ubyte" + ending))
      #expect(images.unread.first?.problem == nil)
      #expect(images.arrays.first?.layout.shape == [10, 4, 4])
      let array = try #require(images.arrays.first)
      #expect(try ArrayRows(array).next(10) == reference.bytes("x"))
    }
    let doubles = try #require(IDXFiles.arrays(in: file("doubles.idx")).arrays.first)
    #expect(try numbers(doubles, rowsAtOnce: 3) == reference.numbers("rows"))
    let shorts = try #require(IDXFiles.arrays(in: file("shorts.idx")).arrays.first)
    #expect(try numbers(shorts, rowsAtOnce: 3) == reference.numbers("shorts"))
  }

  @Test(arguments: [
    ("objects.npy", "it holds Python objects, which are never loaded"),
    ("records.npy", "its elements are records of several fields"),
    ("complex.npy", "its numbers are complex"), ("times.npy", "its elements are times (<M8[D])"),
  ])
  func `names what is not read`(name: String, fact: String) throws {
    let found = try NumpyFiles.arrays(in: file(name))
    #expect(found.arrays.isEmpty)
    let problem = try #require(found.unread.first?.problem)
    #expect(problem.message.hasPrefix("'\(name)' cannot be read: \(fact)"))
    #expect(!problem.notes.isEmpty)
  }

  @Test func `refuses every file that is cut short, without more than its name`() throws {
    let names = [
      "plain.npz", "packed.npz", "all.safetensors", "images-idx3-ubyte", "images-idx3-ubyte.gz",
      "records.npy",
    ]
    for name in names {
      let bytes = try self.bytes(name)
      let file = try folder.file("cut-" + name, bytes)
      let open = try OpenFile(changing: file.path)
      for length in (0..<bytes.count).reversed() {
        try open.truncate(to: length)
        #expect(throws: Diagnostic.self, "\(name) of \(length)") {
          try readAll(file, name)
        }
      }
    }
  }

  @Test func `refuses a shape that so few compressed bytes cannot be`() throws {
    // The header of 102,760,448 bytes, and 143 more.
    let bytes: [UInt8] = [
      0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60, 0xe0, 0x60, 0x64,
      0x53, 0x60, 0x60, 0x98, 0x98, 0x98, 0x98, 0x98, 0x98, 0x98, 0x90, 0x98, 0x98, 0x98, 0x98,
      0x98, 0x98, 0x98, 0x98, 0x98, 0x98, 0x98, 0x98, 0x98, 0x98, 0x98, 0x99, 0xe0, 0x62, 0x60,
      0x98, 0x32, 0x00, 0x00, 0x00,
    ]
    let found = try IDXFiles.arrays(in: folder.file("labels-idx1-ubyte.gz", bytes))
    #expect(found.arrays.isEmpty)
    let problem = try #require(found.unread.first?.problem)
    #expect(problem.message.contains("takes 102760448 bytes, which 50 compressed ones cannot be"))
  }

  @Test func `bears every byte being another`() throws {
    for name in ["plain.npz", "packed.npz", "all.safetensors", "images-idx3-ubyte", "objects.npz"] {
      let bytes = try self.bytes(name)
      let file = try folder.file("changed-" + name, bytes)
      let open = try OpenFile(changing: file.path)
      for place in stride(from: 0, to: bytes.count, by: 1 + bytes.count / 300) {
        for flip: UInt8 in [0x01, 0x80, 0xff] {
          try open.write([bytes[place] ^ flip], at: place)
          try? readAll(file, name)
        }
        try open.write([bytes[place]], at: place)
      }
    }
  }

  /// Reads all elements of all arrays; an array that cannot be read is an error too.
  private func readAll(_ file: SourceFile, _ name: String) throws {
    let found: FoundArrays =
      if name.hasSuffix(".npz") {
        try NumpyArchives.arrays(in: file)
      } else if name.hasSuffix(".safetensors") {
        try SafeTensorsFiles.arrays(in: file)
      } else if name.hasSuffix(".npy") {
        try NumpyFiles.arrays(in: file)
      } else {
        try IDXFiles.arrays(in: file)
      }
    for array in found.arrays {
      let bytes = try ArrayRows(array).next(array.layout.rows)
      _ = ArrayDecoder(element: array.layout.element).texts(bytes)
    }
    if let unread = found.unread.first { throw unread.problem }
  }

  @Test(arguments: [
    ("(1000000000, 1000000000)", "takes 4000000000000000000 bytes, and 4 are there"),
    ("(10000000000, 10000000000)", "its shape [10000000000, 10000000000] is larger than any file"),
    ("(0, 10000000000, 10000000000)", "10000000000] is larger than any file"),
    ("(5, 10000000000, 10000000000, 0)", "10000000000, 0] is larger than any file"),
    ("(99999999999999999999,)", "its header has a number that is too large"),
    ("(-1,)", "its header has no value where one belongs"),
    ("(2, 'a')", "its shape is not made of whole numbers"),
    ("((((((((((((((((((1,),),),),),),),),),),),),),),),),),)", "values too deep within another"),
  ])
  func `bears shapes that cannot be`(shape: String, fact: String) throws {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }\n"
    let length = [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
    let bytes = NumpyHeader.magic + [1, 0] + length + Array(header.utf8) + [0, 0, 0, 0]
    let found = try NumpyFiles.arrays(in: folder.file("x.npy", bytes))
    #expect(found.unread.first?.problem.message.contains(fact) == true)
  }
}
