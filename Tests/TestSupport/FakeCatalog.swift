package import Pipeline

/// A catalog with the roles and the settings of a real one in miniature, which runs nothing.
package let fakeCatalog = Catalog([
  FakeLoad.self, FakeClean.self, FakeNormalize.self, FakeTrain.self, FakeDistill.self,
  FakeQuantize.self, FakeAccelerate.self,
])
