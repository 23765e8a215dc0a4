"""Where the photographs and the forensic harness lie: beside a development checkout, never in it."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that `make acceptance SHARED=...` names."""
    return Path(os.environ["DERMLOCK_SHARED"]).resolve(strict=True)
