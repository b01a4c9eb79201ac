/// A filter that takes noise out of images.
package enum Denoising: Hashable, Sendable {
  /// The median of a window of `size` x `size` pixels.
  case median(size: Int)
  /// The mean of a window.
  case mean(size: Int)
  /// A Gaussian of `sigma` pixels, cut to a window.
  case gaussian(size: Int, sigma: Double)
  /// Weighs neighbours by distance (`spread`, in pixels) and by likeness (`strength`, in levels);
  /// Tomasi and Manduchi 1998.
  case bilateral(size: Int, strength: Double, spread: Double)
  /// Averages pixels whose surroundings of `size` x `size` are alike, in a `search` x `search`
  /// window; Buades, Coll and Morel 2011, in the coloured variant for RGB.
  case nonLocalMeans(size: Int, search: Int, strength: Double)
}
