"""From a passphrase to a key: never cheaper, never dearer than the limits."""

import pytest

from core.crypto.keys import NotAuthenticError
from core.crypto.passphrase import Argon2Parameters, slot_key

SALT = bytes(range(16))
FLOOR = Argon2Parameters(SALT, memory_kib=19 * 1024, passes=2, lanes=1)


def test_the_floor_gives_a_key_that_depends_on_everything() -> None:
    keys = {
        slot_key("seven quiet herons", FLOOR),
        slot_key("seven quiet heron", FLOOR),
        slot_key("seven quiet herons", Argon2Parameters(SALT[::-1], 19 * 1024, 2, 1)),
        slot_key("seven quiet herons", Argon2Parameters(SALT, 19 * 1024 + 1, 2, 1)),
        slot_key("seven quiet herons", Argon2Parameters(SALT, 19 * 1024, 3, 1)),
        slot_key("seven quiet herons", Argon2Parameters(SALT, 19 * 1024, 2, 2)),
    }
    assert len(keys) == 6
    assert slot_key("seven quiet herons", FLOOR) in keys


@pytest.mark.parametrize(
    "parameters",
    [
        Argon2Parameters(SALT, 19 * 1024 - 1, 2, 1),
        Argon2Parameters(SALT, 0, 2, 1),
        Argon2Parameters(SALT, -1, 2, 1),
        Argon2Parameters(SALT, 2 * 1024 * 1024 + 1, 2, 1),
        Argon2Parameters(SALT, 1 << 40, 2, 1),
        Argon2Parameters(SALT, 19 * 1024, 1, 1),
        Argon2Parameters(SALT, 19 * 1024, 0, 1),
        Argon2Parameters(SALT, 19 * 1024, 65, 1),
        Argon2Parameters(SALT, 19 * 1024, 2, 0),
        Argon2Parameters(SALT, 19 * 1024, 2, 65),
        Argon2Parameters(SALT[:15], 19 * 1024, 2, 1),
        Argon2Parameters(SALT + b"\0", 19 * 1024, 2, 1),
        Argon2Parameters(b"", 19 * 1024, 2, 1),
    ],
    ids=repr,
)
def test_parameters_outside_the_limits_are_refused_before_any_work(parameters: Argon2Parameters) -> None:
    with pytest.raises(NotAuthenticError):
        slot_key("seven quiet herons", parameters)


def test_fresh_parameters_are_those_of_the_design_with_a_salt_of_their_own() -> None:
    one, other = Argon2Parameters.fresh(), Argon2Parameters.fresh()
    assert (one.memory_kib, one.passes, one.lanes) == (64 * 1024, 3, 4)
    assert one.salt != other.salt
