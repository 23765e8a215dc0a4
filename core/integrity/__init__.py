"""Signed lists of what the vault holds, so that it can be checked without opening it."""
