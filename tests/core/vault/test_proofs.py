"""Proofs: only whoever looked can make one, and looking finds everything that is not as it was sealed."""

import copy as copies
import dataclasses
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from core.crypto.keys import Key
from core.errors import RuleRefusedError, VaultError
from core.integrity.manifest import Deposit
from core.model.picture import DiscardDecision
from core.model.staff import Role
from core.records.layout import EpisodePlace
from core.storage.cold import Coldness
from core.storage.store import StoredObject
from core.vault.discard import Discarded, discard
from core.vault.place_keys import KeyDamagedError
from core.vault.seal import PictureChangedError, Sealed, seal, sealed_before
from core.vault.verify import NotVerifiedError, Verified, verify

from .scene import Copy, Scene, make_scene

PICTURE = b"\xff\xd8 a picture " * 400
SHA256 = hashlib.sha256(PICTURE).hexdigest()
EPISODE = Key(bytes(range(32)))
ID = "i" * 26


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("proofs"))


@pytest.fixture
def copy(scene: Scene, tmp_path: Path) -> Copy:
    return scene.copy(tmp_path / "copy")


@pytest.fixture
def place(scene: Scene) -> EpisodePlace:
    return EpisodePlace(scene.keyring.head.vault, "p" * 26, "e" * 26)


def deposit(copy: Copy) -> Deposit:
    return copy.keyring.deposit(copy.store, copy.clock)


def seal_it(copy: Copy, place: EpisodePlace, *, pieces: Iterable[bytes] = (PICTURE,), id_: str = ID) -> Sealed:
    return seal(
        pieces,
        shown="IMG_0001.JPG",
        sha256=SHA256,
        size=len(PICTURE),
        place=place,
        id_=id_,
        episode=EPISODE,
        store=copy.store,
        deposit=deposit(copy),
    )


def test_a_verified_says_what_lies_on_the_disk(copy: Copy, place: EpisodePlace) -> None:
    sealed = seal_it(copy, place)
    proof = verify(sealed, EPISODE, copy.store)
    assert (proof.sha256, proof.size, proof.id) == (SHA256, len(PICTURE), ID)
    assert proof.image == sealed.image
    raw = copy.store.get(place.image_key_name(ID))
    assert proof.key == StoredObject(place.image_key_name(ID), len(raw), hashlib.sha256(raw).hexdigest())
    assert proof.coldness in Coldness


def test_nobody_makes_a_verified_of_their_own(copy: Copy, place: EpisodePlace) -> None:
    proof = verify(seal_it(copy, place), EPISODE, copy.store)
    fields = {field.name: getattr(proof, field.name) for field in dataclasses.fields(proof)}
    for made_by in (None, object(), verify, Verified):
        with pytest.raises(TypeError, match="only verify"):
            Verified(**fields, made_by=made_by)
    with pytest.raises(TypeError):
        Verified(**fields)
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(proof, sha256="00" * 32)  # type: ignore[call-arg]  # that is what is tried
    with pytest.raises(dataclasses.FrozenInstanceError):
        proof.sha256 = "00" * 32  # type: ignore[misc]  # that is what is tried
    assert copies.copy(proof) == proof


def test_nobody_makes_a_discarded_of_their_own(copy: Copy) -> None:
    (proof,) = decide(copy, DiscardDecision(SHA256, "not wanted"))
    with pytest.raises(TypeError, match="only discard"):
        Discarded(SHA256, "not wanted", "a.jones", object())
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(proof, sha256="00" * 32)  # type: ignore[call-arg]  # that is what is tried


def decide(copy: Copy, *decisions: DiscardDecision, roles: frozenset[Role] | None = None) -> tuple[Discarded, ...]:
    keyring = copy.keyring
    if roles is not None:
        keyring = dataclasses.replace(keyring, staff=dataclasses.replace(keyring.staff, roles=roles))
    return discard(
        decisions,
        move="m" * 26,
        at="2026-03-04T10:00:00+00:00",
        staff_id="a.jones",
        keyring=keyring,
        store=copy.store,
        deposit=deposit(copy),
    )


def test_a_discard_needs_a_clinician_and_a_reason(copy: Copy) -> None:
    with pytest.raises(RuleRefusedError, match="Only a clinician"):
        decide(copy, DiscardDecision(SHA256, "not wanted"), roles=frozenset({Role.ADMIN}))
    with pytest.raises(RuleRefusedError, match="no reason"):
        decide(copy, DiscardDecision(SHA256, " "))
    assert decide(copy) == ()
    assert f"discards/{'m' * 26}" not in set(copy.store.list("discards"))


