"""The colours: dark, light, and one for terminals with sixteen colours.

Every pair that carries text has a contrast of 7:1 or more (WCAG 2.2, 1.4.6;
the red of sixteen colours reaches 6.7),
and nothing is said by colour alone. The patient stands on the reverse of the
screen's own colours, so that the name is seen before anything else.
"""

from textual.theme import Theme


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
        "muted": "#3d4d5a",
        "rule": "#b4c0ca",
        "accent": "#00584f",
        "on-accent": "#ffffff",
        "warning": "#6b4400",
        "error": "#941b14",
        "success": "#14591f",
    },
)

SIXTEEN = _theme(  # the sixteen colours as Rich knows them: each falls on itself
    "dermlock-16",
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


def theme_for(color_system: str | None) -> Theme:
    """color_system: as Rich names it ("truecolor", "256", "standard" or None)."""
    return DARK if color_system in ("truecolor", "256") else SIXTEEN
