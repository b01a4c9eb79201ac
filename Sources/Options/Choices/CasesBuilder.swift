/// Lists the cases of a choice, one statement each; a list of cases may stand for several.
@resultBuilder
package enum CasesBuilder<Root> {
  package static func buildExpression(_ option: Case<Root>) -> [Case<Root>] { [option] }
  package static func buildExpression(_ options: [Case<Root>]) -> [Case<Root>] { options }
  package static func buildBlock(_ options: [Case<Root>]...) -> [Case<Root>] {
    options.flatMap { $0 }
  }
}
