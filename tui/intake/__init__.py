"""The intake on screen: its loop, and what its step screens are made of."""
