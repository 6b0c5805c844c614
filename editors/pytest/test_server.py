"""The language server under pytest-lsp, a client that knows the whole protocol and refuses what is not of it.

    pip install pytest-lsp
    cargo build && pytest editors/pytest
"""

import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("FACTCHECK", str(PROJECT / "target" / "debug" / "factcheck"))
DRAFT = PROJECT / "fixtures" / "deportations" / "draft.md"
RULES = PROJECT / "claims" / "deportations.toml"


@pytest_lsp.fixture(
    params=["visual_studio_code", "neovim", "emacs"],
    config=ClientServerConfig(server_command=[PROGRAM, "lsp"]),
)
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient):
    # An editor that watches files is asked to.
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def _(params: types.RegistrationParams) -> None:
        assert [it.method for it in params.registrations] == ["workspace/didChangeWatchedFiles"]

    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities(request.param),
            workspace_folders=[types.WorkspaceFolder(uri=PROJECT.as_uri(), name="factcheck")],
        )
    )
    yield
    await lsp_client.shutdown_session()


def opened(client: LanguageClient, path: pathlib.Path, language: str) -> str:
    text = path.read_text()
    item = types.TextDocumentItem(uri=path.as_uri(), language_id=language, version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    return text


def place(text: str, words: str) -> types.Position:
    before = text[: text.index(words) + 1]
    line = before.rsplit("\n", 1)[-1]
    return types.Position(line=before.count("\n"), character=len(line.encode("utf-16-le")) // 2)


def checks(client: LanguageClient, path: pathlib.Path) -> list[str]:
    return sorted(str(it.code) for it in client.diagnostics.get(path.as_uri(), []))


@pytest.mark.asyncio
async def test_the_shipped_story(client: LanguageClient):
    text = opened(client, DRAFT, "markdown")
    await client.wait_for_notification("textDocument/publishDiagnostics")
    assert checks(client, DRAFT) == ["hedge-stretched", "rounding-sensitive", "scope-differs"]

    draft = types.TextDocumentIdentifier(uri=DRAFT.as_uri())
    at = place(text, "117,000 in just")
    hover = await client.text_document_hover_async(types.HoverParams(text_document=draft, position=at))
    assert "dhs_first_70_days" in hover.contents.value
    found = await client.text_document_definition_async(
        types.DefinitionParams(text_document=draft, position=at)
    )
    assert [it.uri for it in found] == [RULES.as_uri()]
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=draft,
            range=types.Range(start=place(text, "a little more than 5%"), end=place(text, "5%, from")),
            context=types.CodeActionContext(diagnostics=[]),
        )
    )
    assert any("about 6%" in action.title for action in actions)

    # A letter more in a number, and it is another one.
    start = place(text, "998 a day")
    change = types.TextDocumentContentChangePartial(
        range=types.Range(start=start, end=types.Position(line=start.line, character=start.character + 1)), text="8"
    )
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            text_document=types.VersionedTextDocumentIdentifier(uri=DRAFT.as_uri(), version=2),
            content_changes=[change],
        )
    )
    await client.wait_for_notification("textDocument/publishDiagnostics")
    assert "quote-not-found" in checks(client, DRAFT) or "value-refuted" in checks(client, DRAFT)


@pytest.mark.asyncio
async def test_rule_files(client: LanguageClient):
    opened(client, RULES, "toml")
    rules = types.TextDocumentIdentifier(uri=RULES.as_uri())
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(text_document=rules))
    assert len(lenses) == 18
    assert all(lens.command.title.startswith("supported") for lens in lenses)
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=rules))
    assert {"ice_budget", "ice_budget_before", "budget-rise"} <= {symbol.name for symbol in symbols}
    whole = types.Range(start=types.Position(0, 0), end=types.Position(999, 0))
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(text_document=rules, range=whole))
    assert len(hints) == 18
