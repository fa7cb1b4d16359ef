"""Reading clips with true times, writing clips that browsers play."""
