/// How long it takes to make a dataset of photographs.
struct PhotoReading: Question {
  let name: String
  let summary: String
  private let size: String
  private let count: Int
  private let target: Double
  let part = Part.data

  static let small = PhotoReading(
    name: "photos", summary: "making a dataset of 1600 JPEG files of 640 by 427",
    size: "640 by 427",
    count: 1600, target: 1.5)
  static let large = PhotoReading(
    name: "large-photos", summary: "making a dataset of 200 JPEG files of 3000 by 2000",
    size: "3000 by 2000", count: 200, target: 2.5)

  func answer(_ bench: Bench) throws -> Section {
    let data = try bench.needed()
    let folder = try data.make(name) + (name == "photos" ? "/small" : "/large")
    let pipeline = """
      {pipeline: p, stages: {photos: {load: {images: \(folder), size: 224, fit: cover}}}}
      """
    let comparison = try bench.compare(
      name, data.anneal(bench.anneal, pipeline, stage: "photos"),
      [data.peer("torchvision", data.script("read_photos", folder, "photos.npy"))])
    return Section(
      title: "\(count) photographs of \(size)",
      text: """
        JPEG files to pictures of 224 by 224 that fill the square. torchvision v2 decodes with
        `decode_image` and resizes with antialiasing in two workers of a DataLoader, and the pictures are
        written into a mapped array.
        """,
      parts: [Section.Part(caption: "", table: ComparisonTable(comparison: comparison).table)],
      ratios: [
        RatioCheck(subject: "photographs of \(size)", target: target, peer: comparison.peers[0])
      ])
  }
}
