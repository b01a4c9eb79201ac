package import Diagnostics
package import Hardware
package import Options
package import YAML

/// A device as a pipeline asks for it. Plain `cuda` is the first GPU.
package struct DeviceRequest: OptionValue, Hashable {
  package let device: Device

  package static var schema: Schema {
    .either([
      .names([
        Schema.Name(name: "cpu", summary: "The processor."),
        Schema.Name(name: "cuda", summary: "The first NVIDIA GPU."),
        Schema.Name(name: "tpu", summary: "A TPU."),
      ]),
      .text(Schema.TextForm(name: "device", pattern: "^cuda:[0-9]+$", example: "cuda:1")),
    ])
  }

  package var value: Value { .string(device.description) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> DeviceRequest? {
    guard let text = node.scalar?.text, let device = Device(text) else {
      let written = node.scalar.map { "'\($0.text)'" } ?? "this"
      let text = node.scalar?.text ?? ""
      let near =
        Int(text).map { "cuda:\($0)" } ?? text.meant(among: ["auto", "cpu", "cuda", "tpu"])
      problems.add(
        Diagnostic(
          "\(written) is no device", at: node.range,
          remedy: near.map { .didYouMean($0) }
            ?? (node.sequence == nil
              ? "a device is 'auto', 'cpu', 'cuda', 'cuda:1' or 'tpu'"
              : "a stage runs on one device; the instances of a matrix may have one each")))
      return nil
    }
    return DeviceRequest(device: device)
  }
}
