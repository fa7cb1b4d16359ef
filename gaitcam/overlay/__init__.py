"""The annotated video and the stills."""
