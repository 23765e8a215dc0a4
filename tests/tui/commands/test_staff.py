"""`dermlock staff`: add, list."""

import pytest

from ...support.station import Station
from ...support.vaults import PASSPHRASE

NEW = "nine loud magpies argue"


def test_an_added_clinician_signs_in_with_their_own_passphrase(station: Station) -> None:
    added = station.run(
        "staff", "add", "b.khan", "--name", "Dr Bilal Khan", "--passphrase-file", "-", "--new-passphrase-file", "-",
        stdin=f"{PASSPHRASE}\n{NEW}\n".encode(),
    )  # fmt: skip
    assert (added.code, added.out, added.err) == (0, "Dr Bilal Khan can sign in as b.khan.\n", "")
    listed = station.run(
        "staff", "list", "--json", "--staff", "b.khan", "--passphrase-file", "-", stdin=f"{NEW}\n".encode()
    )
    assert listed.document == {
        "staff": [
            {"id": "a.jones", "name": "Dr Ann Jones", "roles": ["admin", "clinician"]},
            {"id": "b.khan", "name": "Dr Bilal Khan", "roles": ["clinician"]},
        ]
    }
    assert station.run("find", "--passphrase-file", "-", stdin=f"{NEW}\n".encode()).code == 4, "it is theirs alone"
    assert "a.jones  staff added  b.khan\n" in station.signed_in("audit", "show").out


def test_only_an_admin_adds_staff(station: Station) -> None:
    for admin, new in (("a.jones", "b.khan"), ("b.khan", "c.lee")):
        said = station.run(
            "staff", "add", new, "--name", "Somebody", "--staff", admin, "--json",
            "--passphrase-file", "-", "--new-passphrase-file", "-",
            stdin=f"{PASSPHRASE}\n{PASSPHRASE}\n".encode(),
        )  # fmt: skip
    assert said.code == 3
    assert said.document["error"]["what"] == "Only an admin can add staff."
    assert station.signed_in("staff", "list").out.count("\n") == 2


def test_an_admin_may_be_added_too(station: Station) -> None:
    said = station.run(
        "staff", "add", "c.lee", "--name", "Cy Lee", "--admin", "--json",
        "--passphrase-file", "-", "--new-passphrase-file", "-", stdin=f"{PASSPHRASE}\n{NEW}\n".encode(),
    )  # fmt: skip
    assert said.document == {"staff": {"id": "c.lee", "name": "Cy Lee", "roles": ["admin", "clinician"]}}


@pytest.mark.parametrize(
    ("staff_id", "name", "passphrase", "what"),
    [
        ("a.jones", "Another Jones", NEW, "There is already a member of staff “a.jones”."),
        ("B Khan", "Bilal Khan", NEW, "“B Khan” cannot be a staff ID."),
        ("b.khan", " ", NEW, "The name is empty."),
        ("b.khan", "Bilal Khan", "aaaaaaaaaaaaaaaa", "The passphrase is too weak"),
    ],
)
def test_what_will_not_do_is_refused_and_nobody_is_added(
    station: Station, staff_id: str, name: str, passphrase: str, what: str
) -> None:
    said = station.run(
        "staff", "add", staff_id, "--name", name, "--passphrase-file", "-", "--new-passphrase-file", "-",
        stdin=f"{PASSPHRASE}\n{passphrase}\n".encode(),
    )  # fmt: skip
    assert said.code == 3
    assert said.error[0].startswith(what)
    assert station.signed_in("staff", "list").out.count("\n") == 1


def test_a_new_passphrase_is_never_taken_from_the_wrong_place(station: Station) -> None:
    """Without a terminal and without its own option the admin's passphrase must not become the new one."""
    said = station.signed_in("staff", "add", "b.khan", "--name", "Bilal Khan")
    assert said.code == 4
    assert said.error == (
        "No passphrase was given.",
        "Put it into a file that only you can read and name it with --new-passphrase-file FILE.",
    )
