"""Text -> Document. One module an input."""
