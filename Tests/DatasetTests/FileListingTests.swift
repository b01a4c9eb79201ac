import Diagnostics
import Foundation
import Options
import Testing
import YAML

@testable import Dataset

@Suite struct FileListingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func listing(
    _ names: [String], _ pattern: String = "pics", dealtOut: Bool = false,
    task: RowRequest.Task? = nil
  ) throws -> FileListing {
    for name in names { _ = try folder.file(name, "content") }
    var request = RowRequest()
    request.patterns = [try #require(PathPattern(pattern))]
    request.isDealtOut = dealtOut
    request.task = task
    return try FileListing(of: .images, request, FileSearch(folder.path))
  }

  @Test func `takes folders for classes`() throws {
    let listing = try listing([
      "pics/a/1.png", "pics/a/2.jfif", "pics/b/2.JPEG", "pics/b/more/3.webp",
    ])
    #expect(listing.items.map(\.label) == ["a", "a", "b", "b"])
    #expect(listing.items.map(\.split) == [nil, nil, nil, nil])
    #expect(listing.warnings.isEmpty && listing.remarks.isEmpty)
  }

  @Test func `counts and names the files that it leaves out`() throws {
    let listing = try listing([
      "pics/a/1.png", "pics/a/2.gif", "pics/b/1.gif", "pics/b/2.AVIF", "pics/c/3.gif",
      "pics/notes.txt", "pics/d/1.png",
      "pics/README", "pics/.hidden/4.gif", "pics/a/.DS_Store",
    ])
    #expect(
      listing.warnings.map(\.message) == [
        "6 files below 'pics' are left out: 3 .gif, 1 .avif, 1 .txt, 1 without an ending"
      ])
    #expect(
      listing.warnings.first?.notes.first?.message
        == "'b', 'c' are no class, for want of an image that is read")
  }

  @Test func `tells of links to folders`() throws {
    _ = try folder.file("cats/1.png", "content")
    for name in ["pics/a/1.png", "pics/d/1.png"] { _ = try folder.file(name, "content") }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/pics/cats", withDestinationPath: folder.path + "/cats")
    for name in ["b.png", "c.png"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/pics/a/" + name, withDestinationPath: folder.path + "/nowhere")
    }
    let listing = try listing([])
    #expect(listing.items.map(\.label) == ["a", "d"])
    #expect(
      listing.warnings.map(\.message) == [
        "3 files below 'pics' are left out: 2 links to nothing, 1 links to folders, which are not followed"
      ])
  }

  @Test func `takes train, val and test for splits`() throws {
    let listing = try listing([
      "pics/train/a/1.png", "pics/train/b/2.png", "pics/val/a/3.png", "pics/Test/b/4.png",
    ])
    #expect(listing.items.map(\.split) == [.test, .train, .train, .validation])
    #expect(listing.items.map(\.label) == ["b", "a", "b", "a"])
    #expect(listing.remarks == ["the splits are the folders 'Test', 'train' and 'val' of 'pics'"])
  }

  @Test(arguments: [
    ("TRAIN", SplitName.train), ("Training", .train), ("training_set", .train),
    ("trainset", .train),
    ("train-images", .train), ("valid", .validation), ("Val", .validation), ("dev", .validation),
    ("Validation Set", .validation), ("eval", .validation), ("testing", .test), ("test_set", .test),
    ("trains", nil), ("set", nil), ("testament", nil), ("training_sets", nil),
  ])
  func `knows the names of splits`(name: String, split: SplitName?) {
    #expect(SplitFolders.split(named: name) == split)
  }

  @Test func `takes files beside each other, and in nested folders, without classes`() throws {
    let flat = try listing(
      ["pics/1.png", "pics/2.tif", "pics/x/y/3.bmp"], task: RowRequest.Task.none)
    #expect(flat.items.map(\.file.name) == ["pics/1.png", "pics/2.tif", "pics/x/y/3.bmp"])
    #expect(flat.items.allSatisfy { $0.label == nil && $0.split == nil } && flat.warnings.isEmpty)
  }

  @Test func `takes splits without classes where there is no target`() throws {
    let listing = try listing(["pics/train/1.png", "pics/test/2.png"], task: RowRequest.Task.none)
    #expect(listing.items.map(\.split) == [.test, .train])
    #expect(listing.items.map(\.label) == [nil, nil])
  }

  @Test(arguments: [
    (
      ["pics/train/a/1.png", "pics/val/a/2.png"], true,
      "the folders 'train' and 'val' of 'pics' are splits, and 'split' would deal out their images anew"
    ),
    (
      ["pics/train/a/1.png", "pics/test/2.png"], false,
      "'pics/test/2.png' is in no class folder of the splits of 'pics'"
    ),
    (["pics/1.png", "pics/a/2.png"], false, "'pics/1.png' is in no class folder of 'pics'"),
    (["pics/a/1.gif"], false, "there is no image file below 'pics'"),
  ])
  func `refuses folders that say two things`(
    names: [String], dealtOut: Bool, fact: String
  ) throws {
    let thrown = #expect(throws: Diagnostic.self) { try listing(names, dealtOut: dealtOut) }
    #expect(thrown?.message == fact)
  }

  @Test(arguments: [
    (
      ["pics/train/a/1.png", "pics/val/a/2.png", "pics/cat/3.png"],
      "the folders 'train' and 'val' of 'pics' are taken for classes, because 'cat' is beside them"
    ),
    (["pics/Cat/1.png", "pics/cat/2.png"], "the folders 'Cat' and 'cat' are different classes"),
    (["pics/all/a/1.png", "pics/all/b/2.png"], "all images are of one class, 'all'"),
    (
      ["pics/a/1.png", "pics/a/2.png", "pics/b/1.png", "pics/c/1.png"],
      "'b' and 'c' have one image each, which cannot be both learnt from and tested with"
    ),
  ])
  func `says what classes may not be meant`(names: [String], fact: String) throws {
    #expect(try listing(names).warnings.map(\.message) == [fact])
  }

  @Test func `keeps classes that are called like splits`() throws {
    let listing = try listing(["pics/train/1.png", "pics/car/2.png"])
    #expect(listing.items.map(\.label) == ["car", "train"])
    #expect(listing.items.map(\.split) == [nil, nil])
  }

  @Test func `says before anything is read that splits would be dealt out anew`() throws {
    for name in ["pics/train/a/1.png", "pics/test/a/1.png"] { _ = try folder.file(name, "") }
    let node = try Node(parsing: "{images: pics, split: {train: 100%}}", file: "p.yaml")
    var request = RowRequest()
    request.patterns = [try #require(PathPattern("pics"))]
    let search = FileSearch(folder.path)
    #expect(ImageFolders.look(ImageFolders.Settings(), request, search, node).problems.isEmpty)
    request.isDealtOut = true
    let problems = ImageFolders.look(ImageFolders.Settings(), request, search, node).problems
    #expect(problems.map(\.range) == [node["split"]?.range])
  }
}
