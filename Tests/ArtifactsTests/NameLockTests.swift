import Testing

@testable import Artifacts

struct NameLockTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `a name is held once, beside others in the same file`() throws {
    let path = scratch.path + "/lock"
    var first: NameLock? = try NameLock(path, name: "/a")
    let again = try NameLock(path, name: "/a")
    #expect(try first?.tryLock() == true)
    #expect(try !again.tryLock())
    #expect(try NameLock(path, name: "/b").tryLock())
    first = nil
    #expect(try again.tryLock())
  }
}
