"""What every command shares: options, one document out, endings in two lines, being stopped."""
