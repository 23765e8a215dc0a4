"""What finding and looking at episodes need besides their screens."""
