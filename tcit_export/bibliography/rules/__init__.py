"""Record rules: how people and programs write BibTeX, and what APA 7 makes of it.

One subject a file; each rule names the section of the Publication Manual (7th ed.) it serves.
"""
