"""Whether a picture is likely to serve, while it can still be taken again. It advises and never blocks."""
