"""Copies that may leave: the pixels of a picture, the right way up, and nothing else of its file.

A bare copy holds the very same pixels without metadata; a covered copy (covering.py)
has boxes filled besides. The sealed original always keeps its bytes.
"""
