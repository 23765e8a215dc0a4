"""Where bytes are kept: the seam to the disk, and the store of objects on it."""
