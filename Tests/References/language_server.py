"""Talks to `anneal lsp` with a client of others: pytest-lsp, which is built on pygls.

pytest runs it; ANNEAL names the executable. The folder that each test gets is the workspace.
"""

import asyncio
import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

PIPELINE = """\
pipeline: flowers
vars: {epochs: 3}
stages:
  rows:
    load: {csv: a.csv, target: kind}
  model:
    from: rows
    train:
      model: {mlp: {hiden: [8]}}
      epochs: ${vars.epochs}
"""


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "a.csv").write_text("kind,width,petal length\na,1,2\nb,2,3\n")
    (tmp_path / "p.yaml").write_text(PIPELINE)
    return tmp_path


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=[os.environ["ANNEAL"], "lsp"]),
    params=["neovim", "visual_studio_code", "emacs"],
)
async def client(client: LanguageClient, folder: pathlib.Path, request):
    # What editors with these capabilities answer, and this client leaves to its user.
    for asked in [
        types.CLIENT_REGISTER_CAPABILITY,
        types.WORKSPACE_CODE_LENS_REFRESH,
        types.WORKSPACE_INLAY_HINT_REFRESH,
    ]:
        client.feature(asked)(lambda *_: None)
    await client.initialize_session(
        types.InitializeParams(
            capabilities=pytest_lsp.client_capabilities(request.param),
            root_uri=folder.as_uri(),
            workspace_folders=[types.WorkspaceFolder(uri=folder.as_uri(), name="flowers")],
        )
    )
    yield
    await client.shutdown_session()


class Document:
    """A document as the client has it open."""

    def __init__(self, client: LanguageClient, path: pathlib.Path):
        self.client, self.uri, self.version = client, path.as_uri(), 1
        self.text = path.read_text()
        client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(self.uri, "yaml", self.version, self.text)
            )
        )

    @property
    def identifier(self):
        return types.TextDocumentIdentifier(self.uri)

    def change(self, text: str) -> None:
        self.version += 1
        self.text = text
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def position(self, text: str, after: str = "") -> types.Position:
        """Where a text begins, the first one behind another; columns of ASCII count alike everywhere."""
        start = self.text.index(text, self.text.index(after) + len(after) if after else 0)
        before = self.text[:start].split("\n")
        return types.Position(len(before) - 1, len(before[-1]))

    async def diagnostics(self) -> list[types.Diagnostic]:
        """Those of the text that was just sent."""
        while True:
            found = await self.client.wait_for_notification(
                types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS
            )
            if (found.uri, found.version) == (self.uri, self.version):
                return list(found.diagnostics)

    def apply(self, edit: types.WorkspaceEdit) -> str:
        """The text after the edits of this document."""
        changes = list((edit.changes or {}).get(self.uri, []))
        for change in edit.document_changes or []:
            assert change.text_document.version == self.version
            changes += [each for each in change.edits if change.text_document.uri == self.uri]
        lines = self.text.split("\n")
        for each in sorted(changes, key=lambda each: each.range.start, reverse=True):
            start, end = each.range.start, each.range.end
            assert start.line == end.line
            line = lines[start.line]
            lines[start.line] = line[: start.character] + each.new_text + line[end.character :]
        return "\n".join(lines)


@pytest.mark.asyncio
async def test_diagnostics_follow_the_text_and_are_mended(client, folder):
    document = Document(client, folder / "p.yaml")
    (found,) = await document.diagnostics()
    assert found.message.startswith("unknown key 'hiden'\ndid you mean 'hidden'?")
    assert found.severity == types.DiagnosticSeverity.Error
    assert found.range == types.Range(document.position("hiden"), types.Position(8, 25))

    (action,) = await client.text_document_code_action_async(
        types.CodeActionParams(
            document.identifier, found.range, types.CodeActionContext(diagnostics=[found])
        )
    )
    assert action.title == "Write 'hidden'"
    assert list(action.diagnostics) == [found]
    document.change(document.apply(action.edit))
    assert await document.diagnostics() == []

    document.change(document.text.replace("epochs: 3", "epochs: 0"))
    (found,) = await document.diagnostics()
    assert found.message.startswith("0 is out of range for 'epochs'")
    if client.capabilities.text_document.publish_diagnostics.related_information:
        (related,) = found.related_information
        assert related.location.range.start == document.position("0")
    else:
        assert "the value of 'vars.epochs' is written here (" in found.message

    document.change(document.text + "  more: [")
    assert len(await document.diagnostics()) == 1


