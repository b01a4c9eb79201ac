package import Diagnostics
internal import FoundationEssentials
internal import YAML

/// A dataset artifact, opened for reading.
package final class Dataset: Sendable {
  package let description: DatasetDescription
  package let directory: String
  private let readers: [SplitName: SplitReader]

  /// Opens an artifact that is untrusted; shards are mapped and validated here.
  package init(opening directory: String) throws(Diagnostic) {
    let file = directory + "/" + DatasetDescription.fileName
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw Diagnostic("there is no dataset at \(directory): \(file) cannot be read")
    }
    description = try DatasetDescription(Value(parsingJSON: bytes, file: file), file: file)
    self.directory = directory
    var readers: [SplitName: SplitReader] = [:]
    for split in description.splits {
      readers[split.name] = try SplitReader(split, of: description, in: directory)
    }
    self.readers = readers
  }

  private init(_ other: Dataset, _ description: DatasetDescription) {
    self.description = description
    directory = other.directory
    readers = other.readers
  }

  /// The same rows, which go through further steps after those of the dataset.
  package func appending(_ steps: some Collection<any DeferredStep>) -> Dataset {
    var description = description
    description.steps += steps
    return Dataset(self, description)
  }

  /// The splits that the dataset has, in order.
  package var splits: [SplitName] { description.splits.map(\.name).sorted() }

  package subscript(split: SplitName) -> SplitReader? { readers[split] }
}
