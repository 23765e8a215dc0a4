"""Where a passphrase comes from: a file, standard input, a terminal; never an argument."""

import getpass
import io
from pathlib import Path
from unittest.mock import patch

import pytest

from core.errors import DermlockError, NotSignedInError, WrongUseError
from tui.console.output import Output
from tui.console.passphrase import LONGEST, read_passphrase


def read(named: str, *, stdin: bytes | None = None) -> tuple[str, str]:
    """The passphrase, and what was said beside it. stdin: None where nobody may be asked and nothing be read."""
    err = io.StringIO()
    with patch("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin or b""))):
        return read_passphrase(
            named, "--passphrase-file", "Passphrase: ", Output(as_json=False, err=err)
        ), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.touch(mode=0o600)
    return file


@pytest.mark.parametrize("content", ["words of mine", "words of mine\n", "words of mine\r\nand more\n"])
def test_it_is_the_first_line_of_the_file_without_its_end(file: Path, content: str) -> None:
    file.write_bytes(content.encode())
    assert read(str(file)) == ("words of mine", "")


def test_spaces_and_other_letters_belong_to_it(file: Path) -> None:
    file.write_text("  größe mit Leerzeichen \n")
    assert read(str(file)) == ("  größe mit Leerzeichen ", "")


def test_a_file_that_others_can_read_is_warned_about_and_taken(file: Path) -> None:
    file.write_text("words of mine\n")
    file.chmod(0o644)
    assert read(str(file)) == (
        "words of mine",
        f"Warning: others on this machine can read {file}; make it yours alone (chmod 600).\n",
    )


def test_standard_input_gives_one_line_after_the_other() -> None:
    err = io.StringIO()
    output = Output(as_json=False, err=err)
    with patch("sys.stdin", io.TextIOWrapper(io.BytesIO(b"first one\nsecond one\nrest"))):
        assert read_passphrase("-", "--passphrase-file", "", output) == "first one"
        assert read_passphrase("-", "--new-passphrase-file", "", output) == "second one"
    assert err.getvalue() == ""


@pytest.mark.parametrize(
    ("content", "kind", "what"),
    [
        (b"", NotSignedInError, "is empty."),
        (b"\nsecond line\n", NotSignedInError, "is empty."),
        (b"\xff\xfe\n", WrongUseError, "is not UTF-8 text."),
        (b"x" * (LONGEST + 1), WrongUseError, "is too long for a passphrase."),
    ],
)
def test_what_is_no_passphrase_is_refused_from_a_file_and_from_a_pipe(
    file: Path, content: bytes, kind: type[DermlockError], what: str
) -> None:
    file.write_bytes(content)
    for named, stdin in ((str(file), None), ("-", content)):
        with pytest.raises(kind) as caught:
            read(named, stdin=stdin)
        assert caught.value.what.endswith(what)
        assert content.decode("utf-8", "replace").strip() not in caught.value.what or not content.strip()


@pytest.mark.parametrize("name", ["missing", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUseError) as caught:
        read(str(tmp_path / name))
    assert str(tmp_path / name) in caught.value.what


def test_nobody_is_asked_where_nobody_can_type() -> None:
    with pytest.raises(NotSignedInError) as caught:
        read("")
    assert "--passphrase-file FILE" in caught.value.hint


def test_at_a_terminal_it_is_typed_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked = []

    def typed(prompt: str, stream: object = None) -> str:
        asked.append(prompt)
        return "typed by hand"

    monkeypatch.setattr(getpass, "getpass", typed)
    monkeypatch.setattr("sys.stdin", Terminal())
    assert read_passphrase("", "--passphrase-file", "Passphrase of a.jones: ", Output(as_json=False)) == "typed by hand"
    assert asked == ["Passphrase of a.jones: "]
