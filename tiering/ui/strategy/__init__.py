"""The views of the page *strategy*."""
