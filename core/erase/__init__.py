"""Leaving no trace on the card: contents, then names. Only with a proof in hand."""
