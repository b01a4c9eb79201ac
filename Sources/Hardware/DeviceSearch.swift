/// A record of looking for a kind of device: where, and how many were found.
///
/// It lets a message say what was looked for when a pipeline asks for a device that is not there.
package struct DeviceSearch: Codable, Hashable, Sendable {
  /// What was looked for, such as `NVIDIA GPU`.
  package var subject: String
  /// The paths that would have shown one.
  package var places: [String]
  package var found: Int
  /// Why a device that seems to be there cannot be used, where that is so.
  package var obstacle: String?

  package init(subject: String, places: [String], found: Int, obstacle: String? = nil) {
    self.subject = subject
    self.places = places
    self.found = found
    self.obstacle = obstacle
  }
}

extension DeviceSearch: CustomStringConvertible {
  package var description: String {
    let count = found == 0 ? "no \(subject)" : "\(found) \(subject)\(found == 1 ? "" : "s")"
    let places = "looked at \(self.places.joined(separator: ", "))"
    return ["\(count): \(places)", obstacle].compactMap { $0 }.joined(separator: "; ")
  }
}
