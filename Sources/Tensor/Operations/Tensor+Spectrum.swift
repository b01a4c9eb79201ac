internal import CTensor
package import Diagnostics

/// Discrete Fourier transforms of real signals along the last dimension.
extension Tensor {
  /// |DFT|² of `[…, n]`: `[…, n / 2 + 1]`.
  package func powerSpectrum() throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.spectrum.pointee.power(handle, $1) }
  }

  /// Real and imaginary parts `[…, n / 2 + 1, 2]` of the half spectrum.
  package func fourierTransform() throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.spectrum.pointee.forward(handle, $1) }
  }

  /// `[…, length]` samples from a half spectrum `[…, length / 2 + 1, 2]`.
  package func inverseFourierTransform(length: Int) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.spectrum.pointee.inverse(handle, length, $1) }
  }
}
