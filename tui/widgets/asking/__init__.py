"""What a question is asked with: its card, the field to type into, the answers to choose from."""
