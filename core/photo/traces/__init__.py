"""What a picture's metadata give away of patient and staff: found wherever in the file they stand.

Own readers instead of Pillow's, because Pillow reads the first picture of a file and
one copy of each kind of metadata, and stops where something is broken. These look at
every picture in the file, take what can be read, never raise for what is broken, and
are bounded in everything that a hostile file could choose.
"""
