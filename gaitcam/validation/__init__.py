"""How right gaitcam is: measured against truth that the program never saw."""
