"""The move, on a folder that stands for a card: what it keeps, erases, leaves and refuses."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.card.card import Card, Inventory
from core.card.identity import look_at
from core.card.inventory import take_inventory
from core.errors import RuleRefusedError, VaultError
from core.identifiability.assessment import Assessments
from core.intake.conduct import erase_known, move, resume, unfinished
from core.intake.steps import Reviewed
from core.model.lesion import View
from core.model.picture import CoverBox, Identifiability
from core.photo.covering import covered_copy
from core.vault.check import check_vault
from core.vault.journal import open_moves
from core.vault.seal import PictureChangedError
from core.vault.vault import Vault

from ...support.cards import fill_card, put_file
from ...support.intakes import ROSE, TOM, intake_of, referral_without_pictures
from ...support.vaults import TestVault, make_vault


@pytest.fixture
def place(tmp_path: Path) -> TestVault:
    return make_vault(tmp_path)


@pytest.fixture
def card_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    fill_card(folder, 3)
    return folder


def look(folder: Path) -> Inventory:
    return take_inventory(look_at(folder, configured=True))


def card_of(folder: Path) -> Card:
    return look_at(folder, configured=True)


def files_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def pictures_in(vault: Vault) -> list[bytes]:
    """Every picture of the vault, opened."""
    return [
        vault.read_picture(episode, image)
        for entry in vault.find()
        for episode in [vault.episode(entry.id)]
        for image in episode.content.images
    ]


def test_pictures_come_back_byte_for_byte_and_are_gone_from_the_card(place: TestVault, card_folder: Path) -> None:
    before = sorted(path.read_bytes() for path in card_folder.rglob("*.JPG"))
    inventory, vault = look(card_folder), place.open()
    receipt = move([intake_of(inventory.pictures)], [], inventory, vault)
    assert (receipt.sealed, receipt.erased, receipt.left, receipt.card_clean) == (3, 3, (), True)
    assert sorted(pictures_in(place.open())) == before
    assert files_below(card_folder) == []
    assert unfinished(vault) == ()


def test_after_a_move_the_vault_is_whole(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    move([intake_of(inventory.pictures)], [], inventory, vault)
    assert check_vault(vault, full=True) == ()


def test_unclaimed_pictures_stay_and_are_named(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    receipt = move([intake_of(inventory.pictures[:1])], [], inventory, vault)
    assert [shown for shown, _ in receipt.left] == [file.shown for file in inventory.pictures[1:]]
    assert files_below(card_folder) == [str(file.path) for file in inventory.pictures[1:]]
    assert not receipt.card_clean


def test_kept_pictures_are_sealed_and_stay_on_the_card(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    receipt = move([intake_of(inventory.pictures)], [], inventory, vault, keep=True)
    assert (receipt.sealed, receipt.erased, len(receipt.left)) == (3, 0, 3)
    assert files_below(card_folder) == [str(file.path) for file in inventory.pictures]
    assert len(pictures_in(vault)) == 3


def test_what_was_kept_is_erased_later_without_sealing_it_again(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    move([intake_of(inventory.pictures[:2])], [], inventory, vault, keep=True)
    receipt = erase_known(look(card_folder), vault)
    assert (receipt.sealed, receipt.erased) == (0, 2)
    assert files_below(card_folder) == [inventory.pictures[2].shown]


def test_copies_under_other_names_are_one_picture(place: TestVault, card_folder: Path) -> None:
    original = (card_folder / "DCIM/100DERMA/IMG_0001.JPG").read_bytes()
    put_file(card_folder, "DCIM/101DERMA/COPY (1).JPG", original)
    inventory, vault = look(card_folder), place.open()
    receipt = move([intake_of(inventory.pictures)], [], inventory, vault)
    assert (receipt.sealed, receipt.already_safe, receipt.erased) == (3, 1, 4)
    assert len(pictures_in(vault)) == 3
    assert files_below(card_folder) == []


def test_a_withheld_picture_and_a_discarded_file_are_erased_and_not_stored(place: TestVault, card_folder: Path) -> None:
    put_file(card_folder, "DCIM/100DERMA/NOTES.CTG", b"catalogue" * 20)
    inventory, vault = look(card_folder), place.open()
    side_file = inventory.by_shown("DCIM/100DERMA/NOTES.CTG")
    assert side_file is not None
    pictures = inventory.pictures
    intake = intake_of(pictures, withheld=pictures[:1])
    receipt = move([intake], [(side_file, "camera's own list")], inventory, vault)
    assert (receipt.sealed, receipt.discarded, receipt.erased) == (2, 2, 4)
    assert files_below(card_folder) == []
    assert pictures[0].sha256 not in {image.sha256 for image in vault.episode(receipt.episodes[0]).content.images}


def test_two_patients_on_one_card(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    first, *others = inventory.pictures
    move([intake_of([first]), intake_of(others, TOM)], [], inventory, vault)
    assert [entry.pictures for entry in vault.find(number=ROSE.number)] == [1]
    assert [entry.pictures for entry in vault.find("tamar")] == [2]


def test_one_picture_is_never_taken_for_two_patients(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    with pytest.raises(RuleRefusedError, match="claimed for two"):
        move([intake_of(inventory.pictures), intake_of(inventory.pictures[:1], TOM)], [], inventory, vault)
    assert unfinished(vault) == ()


def test_a_picture_that_another_patient_has_stops_the_move(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    move([intake_of(inventory.pictures)], [], inventory, vault, keep=True)
    with pytest.raises(RuleRefusedError, match="another patient"):
        move([intake_of(inventory.pictures[:1], TOM)], [], inventory, vault)
    assert len(files_below(card_folder)) == 3


def test_a_known_number_with_another_birth_date_stops_the_move(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    move([intake_of(inventory.pictures[:1])], [], inventory, vault)
    stranger = type(ROSE)(ROSE.number, "Ashgrove", "Rosalind", TOM.birth_date)
    with pytest.raises(RuleRefusedError, match="another name or birth date"):
        move([intake_of(inventory.pictures[1:], stranger)], [], inventory, vault)


def test_a_referral_without_pictures_needs_no_card(place: TestVault) -> None:
    vault = place.open()
    receipt = move([referral_without_pictures()], [], None, vault)
    assert (receipt.sealed, receipt.erased, receipt.claim) == (0, 0, "Nothing was erased.")
    assert vault.episode(receipt.episodes[0]).content.images == ()


def test_a_picture_changed_since_it_was_looked_at_is_not_sealed(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    changed = card_folder / inventory.pictures[1].path
    changed.write_bytes(changed.read_bytes() + b"!")
    with pytest.raises(PictureChangedError, match="has changed since"):
        move([intake_of(inventory.pictures)], [], inventory, vault)
    assert len(files_below(card_folder)) == 3


def test_a_second_station_finishes_what_the_first_began(place: TestVault, card_folder: Path, tmp_path: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    changed = card_folder / inventory.pictures[2].path
    good = changed.read_bytes()
    changed.write_bytes(b"?" * len(good))
    with pytest.raises(PictureChangedError):
        move([intake_of(inventory.pictures)], [], inventory, vault)
    changed.write_bytes(good)
    other = place.open(state=tmp_path / "other-station")
    receipts = resume(other, card_of(card_folder))
    assert [(receipt.sealed, receipt.erased) for receipt in receipts] == [(3, 3)]
    assert files_below(card_folder) == []
    assert check_vault(other, full=True) == ()
    assert unfinished(other) == ()


BOX = CoverBox(10, 20, 60, 50)


def test_a_covered_copy_is_sealed_beside_its_original(place: TestVault, card_folder: Path) -> None:
    originals = {file.sha256: (card_folder / file.path).read_bytes() for file in look(card_folder).pictures}
    inventory, vault = look(card_folder), place.open()
    first = inventory.pictures[0]
    receipt = move([intake_of(inventory.pictures, cover={first.sha256: (BOX,)})], [], inventory, vault)
    assert (receipt.sealed, receipt.erased, receipt.card_clean) == (3, 3, True)
    vault = place.open()
    episode = vault.episode(receipt.episodes[0])
    assert len(episode.content.originals) == 3
    (copy,) = [image for image in episode.content.images if image.covered_copy_of]
    (original,) = [image for image in episode.content.images if image.id == copy.covered_copy_of]
    assert original.cover == (BOX,)
    assert vault.read_picture(episode, original) == originals[first.sha256]
    assert vault.read_picture(episode, copy) == covered_copy(originals[first.sha256], [BOX])
    assert [entry.pictures for entry in vault.find()] == [3]
    assert check_vault(vault, full=True) == ()


def test_what_was_said_besides_is_kept_with_the_episode(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    intake = intake_of(inventory.pictures)
    assert intake.views is not None
    assert intake.identifiability is not None
    first, *rest = intake.identifiability.assessments
    phone = (("phone_off", ("cloud", "social")), ("phone_copies", "album emptied"))
    needed = replace(first, identifiability=Identifiability.NEEDED, reason="on the eyelid", specific_consent=True)
    intake = intake.record(replace(intake.views, missing_reasons=((View.DERMOSCOPIC, "no dermatoscope"),)))
    intake = intake.record(Assessments((needed, *rest), phone)).record(Reviewed())
    receipt = move([intake], [], inventory, vault)
    content = place.open().episode(receipt.episodes[0]).content
    assert content.missing_views == ((View.DERMOSCOPIC, "no dermatoscope"),)
    assert content.phone_answers == phone
    assert [image.specific_consent for image in content.images] == [True, False, False]


def test_what_a_phone_did_is_kept_where_none_of_its_pictures_is(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    intake = intake_of(inventory.pictures, withheld=inventory.pictures)
    assert intake.identifiability is not None
    phone = (("phone_off", ("none",)), ("phone_copies", "album emptied"))
    intake = intake.record(replace(intake.identifiability, phone_answers=phone)).record(Reviewed())
    receipt = move([intake], [], inventory, vault)
    content = place.open().episode(receipt.episodes[0]).content
    assert (content.images, content.phone_answers) == ((), phone)


def test_one_move_that_cannot_be_finished_keeps_no_other_from_it(
    place: TestVault, card_folder: Path, tmp_path: Path
) -> None:
    vault = place.open()
    other_folder = tmp_path / "other"
    fill_card(other_folder, 2, first_seed=40)
    for folder in (card_folder, other_folder):
        inventory = look(folder)
        changed = folder / inventory.pictures[1].path
        good = changed.read_bytes()
        changed.write_bytes(b"?" * len(good))
        with pytest.raises(PictureChangedError):
            move([intake_of(inventory.pictures)], [], inventory, vault)
        changed.write_bytes(good)
    for broken in sorted(open_moves(vault.store)):
        plan = place.folder / "journal" / broken / "plan"
        kept = plan.read_bytes()
        plan.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        for folder in (card_folder, other_folder):
            with pytest.raises(VaultError, match="journal of an unfinished move is damaged"):
                resume(vault, card_of(folder))
        plan.write_bytes(kept)
        assert len(list(open_moves(vault.store))) == 1
        break
    finished = [receipt for folder in (card_folder, other_folder) for receipt in resume(vault, card_of(folder))]
    assert len(finished) == 1
    assert files_below(card_folder) == files_below(other_folder) == []


def test_the_history_of_an_episode_tells_who_sealed_it_and_who_looked(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    receipt = move([intake_of(inventory.pictures[:2])], [], inventory, vault)
    move([intake_of(inventory.pictures[2:], TOM)], [], inventory, vault)
    episode = vault.episode(receipt.episodes[0])
    vault.read_picture(episode, episode.content.images[0])
    kinds = [logged.event.kind.value for logged in vault.history(episode)]
    assert kinds == ["episode opened", "pictures sealed", "files erased", "episode viewed", "picture viewed"]
    assert {logged.event.staff for logged in vault.history(episode)} == {vault.staff.id}
    assert {logged.event.note for logged in vault.history(episode)} == {""}
