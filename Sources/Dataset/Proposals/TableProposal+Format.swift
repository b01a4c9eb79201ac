internal import Diagnostics

/// How a table is written, as its first row and its values show.
extension TableProposal {
  /// Whether the first row names the columns, rather than being one of values: then it has no numbers, or
  /// these count the columns.
  static func hasHeader(
    _ files: [SourceFile], _ format: TableFormat
  ) throws(Diagnostic) -> Bool {
    let header: TableHeader
    do throws(Diagnostic) {
      header = try DelimitedContents(files: files, format: format).header()
    } catch {
      // Values may be the same in two columns, and then are no names.
      var other = format
      other.hasHeader = false
      let bare = try? DelimitedContents(files: files, format: other).header()
      guard bare != nil, error.message.contains("are both named") else { throw error }
      return false
    }
    let numbers = header.names.compactMap { Cell.number(Array($0.utf8)[...]) }
    return zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
      && (numbers.count != 1 || header.names.count == 1)
  }

  /// Sets how characters are stored where the first row is not UTF-8.
  static func findEncoding(
    _ format: inout TableFormat, _ files: [SourceFile]
  ) throws(Diagnostic) {
    do throws(Diagnostic) {
      _ = try DelimitedContents(files: files, format: format).header()
    } catch {
      if error.message.contains("not UTF-8") { format.encoding = .windows1252 }
    }
  }

  /// The same where rows are not.
  static func encoding(
    _ format: inout TableFormat, _ surveys: [Int: ColumnSurvey]
  ) -> Bool {
    guard format.encoding == .utf8, surveys.values.contains(where: { $0.count(.undecodable) > 0 })
    else { return false }
    format.encoding = .windows1252
    return true
  }

  /// Sets how numbers are written, where columns of texts are numbers then.
  static func style(_ format: inout TableFormat, _ surveys: [Int: ColumnSurvey]) -> Bool {
    let styled = surveys.sorted { $0.key < $1.key }.map(\.value).filter { survey in
      5 * (survey.count(.styled) + survey.numbers) >= 4 * survey.present
        && survey.count(.styled) > 0
    }
    guard let style = styled.compactMap(\.style).first else { return false }
    format.style = style
    return true
  }

  /// Sets which texts stand for missing values, as they show in columns of numbers and dates.
  static func missing(_ format: inout TableFormat, _ surveys: [Int: ColumnSurvey]) -> Bool {
    for survey in surveys.values where survey.kind != .category {
      format.missing.formUnion(survey.sightings[.absent]?.texts ?? [])
    }
    return !format.missing.isEmpty
  }
}
