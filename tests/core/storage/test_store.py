"""What every ObjectStore does, whatever lies under it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.storage.disk import LocalDisk
from core.storage.local import LocalStore
from core.storage.store import ObjectExistsError, ObjectMissingError, ObjectStore, StoredObject

from .disks import NoFolderSyncDisk, NoLinksDisk

STORES = {"local disk": LocalDisk, "no hard links": NoLinksDisk, "no folder syncs": NoFolderSyncDisk}
PICTURE = b"\xff\xd8" + bytes(range(256)) * 9


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    return LocalStore(tmp_path, STORES[request.param]())


def cold(store: ObjectStore, name: str) -> bytes:
    with store.open_cold(name) as read:
        return b"".join(bytes(piece) for piece in read)


def test_what_is_put_is_there_and_told_of(store: ObjectStore) -> None:
    stored = store.put_new("patients/one/two.image", [PICTURE[:100], memoryview(PICTURE)[100:]])
    assert stored.name == "patients/one/two.image"
    assert stored.size == len(PICTURE)
    assert store.get(stored.name) == PICTURE == cold(store, stored.name)
    assert list(store.list("")) == [stored.name]


def test_an_empty_object_is_an_object(store: ObjectStore) -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert store.put_new("marks/empty", []) == StoredObject("marks/empty", 0, empty)
    assert store.get("marks/empty") == b"" == cold(store, "marks/empty")


def test_an_object_is_created_once_and_never_changed(store: ObjectStore) -> None:
    store.put_new("vault.head", [b"first"])
    with pytest.raises(ObjectExistsError) as caught:
        store.put_new("vault.head", [b"second"])
    assert caught.value.name == "vault.head" and caught.value.hint
    assert store.get("vault.head") == b"first"
    assert list(store.list("")) == ["vault.head"]


def test_nothing_of_it_is_there_when_the_pieces_fail(store: ObjectStore) -> None:
    def pieces() -> Iterator[bytes]:
        yield PICTURE
        raise RuntimeError("the card was pulled")

    with pytest.raises(RuntimeError, match="the card was pulled"):
        store.put_new("patients/one/two.image", pieces())
    assert list(store.list("")) == []
    with pytest.raises(ObjectMissingError):
        store.get("patients/one/two.image")
    store.put_new("patients/one/two.image", [PICTURE])
    assert store.get("patients/one/two.image") == PICTURE


def test_what_is_being_written_is_not_listed(store: ObjectStore) -> None:
    seen: list[list[str]] = []

    def pieces() -> Iterator[bytes]:
        yield PICTURE
        seen.append(list(store.list("")))
        yield PICTURE

    store.put_new("patients/one/two.image", pieces())
    assert seen == [[]]


@pytest.mark.parametrize("name", ["missing", "patients/missing", "there/below", "patients"])
def test_what_is_missing_is_told_by_name(store: ObjectStore, name: str) -> None:
    store.put_new("other/there", [b"x"])
    for ask in (store.get, store.delete, lambda name: cold(store, name)):
        with pytest.raises(ObjectMissingError) as caught:
            ask(name)
        assert caught.value.name == name and caught.value.hint


def test_a_folder_is_listed_and_no_other_of_a_name_that_begins_so(store: ObjectStore) -> None:
    for name in ("a/b/c", "a/b/d", "a/bb/c", "a/b2", "ab/c", "z"):
        store.put_new(name, [name.encode()])
    assert sorted(store.list("a/b")) == ["a/b/c", "a/b/d"]
    assert sorted(store.list("a")) == ["a/b/c", "a/b/d", "a/b2", "a/bb/c"]
    assert sorted(store.list("")) == ["a/b/c", "a/b/d", "a/b2", "a/bb/c", "ab/c", "z"]
    assert list(store.list("nothing")) == []


def test_deleted_is_gone_and_may_be_put_anew(store: ObjectStore) -> None:
    store.put_new("a/b", [b"first"])
    store.put_new("a/c", [b"other"])
    store.delete("a/b")
    assert list(store.list("")) == ["a/c"]
    store.put_new("a/b", [b"second"])
    assert store.get("a/b") == b"second"


@pytest.mark.parametrize("name", ["", "..", "a/../b", "../b", "/etc/passwd", "a//b", "a/", "./a", "a/.", "a/.."])
def test_a_name_that_leads_elsewhere_is_refused(store: ObjectStore, name: str) -> None:
    for ask in (
        lambda: store.put_new(name, [b"x"]),
        lambda: store.get(name),
        lambda: store.delete(name),
        lambda: cold(store, name),
        lambda: list(store.list(name or "..")),
    ):
        with pytest.raises(ValueError, match="not an object name"):
            ask()


WORD = st.text("abcdefghijklmnopqrstuvwxyz234567.", min_size=1, max_size=12).filter(lambda word: word.strip("."))
NAMES = st.lists(WORD, min_size=1, max_size=4).map("/".join)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, content=st.binary(max_size=400))
def test_any_name_keeps_any_content(store: ObjectStore, name: str, content: bytes) -> None:
    name = f"any/{name}"
    stored = store.put_new(f"{name}.object", [content])
    try:
        assert store.get(stored.name) == content
        assert stored.name in set(store.list("any"))
    finally:
        store.delete(stored.name)


def test_of_many_writers_of_one_name_one_wins(store: ObjectStore) -> None:
    """One inside the other: the later one is done first."""

    def pieces() -> Iterator[bytes]:
        store.put_new("audit/one", [b"quicker"])
        yield b"slower"

    with pytest.raises(ObjectExistsError):
        store.put_new("audit/one", pieces())
    assert store.get("audit/one") == b"quicker"
