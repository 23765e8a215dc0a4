"""The camera's card: noticed, recognised and listed to the last file."""