def test_a_discard_is_kept_before_it_is_a_proof_and_is_not_changed_later(copy: Copy) -> None:
    decision = DiscardDecision(SHA256, "not wanted")
    (proof,) = decide(copy, decision)
    assert (proof.sha256, proof.reason, proof.staff) == (SHA256, "not wanted", "a.jones")
    assert decide(copy, decision) == (proof,), "done again it is read back"
    with pytest.raises(VaultError, match="says otherwise"):
        decide(copy, decision, DiscardDecision("00" * 32, "slipped in"))
    name = f"discards/{'m' * 26}"
    copy.put(name, copy.store.get(name)[:-1])
    with pytest.raises(VaultError, match="damaged"):
        decide(copy, decision)


@pytest.mark.parametrize("pieces", [[PICTURE[:-1]], [PICTURE, b"!"], [b"?" + PICTURE[1:]], []], ids=repr)
def test_a_file_that_is_not_the_one_that_was_looked_at_gets_no_name(
    copy: Copy, place: EpisodePlace, pieces: list[bytes]
) -> None:
    with pytest.raises(PictureChangedError):
        seal_it(copy, place, pieces=pieces)
    assert [name for name in copy.store.list(place.folder) if name.endswith(".image")] == []
    assert sealed_before(copy.store, place, ID, SHA256, len(PICTURE)) is None
    assert verify(seal_it(copy, place), EPISODE, copy.store).sha256 == SHA256, "and can be sealed later"


def test_the_key_is_durable_before_the_picture_that_needs_it(copy: Copy, place: EpisodePlace) -> None:
    seen: list[list[str]] = []

    def pieces() -> Iterator[bytes]:
        seen.append(list(copy.store.list(place.folder)))
        yield PICTURE

    seal_it(copy, place, pieces=pieces())
    assert seen == [[place.image_key_name(ID)]]


def test_everything_that_is_not_as_it_was_sealed_is_not_verified(copy: Copy, place: EpisodePlace) -> None:
    sealed = seal_it(copy, place)
    image, key = place.image_name(ID), place.image_key_name(ID)
    whole = {name: copy.store.get(name) for name in (image, key)}
    for name, raw in whole.items():
        for content in (raw[:-1], raw + b"\0", raw[:5] + bytes([raw[5] ^ 1]) + raw[6:], b""):
            copy.put(name, content)
            with pytest.raises(NotVerifiedError) as caught:
                verify(sealed, EPISODE, copy.store)
            assert caught.value.name == name
        copy.store.delete(name)
        with pytest.raises(NotVerifiedError, match="not there"):
            verify(sealed, EPISODE, copy.store)
        copy.put(name, raw)
    assert verify(sealed, EPISODE, copy.store).sha256 == SHA256


def test_another_picture_under_the_same_key_is_not_verified(copy: Copy, place: EpisodePlace) -> None:
    sealed = seal_it(copy, place)
    for claim in (
        dataclasses.replace(sealed, sha256="00" * 32),
        dataclasses.replace(sealed, size=sealed.size + 1),
        dataclasses.replace(sealed, image=StoredObject(place.image_name(ID), 1, "00" * 32)),
    ):
        with pytest.raises(NotVerifiedError):
            verify(claim, EPISODE, copy.store)
    with pytest.raises(NotVerifiedError):
        verify(sealed, Key.random(), copy.store)


def test_a_damaged_image_key_without_a_picture_is_replaced(copy: Copy, place: EpisodePlace) -> None:
    """It opens nothing; kept, it would stand in this picture's way for ever."""
    seal_it(copy, place)
    copy.store.delete(place.image_name(ID))
    copy.put(place.image_key_name(ID), b"damaged")
    assert verify(seal_it(copy, place), EPISODE, copy.store).sha256 == SHA256


def test_a_damaged_image_key_with_a_picture_is_never_thrown_away(copy: Copy, place: EpisodePlace) -> None:
    seal_it(copy, place)
    copy.put(place.image_key_name(ID), b"damaged")
    with pytest.raises(KeyDamagedError):
        seal_it(copy, place)
    assert copy.store.get(place.image_key_name(ID)) == b"damaged"
    assert place.image_name(ID) in set(copy.store.list(place.folder))
