"""The pathway as boxes and arrows: what must be true of them, the way that answers took, and what a box says."""
