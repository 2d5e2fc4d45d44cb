"""BibTeX -> Library: entries as typed, with places, beside the CSL records made of them."""
