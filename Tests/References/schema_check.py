"""Tells which documents JSON Schemas accept, as an independent validator sees it.

Reads {"schemas": {file: schema}, "documents": {name: [file, document]}} from standard input and writes,
for each name, an empty list or the validator's messages. Schemas refer to each other by file names. Uses
jsonschema 4.26.0 (scripts/locks/python-tests.txt); the schemas themselves are checked against the
meta-schema of draft 7. Nothing numeric, so no tolerance.
"""

import json
import sys

import jsonschema
import referencing

FOLDER = "file:///schemas/"

request = json.load(sys.stdin)
resources = []
for file, schema in request["schemas"].items():
    jsonschema.Draft7Validator.check_schema(schema)
    resources.append((FOLDER + file, referencing.Resource.from_contents(schema)))
registry = referencing.Registry().with_resources(resources)
validators = {
    file: jsonschema.Draft7Validator({"$ref": FOLDER + file}, registry=registry)
    for file in request["schemas"]
}
answer = {
    name: [
        f"{'/'.join(map(str, error.path))}: {error.message}"[:300]
        for error in validators[file].iter_errors(document)
    ]
    for name, (file, document) in request["documents"].items()
}
json.dump(answer, sys.stdout, sort_keys=True)
