import Diagnostics
import Hardware
import Network
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Deployment
@testable import Stages

struct ModelCardTests {
  private func card(
    applied: [any DeferredStep] = [],
    features: [Feature] = [Feature(name: "image", kind: .image, shape: [1, 8, 8], type: .uint8)]
  ) -> String {
    let measurement = Measurement(
      candidate: Candidate(.openVINO, .int8, threads: 2),
      timing: TimingStatistics(seconds: [0.001, 0.001, 0.001], rows: 4), quality: 0.975,
      loss: QualityLoss(lost: 1, gained: 0, rows: 200), size: 2048, peakMemory: 3 << 20)
    return ModelCard(
      description: DeploymentDescription(
        candidate: measurement.candidate, batch: 4,
        features: features, applied: applied,
        target: Target(name: "digit", task: .classification, classes: ["0", "1"]),
        provenance: .null, files: ["onnx": "model.onnx"], measurements: []),
      measurements: [measurement], decision: ["OpenVINO won."],
      metrics: ["test": ["accuracy": 0.97, "loss": 0.12345]], machine: "a processor, 2 threads",
      split: "validation"
    ).text
  }

  @Test func `tells what was decided, measured and how to use it`() {
    let text = card()
    #expect(text.hasPrefix("# A classifier of digit\n\nOpenVINO won.\n"))
    #expect(text.contains("| `model.onnx` | the model for any ONNX runtime, opset 17 |"))
    #expect(text.contains("| `image` | image | [1, 8, 8] | uint8 |"))
    #expect(text.contains("quality is accuracy on the validation split."))
    #expect(
      text.contains("| OpenVINO int8, 2 threads | 1.0 | 1.0–1.0 | 1.0 | 4000 | 0.975 | 2 | 3 |"))
    #expect(text.contains("- test: accuracy 0.97, loss 0.1234"))
    #expect(text.contains("normalisation is part of it"))
  }

  @Test func `names what is made of texts and sounds`() {
    let note = Feature(
      name: "note", kind: .text, shape: [8], type: .int32, columns: ["note"],
      text: TextForm(unit: .word, length: 8, isLowercased: true, vocabulary: ["a", "b"]))
    let form = AudioForm(
      .logMel, rate: 8000, samples: 4000, window: 200, hop: 80, bands: 24, coefficients: 20)
    let beep = Feature(
      name: "beep", kind: .audio, shape: form.shape, type: .float32, columns: ["beep"], audio: form)
    let text = card(features: [note, beep])
    #expect(
      text.contains(
        """
        - `note` is the first 8 words of a text in small letters, of which 2 are known by their ids from 2; \
        0 pads, 1 is unknown.
        - `beep` is the first 4000 samples of a sound at 8000 a second, mixed to one channel, in windows of \
        200 samples (Hann) every 80, in 24 mel bands (Slaney) of decibels.
        """))
  }

  @Test func `names steps that stay outside`() {
    let step = DenoiseImages(features: ["image"], filter: .median(size: 3))
    #expect(card(applied: [step]).contains("Rows of the source go through `denoise` first"))
  }
}
