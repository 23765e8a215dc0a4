"""`dermlock vault`: create, info, check."""

import json
from pathlib import Path

from core.access.sign_in import sign_in_with_recovery_key
from core.storage.local import LocalStore

from ...support.station import Station, files_below
from ...support.vaults import PASSPHRASE, STAFF_ID


def test_a_new_vault_opens_with_the_recovery_key_that_was_shown(bare_station: Station) -> None:
    made = bare_station.signed_in("vault", "create", "--name", "Dr Ann Jones", "--json")
    assert (made.code, made.document["staff"], made.document["vault"]) == (0, STAFF_ID, str(bare_station.vault))
    assert made.err == (
        "Print the recovery key and lock it away: it is kept nowhere, and nothing else opens the vault.\n"
    )
    opened = sign_in_with_recovery_key(LocalStore(bare_station.vault), made.document["recovery_key"])
    assert opened.staff.name == "Recovery key"
    assert bare_station.signed_in("staff", "list").out == "a.jones  Dr Ann Jones  (admin, clinician)\n"


def test_a_vault_named_on_the_line_alone_is_not_taken_for_the_stations(bare_station: Station, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    made = bare_station.signed_in("vault", "create", "--vault", elsewhere, "--name", "Ann")
    assert made.code == 0
    assert "finds the vault by --vault, by DERMLOCK_VAULT or by vault = ... in its settings" in made.err
    assert bare_station.run("vault", "info").code == 6
    assert bare_station.run("vault", "info", "--vault", elsewhere).code == 0


def test_the_stations_own_vault_is_found_by_its_settings(bare_station: Station, tmp_path: Path) -> None:
    bare_station.set(vault=str(tmp_path / "set"))
    made = bare_station.run(
        "vault", "create", "--name", "Ann", "--passphrase-file", "-",
        stdin=f"{PASSPHRASE}\n".encode(), environ={"DERMLOCK_VAULT": ""},
    )  # fmt: skip
    assert made.code == 0
    told = bare_station.run("vault", "info", "--json", environ={"DERMLOCK_VAULT": ""}).document
    assert (told["vault"], told["patients"], told["pictures"]) == (str(tmp_path / "set"), 0, 0)


def test_no_vault_is_made_where_something_is(station: Station, bare_station: Station) -> None:
    before = files_below(station.vault)
    said = station.signed_in("vault", "create", "--name", "Ann")
    assert (said.code, said.error) == (
        6,
        ("This folder is not empty.", "Choose an empty folder for the new vault."),
    )
    assert files_below(station.vault) == before


def test_no_vault_is_made_on_a_card(station: Station) -> None:
    before = files_below(station.card)
    said = station.signed_in("vault", "create", "--vault", station.card / "vault", "--name", "Ann")
    assert said.code == 3
    assert said.error == (f"{station.card} is a card, and cards are erased.", "Choose a folder on an encrypted disk.")
    assert files_below(station.card) == before


def test_no_vault_is_made_with_a_weak_passphrase_or_for_nobody(bare_station: Station) -> None:
    bare_station.passphrase_file.write_text("too short\n")
    weak = bare_station.signed_in("vault", "create", "--name", "Ann")
    assert weak.code == 3
    assert "too weak" in weak.error[0]
    nobody = bare_station.run("vault", "create", "--name", "Ann", environ={"DERMLOCK_STAFF": ""})
    assert (nobody.code, nobody.error) == (4, ("Nobody is named to sign in.", "Give your staff ID with --staff ID."))
    assert files_below(bare_station.vault) == {}


def test_no_vault_is_made_without_a_folder(bare_station: Station) -> None:
    said = bare_station.run("vault", "create", "--name", "Ann", environ={"DERMLOCK_VAULT": ""})
    assert (said.code, said.error) == (2, ("No folder is named for the vault.", "Give it with --vault DIR."))


def test_info_needs_no_sign_in_and_names_nobody(station: Station) -> None:
    told = station.run("vault", "info", environ={"DERMLOCK_STAFF": ""})
    assert told.code == 0
    assert told.out.splitlines()[2].startswith("Patients 0, pictures 0, objects ")
    assert "Jones" not in told.out


def test_a_damaged_object_is_named_with_what_to_do(station: Station) -> None:
    slot = next(station.vault.rglob("*.entry"))
    content = bytearray(slot.read_bytes())
    content[-1] ^= 1
    slot.write_bytes(content)
    said = station.signed_in("vault", "check", "--json")
    assert said.code == 1
    findings = said.document["findings"]
    assert findings[0]["object"] == str(slot.relative_to(station.vault))
    assert all(finding["what"].endswith(".") and finding["next_step"].endswith(".") for finding in findings)
    as_text = station.signed_in("vault", "check")
    assert (as_text.code, as_text.err) == (1, "")
    assert as_text.out.startswith(f"{findings[0]['object']}: {findings[0]['what']}")


def test_a_damaged_head_is_vault_trouble_in_two_lines(station: Station) -> None:
    (station.vault / "vault.head").write_text("{}")
    said = station.run("vault", "info")
    assert said.code == 6
    assert said.error[1]


def test_a_damaged_head_is_one_document_with_json(station: Station) -> None:
    (station.vault / "vault.head").write_text("{}")
    said = station.run("vault", "info", "--json")
    what, hint = said.error
    assert json.loads(said.out) == {"error": {"what": what, "hint": hint, "exit_code": 6}}
