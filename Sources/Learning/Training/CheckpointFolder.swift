import Artifacts
import Tensor

/// The latest two states of a training, in a folder that other trainings may have used before.
///
/// A file's name tells the training, how far it had come, and the SHA-256 of what the file has to hold. One that a
/// power failure or a failing disk left torn is recognised by that, and the one before it serves.
struct CheckpointFolder {
  private struct File {
    let name: String
    let training: Substring
    let place: CheckpointPlace
    let digest: Digest

    /// Reads a name such as `9f86d081884c-12-…64 digits….safetensors`; `nil` for other files.
    init?(_ name: String) {
      guard name.hasSuffix(ending) else { return nil }
      let parts = name.dropLast(ending.count).split(separator: "-")
      guard parts.count == 3, let place = CheckpointPlace(fileName: parts[1]),
        let digest = Digest(hex: parts[2])
      else { return nil }
      self.name = name
      training = parts[0]
      self.place = place
      self.digest = digest
    }
  }

  private static let ending = ".safetensors"
  private static let kept = 2

  private let path: String
  private let training: String
  private let numerics: String

  /// - Parameters:
  ///   - signature: What the training is, so that another one does not take its states up.
  ///   - numerics: What it computes with. A state that was made otherwise would end with other bits.
  init(_ path: String, signature: String, numerics: String) {
    self.path = path
    training = Digest(of: signature).short
    self.numerics = numerics
  }

  /// Keeps a state, all of it or nothing, and the one before it.
  func save(_ checkpoint: Checkpoint) throws {
    try Folder.create(path)
    let partial = "\(path)/training.partial"
    try checkpoint.write(to: partial, numerics: numerics)
    try OpenFile(reading: partial).synchronize()
    let digest = try Digest.file(partial)
    let place = CheckpointPlace(checkpoint.progress).fileName
    try Folder.rename(partial, to: "\(path)/\(training)-\(place)-\(digest.hex)\(Self.ending)")
    let kept = Set(try files().filter { $0.training == training }.prefix(Self.kept).map(\.name))
    for file in try files() where !kept.contains(file.name) {
      try Folder.remove("\(path)/\(file.name)")
    }
  }

  /// The latest state that an earlier attempt of the same training left whole, if there is one.
  func latest(log: (String) -> Void) throws -> Checkpoint? {
    let found = try files()
    let own = found.filter { $0.training == training }
    if own.isEmpty, !found.isEmpty { log("a checkpoint of another training was left alone") }
    for candidate in own {
      let file = "\(path)/\(candidate.name)"
      do {
        guard try Digest.file(file) == candidate.digest else {
          log("the checkpoint after \(candidate.place) is damaged and is not used")
          continue
        }
        let tensors = try SafeTensors(reading: file)
        guard tensors.metadata["numerics"] == numerics else {
          let other = tensors.metadata["numerics"] ?? "unknown numerics"
          log("a checkpoint was made with \(other), not with \(numerics), and is not used")
          return nil
        }
        return try Checkpoint(tensors)
      } catch {
        log(
          "the checkpoint after \(candidate.place) cannot be read and is not used: \(error)")
      }
    }
    return nil
  }

  /// What is there, latest first.
  private func files() throws -> [File] {
    guard try FileStatus(of: path, following: true) != nil else { return [] }
    return try Folder.names(in: path).compactMap { File($0) }
      .sorted { ($1.place, $1.name) < ($0.place, $0.name) }
  }
}
