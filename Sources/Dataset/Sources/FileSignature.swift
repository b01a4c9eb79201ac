/// The formats that files are taken for something else by, known by their first bytes.
enum FileSignature {
  /// What a file with these first bytes is, such as `a WebP image`; nil where they tell nothing.
  static func name(of bytes: some Sequence<UInt8>) -> String? {
    let start = Array(bytes.prefix(24))
    func matches(_ text: String, at place: Int = 0) -> Bool {
      start.dropFirst(place).starts(with: text.utf8)
    }
    return switch true {
    case matches("RIFF") && matches("WEBP", at: 8): "a WebP image"
    case matches("BM") && start.dropFirst(6).prefix(4).allSatisfy({ $0 == 0 }) && start.count > 10:
      "a BMP image"
    case matches("GIF8"): "a GIF image"
    case matches("II*\0"), matches("MM\0*"): "a TIFF image"
    case matches("ftypavif", at: 4): "an AVIF image"
    case matches("ftyphei", at: 4), matches("ftypmif1", at: 4): "an HEIF image"
    case matches("PK\u{3}\u{4}"): "a ZIP archive, as spreadsheets are"
    case matches("PAR1"): "a Parquet file"
    case matches("ARROW1"): "an Arrow file"
    case matches("BZh"): "compressed by bzip2"
    case start.starts(with: [0xfd, 0x37, 0x7a, 0x58, 0x5a]): "compressed by xz"
    case start.starts(with: [0x28, 0xb5, 0x2f, 0xfd]): "compressed by zstd"
    case matches("version https://"): "a pointer of Git LFS, whose file `git lfs pull` fetches"
    case matches("[{\""), matches("[\n"), matches("{\""), matches("{\n"): "JSON"
    case start.starts(with: [0xff, 0xfe, 0, 0]), start.starts(with: [0, 0, 0xfe, 0xff]):
      "text in UTF-32"
    case matches("%PDF"): "a PDF document"
    case matches("<!DOCTYPE"), matches("<!doctype"), matches("<html"): "a web page"
    case start.starts(with: [0x89, 0x50, 0x4e, 0x47]): "a PNG image"
    case start.starts(with: [0xff, 0xd8, 0xff]): "a JPEG image"
    case start.starts(with: [0x89, 0x48, 0x44, 0x46]): "an HDF5 file"
    case start.starts(with: [0xd0, 0xcf, 0x11, 0xe0]): "an old Office document"
    default: nil
    }
  }
}
