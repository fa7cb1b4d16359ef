"""The cleaned pose in the runner's sagittal plane."""
