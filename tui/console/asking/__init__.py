"""An intake as plain questions, one line after the other: for screen readers, braille lines and dumb terminals."""
