"""Whether a folder lies on a card, so that nothing that is to be kept is put there."""

import os
from pathlib import Path

from .identity import has_dcim, is_floating_card
from .mounts import mount_holding, read_mounts


def card_holding(folder: Path) -> Path | None:
    """The card that `folder`, which need not be there yet, is or would be on; None when it is on none.

    Links are followed first. Raises OSError when what is there cannot be looked at.
    """
    real = Path(os.path.realpath(folder))
    for parent in (real, *real.parents):
        try:
            if has_dcim(parent):
                return parent
        except (FileNotFoundError, NotADirectoryError):
            continue  # not made yet
        except PermissionError:
            pass  # not ours to look into; its mount still tells
        mount = mount_holding(parent, read_mounts())
        if mount is not None and mount.mount_point == parent and is_floating_card(mount):
            return parent
    return None
