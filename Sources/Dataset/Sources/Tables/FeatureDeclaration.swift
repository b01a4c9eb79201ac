package import Network
package import Options

/// A feature as its user declares it: which columns, and what they mean.
package struct FeatureDeclaration: Hashable, Sendable {
  package var name: String
  package var columns: [Pattern]

  /// Nil where the values decide between numbers, a category and a date.
  package var kind: FeatureKind?

  /// The size of an image whose pixels are columns.
  package var picture: Picture?

  /// What a date is made into; empty for what is usual.
  package var parts: [DatePart]

  /// How a text is cut into tokens.
  package var text: TextSettings?

  /// What is made of a sound.
  package var audio: AudioForm?

  /// Where the files of images or sounds are that the column names.
  package var files: DeclaredFiles?

  package init(
    name: String, columns: [Pattern], kind: FeatureKind? = nil, picture: Picture? = nil,
    parts: [DatePart] = []
  ) {
    self.name = name
    self.columns = columns
    self.kind = picture == nil ? kind : .image
    self.picture = picture
    self.parts = parts
  }
}

extension FeatureDeclaration {
  /// The feature as a network reads it, where its shape does not depend on what columns hold.
  var networkInput: NetworkInput? {
    if let picture {
      return NetworkInput(
        name: name, kind: .image, shape: [picture.channels, picture.height, picture.width])
    }
    return audio.map { NetworkInput(name: name, kind: .audio, shape: $0.shape) }
  }
}
