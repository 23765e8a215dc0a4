"""Every screen and every dialog, put up one after the other: for tests of what holds on all of them."""

import asyncio
import os
from collections.abc import Callable, Iterable
from unittest.mock import patch

from tui.pictures.scenes import scenes
from tui.pictures.studio import Studio, made_up_practice, opened_studio

Look = tuple[int, int, str, str]
"""Width, height, theme, and the colours of the terminal as Rich names them."""


def on_every_screen(looks: Iterable[Look], does: Callable[[Studio, str], None]) -> None:
    """does: called with the app at rest and the name of what is shown, once a look."""
    wanted = list(looks)
    with patch.dict(os.environ, {"COLORTERM": "truecolor"}), made_up_practice(os.environ) as practice:

        async def go_round() -> None:
            async with opened_studio(practice) as studio:
                for scene in scenes():
                    async with studio.showing(scene.put_up(studio)):
                        for shot in scene.shots:
                            await studio.press(*shot.keys)
                            for look in wanted:
                                await studio.look(*look)
                                does(studio, shot.name)
                            await studio.look(80, 24, "dark")

        asyncio.run(go_round())
