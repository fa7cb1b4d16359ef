"""Is the clip fit for measuring: what was filmed, how well, and how to film better."""
