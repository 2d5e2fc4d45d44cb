"""Record rules: how people and programs write BibTeX, and what APA 7 makes of it.

One subject a file; each rule names the section of the Publication Manual (7th ed.) it serves.

Why rules and a style, and no formatter of our own: with the record made right, everything the
manual asks for can be said in CSL with a few variables more (`record.TCIT_VARIABLES`), so one
engine makes the lists and the citations of every style, and APA's letters, initials and orders
come from the same place as everyone's. What CSL cannot say is said by the record: who stands at
the author's place with which role, what a reviewed or reprinted work is called, how legal works
are cited, what a work is alphabetised by. Styles that do not know our variables find plain
CSL-JSON beside them.
"""
