"""The way through an intake, whoever asks: which question and which step is open, back and forth, nothing lost."""
