/// A file of a source, with the class and the split that it belongs to.
package struct ListedFile: Hashable, Sendable {
  package var file: SourceFile
  package var label: String?
  package var split: SplitName?

  package init(_ file: SourceFile, label: String? = nil, split: SplitName? = nil) {
    self.file = file
    self.label = label
    self.split = split
  }
}
