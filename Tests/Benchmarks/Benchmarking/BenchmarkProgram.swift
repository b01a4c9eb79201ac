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
    if words.first == OwnMeasure.word {
      do { try OwnMeasure.run(Array(words.dropFirst())) } catch {
        return end(error as? Diagnostic ?? Diagnostic("\(error)"), status: 1)
      }
      return 0
    }
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
    let questions = options.questions
    let parts = Part.allCases.filter { part in questions.contains { $0.part == part } }
    let peers: [any Tool]
    if options.isQuick || !parts.contains(.runner) {
      peers = []
    } else {
      let python = try PeerPython(repository: built.repository)
      peers = [DVC(python: python), Snakemake(python: python), Luigi(python: python)]
    }
    let root = try place(options)
    defer {
      progress.tell("removing '\(root)'")
      try? Folder.remove(root)
    }
    let laboratory = Laboratory(root: root, limit: Double(options.limit))
    let data =
      parts.contains { $0 != .runner }
      ? try DataBench(repository: built.repository, laboratory: laboratory, progress: progress)
      : nil
    try built.build(progress)
    let bench = Bench(
      repository: built.repository, anneal: Anneal(executable: built.executable), peers: peers,
      data: data, laboratory: laboratory,
      turns: Turns(repetitions: options.repetitions, progress: progress))
    var reports: [BenchmarkReport] = []
    for part in parts {
      reports.append(try report(on: part, questions.filter { $0.part == part }, bench))
    }
    try write(reports, options, built.repository)
    if let problem = reports.lazy.compactMap(\.problem).first { throw problem }
  }

  private func report(
    on part: Part, _ questions: [any Question], _ bench: Bench
  ) throws -> BenchmarkReport {
    let tools: [any Tool] = [bench.anneal] + (part == .runner ? bench.peers : [])
    let packages = part != .runner ? try bench.needed().versions() : []
    var report = BenchmarkReport(
      part: part, words: words, surroundings: try Surroundings(bench, tools, packages), tools: tools
    )
    let start = ContinuousClock.now
    for question in questions {
      progress.tell("\(question.name): \(question.summary)")
      report.sections.append(answer(question, bench))
      report.duration = (ContinuousClock.now - start).inSeconds
    }
    return report
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

  /// Whole parts take their places in the document; anything else is told.
  private func write(
    _ reports: [BenchmarkReport], _ options: BenchmarkOptions, _ repository: String
  ) throws {
    guard options.isWhole || options.output != nil else {
      let text = reports.map { $0.markdown + "\n" }.joined(separator: "\n")
      return FileHandle.standardOutput.write(Data(text.utf8))
    }
    let path = options.output ?? repository + "/docs/benchmarks.md"
    var document = BenchmarkDocument((try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
    for report in reports { document[report.part] = report.markdown }
    try Folder.replaceFile(path, with: Array(document.markdown.utf8))
    progress.tell("wrote '\(path)'")
  }
}
