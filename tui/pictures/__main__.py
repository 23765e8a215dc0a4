"""`python -m tui.pictures DIR`: one SVG a screen, at 80 x 24; some at 120 x 40, in light and in high contrast."""

import asyncio
import os
import sys
from pathlib import Path

from textual.screen import Screen

from .made_up import Practice
from .scenes import scenes
from .studio import Studio, as_a_good_terminal, made_up_practice, opened_studio

SMALL, LARGE = (80, 24), (120, 40)
ALSO_LARGE = frozenset({"identifiability", "compare", "episode-pictures", "review"})
ALSO_LIGHT = "waiting"
ALSO_HIGH_CONTRAST = "pathway"


def photograph(folder: Path) -> dict[Path, type[Screen[object]]]:
    """Writes the pictures into `folder`, which is made; returns which screen each shows."""
    folder.mkdir(parents=True, exist_ok=True)
    with made_up_practice(os.environ) as practice:
        return asyncio.run(_photograph(folder, practice))


async def _photograph(folder: Path, practice: Practice) -> dict[Path, type[Screen[object]]]:
    taken: dict[Path, type[Screen[object]]] = {}

    async def take(studio: Studio, name: str) -> None:
        file = folder / f"{name}.svg"
        file.write_text(studio.app.export_screenshot(title="dermlock"))
        taken[file] = type(studio.app.screen)

    async with opened_studio(practice) as studio:
        for scene in scenes():
            async with studio.showing(scene.put_up(studio)):
                for shot in scene.shots:
                    await studio.press(*shot.keys)
                    await take(studio, shot.name)
                    looks = [(LARGE, "dark")] if shot.name in ALSO_LARGE else []
                    looks += [(SMALL, "light")] if shot.name == ALSO_LIGHT else []
                    looks += [(SMALL, "high-contrast")] if shot.name == ALSO_HIGH_CONTRAST else []
                    for (width, height), theme in looks:
                        await studio.look(width, height, theme)
                        await take(studio, f"{shot.name}-{theme}-{width}x{height}")
                    if looks:
                        await studio.look(*SMALL, "dark")
    return taken


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("python -m tui.pictures DIR\n")
        return 2
    as_a_good_terminal()
    for file in sorted(photograph(Path(arguments[0]))):
        sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
