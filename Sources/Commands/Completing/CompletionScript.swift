/// Scripts that complete command lines of `anneal` in a shell: they ask the program itself, which knows
/// the pipeline and the runs, and leave other files to the shell.
struct CompletionScript {
  enum Shell: String, CaseIterable {
    case bash, zsh, fish
  }

  static func text(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  /// Readline takes `=`, `:` and `@` for ends of words and replaces only what follows them, so what
  /// stands before is taken off each candidate.
  private static let bash = """
    _anneal() {
      local line=${COMP_LINE:0:COMP_POINT} typed=${COMP_WORDS[COMP_CWORD]} words word before
      read -ra words <<< "$line"
      [[ $line == *[[:space:]] ]] && words+=("")
      [[ $typed == [=:@]* ]] && typed=${typed:1}
      before=${words[-1]%"$typed"}
      COMPREPLY=()
      while IFS=$'\\t' read -r word _; do
        COMPREPLY+=("${word#"$before"}")
      done < <("${COMP_WORDS[0]}" \(CompleteCommand.name) -- "${words[@]:1}" 2>/dev/null)
      [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[=/] ]] && compopt -o nospace
      return 0
    }
    complete -o default -F _anneal anneal
    """

  private static let zsh = """
    #compdef anneal
    _anneal() {
      local -a names told
      local line name
      for line in "${(@f)$($words[1] \(CompleteCommand.name) -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -z $line ]] && continue
        name=${line%%$'\\t'*}
        names+=("$name")
        told+=("${line/$'\\t'/  -- }")
      done
      if (( ${#names} == 0 )); then
        _files
      elif (( ${#names} == 1 )) && [[ $names[1] == *[=/] ]]; then
        compadd -S '' -d told -a names
      else
        compadd -d told -a names
      fi
    }
    compdef _anneal anneal
    """

  private static let fish = """
    function __anneal_complete
      set -l words (commandline -opc) (commandline -ct)
      set -l found ($words[1] \(CompleteCommand.name) -- $words[2..] 2>/dev/null)
      if test (count $found) -gt 0
        printf '%s\\n' $found
      else
        __fish_complete_path (commandline -ct)
      end
    end
    complete -c anneal -f -a '(__anneal_complete)'
    """
}
