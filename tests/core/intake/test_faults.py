"""Bad luck in the middle of a move: one line of what happened, one of what to do, nothing lost."""
