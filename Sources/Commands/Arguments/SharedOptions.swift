internal import Diagnostics
internal import Pipeline

/// What commands change in a pipeline before they look at it, from `--profile` and `--set`.
struct PipelineChanges {
  /// The names of profiles, in their order.
  var profiles: [String] = []

  /// Such as `vars.epochs=3`, in their order.
  var overrides: [String] = []

  /// How a command gets at the pipeline with these changes.
  func loading(_ file: String?) -> PipelineLoading {
    PipelineLoading(file: file, overrides: overrides, profiles: profiles)
  }

  /// How a command gets at the pipeline whose stages are named with these changes.
  func loading(_ named: NamedStages) -> PipelineLoading {
    var loading = loading(named.file)
    if named.file == nil { loading.stages = named.stages }
    return loading
  }
}

/// The options that change a pipeline.
func changeOptions<Root: Command>(
  _ path: WritableKeyPath<Root, PipelineChanges>
) -> [Parameter<Root>] {
  [
    option(
      "profile", short: "p", path.appending(path: \.profiles), "PROFILE",
      "Change what a profile of the pipeline changes."),
    option(
      "set", path.appending(path: \.overrides), "PATH=VALUE",
      "Change a value, such as vars.epochs=3."),
  ]
}

/// Which store a command uses unless one is named.
enum UsualStore: String {
  /// For commands about a pipeline.
  case besidePipeline = ".anneal beside the pipeline"
  /// For commands about runs.
  case inReach = "the one in reach"
}

/// The option that names a store.
func storeOption<Root: Command>(
  _ path: WritableKeyPath<Root, String?>, insteadOf usual: UsualStore
) -> Parameter<Root> {
  option("store", path, "DIR", "The store, instead of \(usual.rawValue).")
}

extension PipelineLoading {
  /// Does something with the pipeline; where it is wrong, says so and returns nothing.
  func read<Result>(
    on console: Console, _ body: () throws(Diagnostics) -> Result
  ) -> Result? {
    do throws(Diagnostics) { return try body() } catch {
      console.refuse(error, sources: sources(for: error))
      return nil
    }
  }

  /// Reads the pipeline with its lock file, and finds the instances that words mean.
  func readLocked(
    naming stages: [String], on console: Console
  ) -> (pipeline: LockedPipeline, named: [StageInstance])? {
    read(on: console) { () throws(Diagnostics) in
      let locked = try LockedPipeline(self)
      return (locked, try locked.instances(named: stages))
    }
  }
}
