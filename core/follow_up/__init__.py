"""What becomes of an episode after its pictures are sealed: acts, where it stands, and what is due."""
