package import Options

/// How many parts a stage's work is shared between, as a pipeline asks for it.
package struct Parallelism: Options, Hashable {
  package var data = 1
  package var model = 1
  package var task = 1

  package init() {}

  package init(data: Int, model: Int, task: Int) {
    self.data = data
    self.model = model
    self.task = task
  }

  package static let summary = "Numbers of parts to share the work between; they multiply."

  package static var fields: [Field<Self>] {
    option(
      "data", \.data, in: 1...1024,
      "Ranks that each train on a part of every batch; no kind of stage takes more than one yet.")
    option(
      "model", \.model, in: 1...1024,
      "Parts that the layers are divided into; no kind of stage takes more than one yet.")
    option("task", \.task, in: 1...1024, "Instances of the stage that may run at once.")
  }
}
