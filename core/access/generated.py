"""Passphrases that dermlock makes: easy to read out and to type, too many to try.

A slot can be attacked by whoever holds a copy of the vault, so what protects it
is better not a person's invention (VAULT, Keys: at least 64 bits).
"""

import secrets

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aeiou"
WORDS = 4
SYLLABLES = 3
"""16 consonants and 5 vowels make 80 syllables; twelve of them are 75 bits."""


def new_passphrase() -> str:
    """Words of three syllables, such as "tafora-mibelu-sugavo-dizepa"."""
    return "-".join(_word() for _ in range(WORDS))


def _word() -> str:
    return "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(SYLLABLES))
