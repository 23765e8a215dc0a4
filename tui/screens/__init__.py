"""One screen a file, its style beside it. No screen imports another."""
