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

  private init(
    _ other: Dataset, _ description: DatasetDescription, _ readers: [SplitName: SplitReader]? = nil
  ) {
    self.description = description
    directory = other.directory
    self.readers = readers ?? other.readers
  }

  /// The same rows, which go through further steps after those of the dataset.
  package func appending(_ steps: some Collection<any DeferredStep>) -> Dataset {
    var description = description
    description.steps += steps
    return Dataset(self, description)
  }

  /// The same dataset whose training split goes on with the training rows of others, without their targets.
  ///
  /// - Parameter others: Each with the stage that made it, for messages; their rows go through the steps of
  ///   this dataset.
  /// - Throws: A diagnostic where one has other features, or has been through other steps.
  package func adding(
    unlabelled others: [(stage: String, dataset: Dataset)]
  ) throws(Diagnostic) -> Dataset {
    guard let labelled = self[.train], !others.isEmpty else { return self }
    let mixes = description.steps.contains { step in
      (step as? AugmentRows)?.augmentations.contains { $0.step is any MixingAugmentation } ?? false
    }
    if mixes {
      throw Diagnostic(
        "rows without a label cannot be mixed with others, whose labels would be mixed too",
        remedy: "leave 'mixup' and 'cutmix' out where there are unlabelled rows")
    }
    var readers: [SplitReader] = []
    for (stage, other) in others {
      try description.requireSameRows(as: other.description, of: stage)
      guard let reader = other[.train], reader.rows > 0 else {
        throw Diagnostic(
          "the data of stage '\(stage)' has no training rows to learn from without labels",
          remedy: "give its split a share for training where it is loaded")
      }
      readers.append(reader)
    }
    var all = self.readers
    all[.train] = SplitReader(labelled, unlabelled: readers)
    return Dataset(self, description, all)
  }

  /// The splits that the dataset has, in order.
  package var splits: [SplitName] { description.splits.map(\.name).sorted() }

  package subscript(split: SplitName) -> SplitReader? { readers[split] }
}
