"""Which works a list shows, in which order, under which headings: the language of `.references`.

    ::: {.references select="keyword:crying and year>=2000" sort="importance, -year" group="week"}

`syntax` holds the values, `parse` makes them from text with a diagnostic for each mistake.  What
they mean for an entry of a library is `bibliography.selection`'s task.
"""
