internal import Artifacts
internal import Diagnostics
internal import Foundation
internal import Processes

/// The command line of `benchmarks`: builds what it measures, asks the questions, writes the report.
package struct BenchmarkProgram {
  private let words: [String]
  private let progress = Progress.onStandardError

  /// - Parameter words: the words after the name of the program.
  package init(_ words: [String]) {
    self.words = words
  }

  /// - Returns: the exit status: 0, 1 where something failed, 2 where the command line is wrong.
  package func run() -> Int32 {
    let options: BenchmarkOptions
    do {
      options = try BenchmarkOptions(words)
    } catch {
      return end(error, status: 2)
    }
    if options.wantsHelp {
      print(BenchmarkOptions.help)
      return 0
    }
    do {
      try measure(options)
      return 0
    } catch let error as Diagnostic {
      return end(error, status: 1)
    } catch {
      return end(Diagnostic("\(error)"), status: 1)
    }
  }

  private func end(_ problem: Diagnostic, status: Int32) -> Int32 {
    FileHandle.standardError.write(Data((problem.description + "\n").utf8))
    return status
  }

  private func measure(_ options: BenchmarkOptions) throws {
    let built = try BuiltPackage()
    let peers: [any Tool]
    if options.isQuick {
      peers = []
    } else {
      let python = try PeerPython(repository: built.repository)
      peers = [DVC(python: python), Snakemake(python: python), Luigi(python: python)]
    }
    try built.build(progress)
    let root = try place(options)
    defer {
      progress.tell("removing '\(root)'")
      try? Folder.remove(root)
    }
    let bench = Bench(
      repository: built.repository, anneal: Anneal(executable: built.executable), peers: peers,
      laboratory: Laboratory(root: root, limit: Double(options.limit)),
      turns: Turns(repetitions: options.repetitions, progress: progress))
    let surroundings = try Surroundings(bench)
    var report = BenchmarkReport(
      words: words, surroundings: surroundings, tools: [bench.anneal] + peers)
    let start = ContinuousClock.now
    for question in options.questions {
      progress.tell("\(question.name): \(question.summary)")
      report.sections.append(answer(question, bench))
      report.duration = (ContinuousClock.now - start).inSeconds
    }
    try write(report, options, built.repository)
    if let problem = report.problem { throw problem }
  }

  /// One question that cannot be answered does not take the others' answers with it.
  private func answer(_ question: any Question, _ bench: Bench) -> Section {
    do { return try question.answer(bench) } catch {
      let problem = error as? Diagnostic ?? Diagnostic("\(error)")
      progress.tell("\(question.name) has no answer: \(problem)")
      return Section(
        title: question.name, text: "This has no answer: \(problem.message).", problem: problem)
    }
  }

  /// A new folder, which is removed at the end.
  private func place(_ options: BenchmarkOptions) throws -> String {
    let outer = options.place ?? FileManager.default.temporaryDirectory.path
    let root = URL(filePath: outer).resolvingSymlinksInPath().path + "/anneal-benchmarks-\(UUID())"
    try Folder.create(root)
    keepApart(root)
    return root
  }

  /// Has ext4 give each workspace a part of its own; other file systems and their owners may refuse.
  ///
  /// For minutes ext4 looks past the numbers of files that were removed in a part of it whenever a file
  /// is made there, so that each run would pay for what the ones before it removed.
  private func keepApart(_ root: String) {
    _ = try? FinishedProgram(
      running: "/usr/bin/env", ["chattr", "+T", root],
      environment: ProcessInfo.processInfo.environment)
  }

  private func write(
    _ report: BenchmarkReport, _ options: BenchmarkOptions, _ repository: String
  ) throws {
    let whole = options.isWhole ? repository + "/docs/benchmarks.md" : nil
    guard let path = options.output ?? whole else {
      return FileHandle.standardOutput.write(Data(report.markdown.utf8))
    }
    try Folder.replaceFile(path, with: Array(report.markdown.utf8))
    progress.tell("wrote '\(path)'")
  }
}
