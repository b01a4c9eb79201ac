internal import Diagnostics

/// The stages of which no instance could be made, and what is known of the files that they read and write.
struct LooseStages {
  struct Stage {
    let settings: StageSettings
    let directory: String
    let range: SourceRange
  }

  private(set) var stages: [Stage] = []

  /// Whether one of them may write anything, so that no file is known to be missing.
  private(set) var mayWriteAnything = false

  /// - Parameters:
  ///   - made: the names of the stages that have instances.
  ///   - settings: what could be read of the others, by name.
  ///   - directory: the folder to which the paths of a stage are relative.
  init(
    _ declarations: [StageDeclaration], without made: Set<String>,
    settings: [String: StageSettings], directory: (StageDeclaration) -> String
  ) {
    for declaration in declarations where !made.contains(declaration.name) {
      if let settings = settings[declaration.name] {
        stages.append(
          Stage(
            settings: settings, directory: directory(declaration), range: declaration.nameRange))
      } else if declaration.type.map({ $0.output == .files }) ?? true {
        mayWriteAnything = true
      }
    }
  }
}
