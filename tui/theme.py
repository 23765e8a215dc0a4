"""The colours: dark, light and high contrast, each as it is on terminals of sixteen colours too.

Every pair that carries text has a contrast of 7:1 or more (WCAG 2.2, 1.4.6), also
after a terminal of 256 or 16 colours took the nearest it has. Less have the mark of
an error in sixteen dark ones (5.2) and the mark of a warning in 256 light ones (6.3);
both stand above the 4.5:1 of 1.4.3. Nothing is said by colour alone. The patient
stands on the reverse of the screen's own colours, so that the name is seen before
anything else.
"""

from textual.theme import Theme

from core.settings import THEMES


def _theme(name: str, *, dark: bool, colours: dict[str, str]) -> Theme:
    """colours: the nine named below; the variables of the same names are for the style files."""
    own = {
        "muted": colours["muted"],
        "rule": colours["rule"],
        "chosen": colours["accent"],
        "on-chosen": colours["on-accent"],
        "patient": colours["foreground"],
        "on-patient": colours["background"],
    }
    textual = {
        "input-cursor-background": colours["foreground"],
        "input-cursor-foreground": colours["background"],
        "input-selection-background": colours["accent"],
        "scrollbar": colours["muted"],
        "scrollbar-hover": colours["foreground"],
        "scrollbar-active": colours["accent"],
        "scrollbar-background": colours["surface"],
        "scrollbar-background-hover": colours["surface"],
        "scrollbar-background-active": colours["surface"],
        "scrollbar-corner-color": colours["surface"],
        "border": colours["accent"],
        "border-blurred": colours["rule"],
    }
    return Theme(
        name,
        primary=colours["accent"],
        accent=colours["accent"],
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["surface"],
        warning=colours["warning"],
        error=colours["error"],
        success=colours["success"],
        dark=dark,
        text_alpha=1.0,
        variables=own | textual,
    )


DARK = _theme(
    "dermlock-dark",
    dark=True,
    colours={
        "background": "#0e141a",
        "surface": "#18212a",
        "foreground": "#f1f5f8",
        "muted": "#a9bac9",
        "rule": "#3a4a59",
        "accent": "#64d8cb",
        "on-accent": "#06211e",
        "warning": "#ffcc66",
        "error": "#ff9a90",
        "success": "#9be49a",
    },
)

LIGHT = _theme(
    "dermlock-light",
    dark=False,
    colours={
        "background": "#fcfdfd",
        "surface": "#e9eef2",
        "foreground": "#13202b",
        "muted": "#3f484f",
        "rule": "#b4c0ca",
        "accent": "#00584f",
        "on-accent": "#ffffff",
        "warning": "#6b4400",
        "error": "#941b14",
        "success": "#14591f",
    },
)

HIGH_CONTRAST = _theme(  # of the sixteen colours where it can be: the same on every terminal
    "dermlock-high-contrast",
    dark=True,
    colours={
        "background": "#000000",
        "surface": "#000000",
        "foreground": "#ffffff",
        "muted": "#ffffff",
        "rule": "#ffffff",
        "accent": "#ffff00",
        "on-accent": "#000000",
        "warning": "#ffff00",
        "error": "#ff9a9a",
        "success": "#7dff7d",
    },
)

DARK_SIXTEEN = _theme(  # the sixteen colours as Rich knows them: each falls on itself
    "dermlock-dark-16",
    dark=True,
    colours={
        "background": "#000000",
        "surface": "#000000",
        "foreground": "#ffffff",
        "muted": "#aaaaaa",
        "rule": "#555555",
        "accent": "#55ffff",
        "on-accent": "#000000",
        "warning": "#ffff55",
        "error": "#ff5555",
        "success": "#55ff55",
    },
)

LIGHT_SIXTEEN = _theme(  # also where the bright background is a grey one, as on the Linux console
    "dermlock-light-16",
    dark=False,
    colours={
        "background": "#ffffff",
        "surface": "#ffffff",
        "foreground": "#000000",
        "muted": "#000000",
        "rule": "#000000",
        "accent": "#0000aa",
        "on-accent": "#ffffff",
        "warning": "#000000",
        "error": "#aa0000",
        "success": "#000000",
    },
)

SAID_CSS = """
ToastRack {
    margin-bottom: 2;
}
Toast {
    width: auto;
    max-width: 100%;
    padding: 0 1;
    margin: 0;
    border-left: outer $accent;
    background: $surface;
    color: $foreground;
}
"""
"""Of the words that tell which theme it is, for a moment, above the keys."""

AUTO = THEMES[0]
NAMES: tuple[str, ...] = THEMES[1:]
"""Of the setting: by itself, and then the order in which a key goes round."""

_MANY: dict[str, Theme] = dict(zip(NAMES, (DARK, LIGHT, HIGH_CONTRAST), strict=True))
_SIXTEEN: dict[str, Theme] = dict(zip(NAMES, (DARK_SIXTEEN, LIGHT_SIXTEEN, HIGH_CONTRAST), strict=True))

EVERY_THEME = (DARK, LIGHT, HIGH_CONTRAST, DARK_SIXTEEN, LIGHT_SIXTEEN)


def theme_for(color_system: str | None, wanted: str = AUTO) -> Theme:
    """color_system: as Rich names it ("truecolor", "256", "standard" or None). wanted: one of THEMES.

    By itself it is dark: a terminal does not reliably tell what it is.
    """
    themes = _MANY if color_system in ("truecolor", "256") else _SIXTEEN
    return themes[NAMES[0] if wanted == AUTO else wanted]


def name_after(theme: str) -> str:
    """The name that follows this theme's own name, going round."""
    names = [name for themes in (_MANY, _SIXTEEN) for name, each in themes.items() if each.name == theme]
    return NAMES[(NAMES.index(names[0]) + 1) % len(NAMES)] if names else NAMES[0]
