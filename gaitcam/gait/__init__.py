"""Initial contacts, toe-offs, steps."""
