internal import Artifacts
package import Diagnostics
internal import Network
package import Options
internal import YAML

/// Finds out to which size images are brought, and whether their folders are splits.
package struct ImageProposal {
  package private(set) var result = SourceProposal()

  /// Larger pictures are brought to this side, and smaller ones of several sizes to the other.
  private static let side = 64
  private static let smallSide = 32

  /// Pictures that all have one size are left so up to this side.
  private static let mostSide = 128

  /// - Throws: where there are no images, some are in no folder of a class, or one cannot be read.
  package init(_ patterns: [PathPattern], in search: FileSearch) throws(Diagnostic) {
    let listing = try result.take(.images, patterns, search)
    result.kinds = [.image]
    let sizes = try Self.sizes(of: listing.items)
    guard let least = sizes.map({ min($0.height, $0.width) }).min() else { return }
    if sizes.count == 1, let only = sizes.first, max(only.height, only.width) <= Self.mostSide {
      result.side = least
    } else {
      let side = least < Self.side ? Self.smallSide : Self.side
      result.side = side
      result.set("size", .int(side))
      result.remarks.append("brings all images to \(side) by \(side) pixels; 'size' is another")
    }
  }

  private struct Size: Hashable {
    let height: Int
    let width: Int
  }

  /// The different sizes of images that can be read.
  private static func sizes(of items: [ListedFile]) throws(Diagnostic) -> Set<Size> {
    let looks = items.concurrentMap(grain: 16) { item in
      Result { () throws(Diagnostic) in try PictureSource.file(item.file).probe() }
    }
    var sizes: Set<Size> = []
    for look in looks {
      let info = try look.get()
      sizes.insert(Size(height: info.height, width: info.width))
    }
    return sizes
  }
}
