"""Where the body's points lie in each frame."""
