import Diagnostics
import Pipeline
import Testing
import YAML

@testable import Stages

@Suite struct `A line for a shell` {
  @Test(arguments: [
    ("source ./env.sh; x", "source", 0), ("a && source b", "source", 5),
    ("if [[ a ]]; then b; fi", "[[", 3),
    ("A=1 source b", "source", 4), ("x=$(source b)", "source", 4), ("x=`source b`", "source", 3),
    ("echo \"$(source b)\"", "source", 8), ("(source b)", "source", 1),
    ("a |\n source b", "source", 5),
    ("diff <(a) <(b)", "<(", 5), ("a > >(tee b)", ">(", 4), ("(( x++ ))", "((", 0),
    ("set -o pipefail; a", "pipefail", 7), ("set -euo pipefail", "pipefail", 9),
    ("cat <<< x", "<<<", 4), ("a &> b", "&>", 2), ("a |& b", "|&", 2), ("a=(1 2)", "a=(", 0),
    ("echo $'a'", "$'", 5), ("echo $RANDOM", "$RANDOM", 5),
    ("echo \"${PIPESTATUS[0]}\"", "${PIPESTATUS[0]}", 6),
    ("echo ${x//a/b}", "${x//a/b}", 5), ("echo ${x^^}", "${x^^}", 5),
    ("echo ${x:0:3}", "${x:0:3}", 5),
    ("echo ${!x}", "${!x}", 5), ("[ $a == b ]", "==", 5), ("test a == b", "==", 7),
    ("echo -e 'a\\n'", "echo -e", 0), ("for i in {1..3}; do a; done", "{1..3}", 9),
    ("mkdir -p {train,test}", "{train,test}", 9), ("function f { a; }", "function", 0),
    ("declare -a x", "declare", 0), ("cat <<E\nx\nE\nsource y", "source", 12),
  ])
  func `tells what only bash knows`(line: String, word: String, offset: Int) {
    #expect(ShellText(line).bashWord == ShellText.BashWord(text: word, offset: offset))
  }

  @Test(arguments: [
    "echo source", "'source' x", "echo '<(a)' \"[[ a ]]\" \\[[", "# source x", "a # [[ b ]]",
    "cat <<E\nsource x\n[[ a ]]\nE\n", "cat <<-'E'\n\t$(source)\n\tE\necho",
    "x=$((1 << 2)); y=$((RANDOM))",
    "echo ${x:-a/b} ${x#a} ${x%%b} ${#x} ${x:+y} $# $? $! $$ ${x-a,b}", "a 2>&1 >b <c 1>&2",
    "case $x in [[:alpha:]]*) a;; *) b;; esac", "find . -exec rm {} +", "grep -E x{2,3} a",
    "echo {\"a\":1,\"b\":2}", "[ a = b ] && test -e x", "python3 -c 'x == y'", "echo a==b",
    "echo a -e", "f() { a; }; f", "( (a); b )", "x=\"a(b\"", "awk '{print $1, $2}' a", "",
    "echo \"unfinished", "echo ${unfinished", "echo $(unfinished", "echo 'unfinished", "a \\",
  ])
  func `is not bash's where every shell knows it`(line: String) {
    #expect(ShellText(line).bashWord == nil)
  }

  @Test(arguments: [
    ("a", false, false), ("a && b || c", false, false), ("a;", false, false), ("a\n", false, false),
    ("\n\na # x\n", false, false), ("X=1 a > b 2>&1", false, false), ("a &&\n b", false, false),
    ("a; b", true, false), ("a\nb", true, false), ("a | b", false, true),
    ("x=$(a | b)", false, true),
    ("x=$(a; b)", true, false), ("a 'b; c | d'", false, false),
    ("cat <<E\na; b\nE\n", false, false),
    ("a || b", false, false), ("if a; then b; fi", true, false), ("a > b; c", true, false),
  ])
  func `tells whether a failure may pass unseen`(line: String, several: Bool, pipe: Bool) {
    let text = ShellText(line)
    #expect(text.hasSeveralCommands == several)
    #expect(text.hasPipe == pipe)
  }

  @Test func `is refused at the word that is bash's`() throws {
    let node = try Node(
      parsing: "run: |\n  cp a b\n  source ./env.sh\noutputs: [b]\n", file: "p.yaml")
    var problems = Diagnostics()
    _ = CommandStage.resolve(node, in: "/tmp", into: &problems)
    let problem = try #require(problems.first)
    #expect(problem.message == "'source' is bash's, and the line is given to 'sh'")
    #expect(problem.location == SourceLocation(file: "p.yaml", line: 3, column: 3))
    #expect(
      problem.notes.map(\.message) == ["write 'shell: bash' beside 'run', or '. ./FILE'"])
  }

  @Test(arguments: [
    ("{run: source a, shell: bash, outputs: [b]}", nil),
    ("{run: [a, b], shell: bash, outputs: [b]}", "a list is run without a shell"),
    ("{run: a, shell: zsh, outputs: [b]}", "'zsh' is not one of the choices here"),
  ])
  func `may be bash's where it says so`(text: String, message: String?) throws {
    var problems = Diagnostics()
    _ = CommandStage.resolve(try Node(parsing: text, file: "p.yaml"), in: "/tmp", into: &problems)
    #expect(problems.map(\.message) == [message].compactMap(\.self))
  }

  @Test(arguments: [
    ("{run: a && b, outputs: [c]}", 3), ("{run: [a, b], outputs: [c]}", 3),
    ("{run: a; b, outputs: [c]}", 4), ("{run: a | b, outputs: [c]}", 4),
  ])
  func `keeps its revision where nothing changed for it`(text: String, revision: Int) throws {
    var problems = Diagnostics()
    let resolved = try #require(
      CommandStage.resolve(try Node(parsing: text, file: "p.yaml"), in: "/tmp", into: &problems))
    #expect(resolved.settings.revision == revision)
    #expect(
      Set(resolved.settings.value.object?.keys ?? [:].keys) == [
        "run", "inputs", "outputs", "environment",
      ])
  }
}
