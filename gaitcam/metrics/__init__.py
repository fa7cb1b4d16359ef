"""What is measured - one catalog, one function a metric."""
