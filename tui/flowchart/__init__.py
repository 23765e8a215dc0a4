"""A pathway's flowchart as it is shown: drawn of characters, for a screen and for a line printer alike."""
