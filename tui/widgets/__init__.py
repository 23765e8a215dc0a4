"""Reusable parts of screens. They know no screen and no app."""
