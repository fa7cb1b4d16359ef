"""Tables, page and machine-readable summary."""
