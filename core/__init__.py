"""dermlock's core: the way of a picture from a camera card into the vault.

Folders are the stations of that way. Nothing in here knows a screen or prints:
core decides what is asked next and what is done, and tui shows it.
"""
