"""What every dialog stands in: it leaves the two lines in sight that say who is signed in and which patient."""

from textual.containers import Container


class DialogFrame(Container):
    """Covers everything below those two lines, so that nothing behind a dialog is read by mistake.

    The screen around it is transparent: the lines are those of the screen that asked.
    """

    DEFAULT_CSS = """
    DialogFrame {
        margin-top: 2;
        height: 1fr;
        align: center middle;
        background: $background;
    }
    """
