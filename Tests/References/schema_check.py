"""Tells which documents a JSON Schema accepts, as an independent validator sees it.

Reads {"schema": ..., "documents": {name: document}} from standard input and writes, for each name, an
empty list or the validator's messages. Uses jsonschema 4.26.0 (scripts/locks/python-tests.txt); the
schema itself is checked against the meta-schema of draft 2020-12. Nothing numeric, so no tolerance.
"""

import json
import sys

import jsonschema

request = json.load(sys.stdin)
jsonschema.Draft202012Validator.check_schema(request["schema"])
validator = jsonschema.Draft202012Validator(request["schema"])
answer = {
    name: [f"{'/'.join(map(str, error.path))}: {error.message}"[:300] for error in validator.iter_errors(document)]
    for name, document in request["documents"].items()
}
json.dump(answer, sys.stdout, sort_keys=True)
