/// A kind of files that lie in folders, one for each class.
struct Medium: Sendable {
  /// What one file is, and several.
  let noun: String
  let plural: String

  var article: String { noun == "image" ? "an" : "a" }

  /// The endings of names by which the files are found.
  let endings: Set<String>

  /// What is read, for messages.
  let readFormats: String

  static let images = Medium(
    noun: "image", plural: "images",
    endings: ["jpg", "jpeg", "jpe", "jfif", "png", "webp", "tif", "tiff", "bmp", "dib"],
    readFormats:
      "JPEG, PNG, WebP, TIFF and BMP are read, by the endings .jpg, .jpeg, .png, .webp, .tif, .tiff and .bmp"
  )

  static let sounds = Medium(
    noun: "sound", plural: "sounds",
    endings: ["wav", "wave", "flac", "ogg", "oga", "opus", "aif", "aiff", "aifc"],
    readFormats:
      "WAV, FLAC, Ogg and AIFF are read, by the endings .wav, .flac, .ogg, .opus and .aiff")

  static let texts = Medium(
    noun: "text", plural: "texts", endings: ["txt", "text"],
    readFormats: "texts are read by the endings .txt and .text")
}
