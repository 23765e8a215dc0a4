"""What is written about patients and episodes: documents, their rows, and the catalogue over them."""
