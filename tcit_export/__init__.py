"""Article reviews and reading lists from Markdown and BibTeX to PDF, Word and HTML."""
