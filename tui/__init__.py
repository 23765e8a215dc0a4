"""What people see: the terminal app, the command line, and what puts core together for them."""
