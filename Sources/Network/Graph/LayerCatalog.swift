/// The layers that networks are made of. A new layer is one more element.
package enum LayerCatalog {
  package static let all: [any Layer.Type] = [
    Linear.self, Convolution.self, BatchNorm.self, LayerNorm.self, Activation.self, Pool.self,
    GlobalPool.self, Flatten.self, Add.self, Concatenate.self, Dropout.self, OneHot.self,
    Embedding.self, Rescale.self, TokenMean.self, TokenEmbedding.self, PositionEmbedding.self,
    ClassToken.self, Attention.self, SequenceMean.self, Select.self, ImageTokens.self, Reshape.self,
  ]
}
