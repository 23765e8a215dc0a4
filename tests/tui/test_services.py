"""The composition root: which vault, which card, what the station remembers."""

import os
from pathlib import Path

import pytest

from core.audit.events import EventKind, LoggedEvent
from core.audit.log import read_log
from core.errors import CardError, NotSignedInError, RuleRefusedError, VaultError, WrongUseError
from core.progress import NeverCancelled, unreported
from core.settings import Settings, load_settings
from tui.services import Services

from ..support.cards import fill_card, put_file
from ..support.station import Station, new_station
from ..support.vaults import PASSPHRASE, STAFF_ID


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    made = new_station(tmp_path / "station")
    for name, value in made.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DERMLOCK_VAULT")
    return made


def settings() -> Settings:
    return load_settings(None, os.environ)


def create(services: Services, folder: Path) -> str:
    return services.create_vault(folder, staff_id=STAFF_ID, staff_name="Dr Ann Jones", passphrase=PASSPHRASE)


def test_a_station_without_a_vault_remembers_the_one_that_it_makes(station: Station) -> None:
    services = Services(settings())
    assert not services.has_vault
    with pytest.raises(VaultError, match=r"No vault is named\."):
        services.require_vault()
    create(services, station.vault)
    assert services.has_vault
    assert services.require_vault() == station.vault
    again = Services(settings())
    assert again.vault_folder == station.vault
    assert again.test_numbers, "what stood in the settings stands there still"
    assert again.sign_in(STAFF_ID, PASSPHRASE).staff.id == STAFF_ID


def test_a_station_that_was_told_its_vault_writes_no_settings(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DERMLOCK_VAULT", str(station.vault))
    before = (station.folder / "settings.toml").read_text()
    create(Services(settings()), station.vault)
    assert (station.folder / "settings.toml").read_text() == before


def test_settings_that_cannot_be_written_leave_no_vault_behind(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recovery key is shown once: it must not be lost because the last step failed."""
    services = Services(settings())
    monkeypatch.setenv("DERMLOCK_SETTINGS", str(station.passphrase_file / "settings.toml"))
    with pytest.raises(WrongUseError, match="cannot be written") as caught:
        create(services, station.vault)
    assert f'vault = "{station.vault}"' in caught.value.hint
    assert not station.vault.exists()


def test_a_vault_on_a_card_is_refused_through_links_too(station: Station) -> None:
    fill_card(station.card, 1)
    link = station.folder / "link"
    link.symlink_to(station.card / "DCIM")
    for folder in (station.card / "vault", link / "vault"):
        with pytest.raises(RuleRefusedError, match="cards are erased"):
            create(Services(settings()), folder)
    assert not Services(settings()).has_vault


def test_a_folder_that_cannot_be_made_is_named(station: Station) -> None:
    with pytest.raises(VaultError, match="cannot be"):
        create(Services(settings()), station.passphrase_file / "vault")


@pytest.mark.parametrize("there", ["nothing", "an empty folder", "a folder in place of its head"])
def test_what_is_no_vault_is_none(station: Station, there: str) -> None:
    if there != "nothing":
        (station.vault / ("vault.head" if "head" in there else "")).mkdir(parents=True)
    services = Services(Settings(station.vault, station.folder / "state", (), (), "england-skin-2026", None))
    assert not services.has_vault
    with pytest.raises(VaultError, match=r"There is no vault in") as caught:
        services.require_vault()
    assert "disk or share is connected" in caught.value.hint


def test_a_refused_sign_in_is_kept_without_what_was_typed(station: Station) -> None:
    services = Services(settings())
    create(services, station.vault)
    with pytest.raises(NotSignedInError):
        services.sign_in(STAFF_ID, "a passphrase of somebody")
    vault = services.sign_in(STAFF_ID, PASSPHRASE).vault
    log = b"".join(path.read_bytes() for path in station.vault.rglob("*") if path.is_file())
    assert b"a passphrase of somebody" not in log
    assert vault.staff.name == "Dr Ann Jones"


def test_the_recovery_key_opens_the_vault_and_is_an_event_of_its_own(station: Station) -> None:
    services = Services(settings())
    key = create(services, station.vault)
    with pytest.raises(NotSignedInError):
        services.sign_in_with_recovery_key(key[:-1] + ("0" if key[-1] != "0" else "1"))
    vault = services.sign_in_with_recovery_key(key.lower().replace("-", " ")).vault
    assert vault.staff.id == "recovery"
    log = read_log(vault.store, vault.keyring.head, vault.keyring.audit)
    kinds = [(logged.event.kind, logged.event.staff) for logged in log if isinstance(logged, LoggedEvent)]
    assert kinds[1:] == [
        (EventKind.SIGN_IN_REFUSED, ""),
        (EventKind.SIGNED_IN, "recovery"),
        (EventKind.RECOVERY_KEY_USED, "recovery"),
    ]


def test_a_practice_is_a_station_of_its_own_and_leaves_nothing(station: Station) -> None:
    services = Services(settings())
    with services.practice() as practice:
        assert practice.is_practice
        assert practice.demo is not None
        assert practice.has_vault
        folder = practice.vault_folder
        assert folder is not None
    assert not folder.exists()
    assert not services.is_practice
    assert not services.has_vault


def test_nobody_is_signed_in_after_signing_out(station: Station) -> None:
    services = Services(settings())
    create(services, station.vault)
    signed_in = services.sign_in(STAFF_ID, PASSPHRASE)
    assert signed_in.find("") == ()
    signed_in.sign_out()
    with pytest.raises(RuntimeError, match="signed out"):
        signed_in.find("")


def test_the_recovery_key_is_compared_as_people_type_it(station: Station) -> None:
    services = Services(settings())
    key = create(services, station.vault)
    services.check_recovery_key(key.lower().replace("-", " "), key)
    with pytest.raises(NotSignedInError):
        services.check_recovery_key(key[5:] + "-" + key[:4], key)


def test_a_card_is_what_has_dcim_or_what_the_settings_name(station: Station) -> None:
    fill_card(station.card, 1)
    redirected = station.folder / "redirected"
    put_file(redirected, "IMG_0001.JPG", b"anything")
    services = Services(settings())
    assert not services.card_at(station.card).configured
    with pytest.raises(CardError, match="no card"):
        services.card_at(redirected)
    station.set(card_folders=[str(redirected)], card_roots=[str(station.folder / "media")])
    services = Services(settings())
    assert services.card_at(redirected).configured
    assert [card.mount_point for card in services.cards()] == [redirected]
    assert services.card_places == (redirected, station.folder / "media")


def test_a_preview_of_a_card_that_was_pulled_is_card_trouble(station: Station) -> None:
    fill_card(station.card, 1)
    services = Services(settings())
    card = services.card_at(station.card)
    inventory = services.take_inventory(card, report=unreported, cancellation=NeverCancelled())
    assert services.preview(card, inventory.files[0], 40, 20).rgb
    station.card.rename(station.folder / "pulled")
    with pytest.raises(CardError):
        services.preview(card, inventory.files[0], 40, 20)
