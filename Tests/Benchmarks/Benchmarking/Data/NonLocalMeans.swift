/// How long it takes to denoise pictures by non-local means.
struct NonLocalMeans: Question {
  let name = "non-local-means"
  let summary = "denoising 64 pictures of 256 by 256"
  let part = Part.data

  func answer(_ bench: Bench) throws -> Section {
    let data = try bench.needed()
    let folder = try data.make("pictures") + "/noisy"
    let pipeline = """
      pipeline: p
      stages:
        pictures: {load: {images: \(folder), size: 256, split: {train: 100%}}}
        quiet: {from: pictures, clean: [{denoise: {non-local-means: {strength: 10}}}]}
      """
    let comparison = try bench.compare(
      name, data.anneal(bench.anneal, pipeline, prepared: ["pictures"], stage: "quiet"),
      [data.peer("OpenCV", data.script("denoise", folder, "quiet.npy"))])
    return Section(
      title: "Non-local means",
      text: """
        64 pictures of 256 by 256 in colour, patches of 7 and windows of 21 pixels, as
        `cv2.fastNlMeansDenoisingColored` has them, with two threads. OpenCV's script decodes PNG files;
        Anneal's stage reads a dataset and writes one.
        """,
      parts: [Section.Part(caption: "", table: ComparisonTable(comparison: comparison).table)],
      ratios: [RatioCheck(subject: "non-local means", target: 1, peer: comparison.peers[0])])
  }
}
