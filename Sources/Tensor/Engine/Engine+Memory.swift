internal import CTensor

extension Engine {
  /// Lets go of what tensors held as soon as they go, which takes time and suits little memory.
  package static func keepLittleMemory() {
    _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
    _ = mallopt(M_TRIM_THRESHOLD, 8 << 20)
  }

  /// Gives memory back to the system that tensors held and that is kept to be used again.
  package static func giveBackMemory() { malloc_trim(0) }
}
