"""What stands behind an answers file: reading its values, and driving interviews with them."""
