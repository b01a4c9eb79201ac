/// References as other languages write them, and paths as shells and systems do.
enum ReferenceCases {
  static let all: [MistakeCase] = [
    MistakeCase(
      "jinja",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "{{ vars.epochs }}"}}
      """,
      [
        (
          "5:50", "expected a whole number, found the text '{{ vars.epochs }}'",
          "did you mean ${vars.epochs}?"
        )
      ]),
    MistakeCase(
      "jinja filter",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "{{ epochs | int }}"}}
      """,
      [
        (
          "5:50", "expected a whole number, found the text '{{ epochs | int }}'",
          "did you mean ${vars.epochs}?"
        )
      ]),
    MistakeCase(
      "jinja in text",
      """
      pipeline: p
      vars: {data: .}
      stages:
        data:
          load:
            csv: "{{ data }}/d.csv"
            target: species
      """,
      [
        (
          "6:12", "'{{ data }}' is a placeholder that nothing fills in",
          "did you mean ${vars.data}/d.csv?"
        )
      ]),
    MistakeCase(
      "jinja in command",
      """
      pipeline: p
      vars: {e: 3}
      stages:
        m: {command: {run: "echo {{ e }} > x", outputs: [x]}}
      """,
      [
        (
          "4:22", "warning: '{{ e }}' is text here, which nothing fills in",
          "did you mean echo ${vars.e} > x?"
        )
      ]),
    MistakeCase(
      "gh",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${{ vars.epochs }}"}}
      """,
      [
        ("5:51", "'${{ vars.epochs }}' refers to nothing", "did you mean ${vars.epochs}?")
      ]),
    MistakeCase(
      "params",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${params.epochs}"}}
      """,
      [
        ("5:51", "'${params.epochs}' refers to nothing", "did you mean ${vars.epochs}?")
      ]),
    MistakeCase(
      "bare",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${epochs}"}}
      """,
      [
        ("5:51", "'${epochs}' refers to nothing", "did you mean ${vars.epochs}?")
      ]),
    MistakeCase(
      "no braces",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: vars.epochs}}
      """,
      [
        (
          "5:50", "expected a whole number, found the text 'vars.epochs'",
          "did you mean ${vars.epochs}?"
        )
      ]),
    MistakeCase(
      "matrix", afterData: true,
      """
        m: {from: data, matrix: {w: [4, 8]}, train: {model: {mlp: {hidden: [matrix.w]}}}}
      """,
      [
        ("4:71", "expected a whole number, found the text 'matrix.w'", "did you mean ${matrix.w}?")
      ]),
    MistakeCase(
      "arithmetic",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${vars.epochs * 2}"}}
      """,
      [
        (
          "5:51", "a reference is a name alone; 'vars.epochs * 2' computes something",
          "write the result as a variable of its own, and refer to that"
        )
      ]),
    MistakeCase(
      "filter",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${vars.epochs | int}"}}
      """,
      [
        ("5:51", "a reference has no filters", "did you mean ${vars.epochs}?")
      ]),
    MistakeCase(
      "default",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${vars.n:-3}"}}
      """,
      [
        (
          "5:51", "a reference has no default value",
          "give 'vars.n' a value of its own, which '--set' and profiles change"
        )
      ]),
    MistakeCase(
      "index",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${vars.list[0]}"}}
      """,
      [
        ("5:51", "brackets reach no part of a variable", "did you mean ${vars.list.0}?")
      ]),
    MistakeCase(
      "space",
      """
      pipeline: p
      vars: {epochs: 2, list: [3]}
      stages:
        data: {load: {csv: d.csv, target: species}}
        m: {from: data, train: {model: linear, epochs: "${ vars.epochs }"}}
      """,
      [
        ("5:51", "'${ vars.epochs }' refers to nothing", "did you mean ${vars.epochs}?")
      ]),
    MistakeCase(
      "shell braces",
      """
      pipeline: p
      stages:
        data:
          load:
            csv: ${HOME}/d.csv
            target: species
      """,
      [
        ("5:12", "'${HOME}' refers to nothing", "did you mean ${env.HOME}?")
      ]),
    MistakeCase(
      "shell",
      """
      pipeline: p
      stages:
        data:
          load:
            csv: $HOME/d.csv
            target: species
      """,
      [
        (
          "5:12", "'$HOME/d.csv' begins with a variable of a shell, which nothing expands",
          "variables of a shell are not expanded; write ${env.HOME}/d.csv, and env: [HOME] at the top"
        )
      ]),
    MistakeCase(
      "tilde",
      """
      pipeline: p
      stages:
        data:
          load:
            csv: ~/d.csv
            target: species
      """,
      [
        (
          "5:12", "'~/d.csv' begins with '~', which nothing expands",
          "write ${env.HOME}/d.csv, and env: [HOME] at the top"
        )
      ]),
    MistakeCase(
      "windows",
      """
      pipeline: p
      stages:
        data:
          load:
            csv: data\\d.csv
            target: species
      """,
      [
        (
          "5:12", "'data\\d.csv' has a '\\', which separates no folders",
          "write 'data/d.csv'; in a pattern '\\' takes a wildcard's meaning away"
        )
      ]),
    MistakeCase(
      "percent",
      """
      pipeline: p
      stages:
        data:
          load:
            csv: '%DATA%\\d.csv'
            target: species
      """,
      [
        (
          "5:12", "'%DATA%\\d.csv' begins with a variable of a shell, which nothing expands",
          "variables of a shell are not expanded; write ${env.DATA}/d.csv, and env: [DATA] at the top"
        )
      ]),
    MistakeCase(
      "dollar vars",
      """
      pipeline: p
      vars: {d: d.csv}
      stages:
        data:
          load:
            csv: $vars.d
            target: species
      """,
      [
        (
          "6:12", "'$vars.d' begins with a reference without braces, which nothing fills in",
          "did you mean ${vars.d}?"
        )
      ]),
  ]
}