@pytest.mark.asyncio
async def test_completion_knows_keys_names_and_columns(client, folder):
    document = Document(client, folder / "p.yaml")
    await document.diagnostics()

    async def labels(text: str, at: str) -> list[str]:
        document.change(text)
        end = document.position(at)
        position = types.Position(end.line, end.character + len(at))
        found = await client.text_document_completion_async(
            types.CompletionParams(document.identifier, position)
        )
        for item in found.items:
            assert item.text_edit.range.start.line == item.text_edit.range.end.line == end.line
            assert item.text_edit.range.start <= position <= item.text_edit.range.end
        return [item.label for item in found.items]

    assert "optimizer" in await labels(PIPELINE + "      opti", "opti")
    assert await labels(PIPELINE + "  next:\n    from: [", "from: [") == ["rows", "model"]
    assert await labels(PIPELINE + "    threads: ${va", "threads: ${va") == ["vars.epochs"]
    assert "cpu" in await labels(PIPELINE + "    device: ", "device: ")
    # The header is read beside everything else, by a process of its own.
    text = PIPELINE.replace("target: kind", "target: ")
    while (found := await labels(text, "target: ")) == []:
        await asyncio.sleep(0.05)
    assert found == ["kind", "width", "petal length"]


@pytest.mark.asyncio
async def test_names_lead_to_each_other(client, folder):
    document = Document(client, folder / "p.yaml")
    at = document.position("rows", after="from: ")
    (found,) = await client.text_document_definition_async(
        types.DefinitionParams(document.identifier, at)
    )
    assert found.uri == document.uri
    assert found.range.start == document.position("rows")

    found = await client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(True), document.identifier, at)
    )
    assert [each.range.start.line for each in found] == [3, 6]

    at = document.position("epochs}")
    prepared = await client.text_document_prepare_rename_async(
        types.PrepareRenameParams(document.identifier, at)
    )
    assert prepared.placeholder == "epochs"
    edit = await client.text_document_rename_async(
        types.RenameParams(document.identifier, at, "passes")
    )
    renamed = document.apply(edit)
    assert "vars: {passes: 3}" in renamed and "epochs: ${vars.passes}" in renamed


@pytest.mark.asyncio
async def test_hover_and_outline(client, folder):
    document = Document(client, folder / "p.yaml")
    hover = await client.text_document_hover_async(
        types.HoverParams(document.identifier, document.position("epochs: $"))
    )
    assert "Passes over" in hover.contents.value
    assert "Comes out as" in hover.contents.value and "3" in hover.contents.value

    symbols = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(document.identifier)
    )
    names = [each.name for each in symbols]
    if isinstance(symbols[0], types.DocumentSymbol):
        assert names == ["pipeline", "vars", "stages"]
        assert [each.name for each in symbols[2].children] == ["rows", "model"]
    else:
        assert names == ["pipeline", "vars", "epochs", "stages", "rows", "model"]


@pytest.mark.asyncio
async def test_lenses_say_how_stages_stand(client, folder):
    if client.capabilities.text_document.code_lens is None:
        pytest.skip("this client has no lenses")
    path = folder / "own.yaml"
    path.write_text(
        "pipeline: own\nstages:\n  one: {command: {run: echo 1 > one.txt, outputs: [one.txt]}}\n"
    )
    document = Document(client, path)

    async def titles() -> list[str]:
        found = await client.text_document_code_lens_async(
            types.CodeLensParams(document.identifier)
        )
        return [each.command.title for each in found]

    async def become(expected: list[str]) -> bool:
        # Lenses may be those of the last look; a client is told to ask again when there is a newer one.
        for _ in range(240):
            if await titles() == expected:
                return True
            await asyncio.sleep(0.25)
        return False

    assert await become(["would run: it has not run yet"])
    run = await asyncio.create_subprocess_exec(
        os.environ["ANNEAL"], "run", str(path), stderr=asyncio.subprocess.DEVNULL
    )
    assert await run.wait() == 0
    client.text_document_did_save(types.DidSaveTextDocumentParams(document.identifier))
    assert await become(["up to date"])
