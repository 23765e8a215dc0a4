"""The demo: a card that can be pulled, a patient who is known, and nothing left afterwards."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.intake.conduct import move
from core.model.patient import parse_nhs_number
from core.progress import NeverCancelled, unreported
from tui.demo import KNOWN_PATIENT, NEW_NUMBER, STAFF_ID, STAFF_NAME, TODAYS, YESTERDAYS, Demo, opened_demo
from tui.services import Services

from ..support.intakes import intake_of
from ..support.station import files_below
from ..support.vaults import TickingClock


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "runtime").mkdir()
    return tmp_path / "runtime"


@pytest.fixture
def fresh(place: Path) -> Iterator[Services]:
    """A demo that was opened this moment."""
    with opened_demo({"XDG_RUNTIME_DIR": str(place)}, TickingClock()) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runtime")


@pytest.fixture(scope="module")
def services(shared_place: Path) -> Iterator[Services]:
    """One demo for several tests, with the card in; what is on it only grows."""
    with opened_demo({"XDG_RUNTIME_DIR": str(shared_place)}, TickingClock()) as opened:
        yield opened


def demo_of(services: Services) -> Demo:
    assert services.demo is not None
    return services.demo


def test_it_opens_with_a_vault_and_a_card_that_is_in(fresh: Services) -> None:
    demo = demo_of(fresh)
    assert fresh.has_vault
    assert fresh.test_numbers
    signed_in = fresh.sign_in(demo.staff_id, demo.passphrase)
    assert (signed_in.staff.id, signed_in.staff.name) == (STAFF_ID, STAFF_NAME)
    (card,) = fresh.cards()
    assert card.mount_point == demo.card_folder
    assert card.configured
    inventory = fresh.take_inventory(card, report=unreported, cancellation=NeverCancelled())
    assert len(inventory.pictures) == len(inventory.files) == len(YESTERDAYS) + len(TODAYS)
    assert not any(file.note for file in inventory.files), "they are at rest"


def test_nothing_of_it_lies_outside_its_folder(services: Services, shared_place: Path) -> None:
    (folder,) = shared_place.iterdir()
    settings = services.settings
    assert settings.vault is not None
    for path in (settings.vault, settings.state_folder, demo_of(services).card_folder):
        assert path.is_relative_to(folder)
        assert path.exists()
    assert settings.card_roots == (), "no real card is looked for"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_card_is_pulled_and_put_in_as_it_was(services: Services) -> None:
    demo = demo_of(services)
    before = files_below(demo.card_folder)
    demo.pull()
    assert not demo.is_inserted
    assert services.cards() == ()
    demo.pull()
    demo.insert()
    assert demo.is_inserted
    assert files_below(demo.card_folder) == before
    demo.insert()
    assert len(services.cards()) == 1


@pytest.mark.parametrize("pulled", [False, True])
def test_a_refill_adds_fresh_pictures_to_what_is_there(services: Services, pulled: bool) -> None:
    demo = demo_of(services)
    before = files_below(demo.card_folder)
    if pulled:
        demo.pull()
    for times in (1, 2):
        demo.refill()
        assert demo.is_inserted
        after = files_below(demo.card_folder)
        assert before.items() <= after.items()
        assert len(after) == len(before) + times * len(TODAYS)
        assert len(set(after.values())) == len(after), "each is another picture"


def test_its_patient_is_known_and_its_new_number_is_nobodys(services: Services) -> None:
    demo = demo_of(services)
    vault = services.sign_in(demo.staff_id, demo.passphrase).vault
    assert demo.known_patient == KNOWN_PATIENT
    new = parse_nhs_number(demo.new_number, test_numbers=True)
    assert new == NEW_NUMBER
    assert new != KNOWN_PATIENT.number
    assert parse_nhs_number(str(KNOWN_PATIENT.number), test_numbers=True) == KNOWN_PATIENT.number
    assert vault.find_patient(KNOWN_PATIENT.number) == KNOWN_PATIENT
    assert vault.find_patient(new) is None


def test_a_whole_move_works_in_it(fresh: Services) -> None:
    demo = demo_of(fresh)
    vault = fresh.sign_in(demo.staff_id, demo.passphrase).vault
    (card,) = fresh.cards()
    inventory = fresh.take_inventory(card, report=unreported, cancellation=NeverCancelled())
    receipt = move([intake_of(inventory.pictures, demo.known_patient)], [], inventory, vault)
    assert (receipt.sealed, receipt.erased, receipt.left) == (5, 5, ())
    assert [entry.pictures for entry in vault.find("holloway")] == [5, 0], "beside the earlier referral"
    demo.refill()
    assert len(files_below(demo.card_folder)) == len(TODAYS)


def test_leaving_deletes_everything_and_the_station_is_as_it_was(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in [name for name in os.environ if name.startswith("DERMLOCK")]:
        monkeypatch.delenv(name)
    with opened_demo({"XDG_RUNTIME_DIR": str(place)}) as services:
        demo_of(services).refill()
        assert len(list(place.iterdir())) == 1
    assert list(place.iterdir()) == []
    assert list(home.iterdir()) == []
