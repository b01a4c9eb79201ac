package import Pipeline

extension Catalog {
  /// Every kind of stage that Anneal ships, in the order a pipeline usually uses them.
  package static let standard = Catalog([
    Load.self, Clean.self, Normalize.self, Augment.self, Train.self, Clip.self, Distill.self,
    Quantize.self, Accelerate.self,
    CommandStage.self,
  ])
}
