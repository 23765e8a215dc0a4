"""The pictures of a card side by side, in groups, with no more of them in memory than are in sight."""
