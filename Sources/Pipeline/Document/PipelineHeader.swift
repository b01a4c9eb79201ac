package import Options

/// The keys of a pipeline file beside its stages, variables and environment.
package struct PipelineHeader: Options {
  package var pipeline = ""
  package var seed = 0
  package var numerics = NumericsMode.native
  package var track: TrackSettings?

  package init() {}

  package static let title = "Keys of the file"
  package static let summary = "What the pipeline is called and what makes it repeatable."

  package static var fields: [Field<Self>] {
    option("pipeline", \.pipeline, required: true, "The name of the pipeline.")
    option("seed", \.seed, in: 0..., "The number from which all randomness is derived.")
    option("numerics", \.numerics, "How far the pipeline's exact bits have to travel.")
    option("track", \.track, "Where figures go while a run goes on, beside its own records.")
  }
}
