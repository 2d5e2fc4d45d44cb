"""A complete processor for the Citation Style Language 1.0.2.

A style, a locale, items and citations go in; output trees come out, and two serialisers
write them as text or HTML. The room stands alone: it imports the standard library and
nothing of the rest of the package, and it reads no file; who calls brings the XML.

    style = load_style(xml, resolve_parent=...)         # load.py
    locale = resolve_locale(style, locale_files)        # fallback.py
    items = [Item.from_json(data) for data in csl_json] # item.py
    result = process(style, locale, items, citations)   # processor.py
    to_html(result.citations[0])                        # output.py
    to_text(result.bibliography[0].output)


The steps, in order
-------------------

1. XML becomes frozen values; everything wrong is one `StyleError` with its line:
   `xml`, `check`, `load`, `style`; `fallback` chooses the terms.
2. CSL-JSON becomes items; dates as people write them, fields kept in notes: `item`, `raw_dates`.
3. The style becomes functions, each element and each macro once: `compiled`, `evaluate`,
   `conditions`, `dress`.
4. Items are sorted and numbered: `session`, `sort`.
5. Cites that read alike are told apart, by names, conditions, letters: `disambiguate`.
6. Cites are sorted and get their positions (first, ibid, near-note): `session`, `cites`.
7. Each cite is evaluated to a tree of requests: `evaluate`, `context`, `tree`; its names in
   `contributors`, `names` and `initials`, dates in `dates`, numbers, pages and plurals in
   `numbers`, text case in `textcase`, the markup of fields in `rich`, variables in `values`.
8. Cites are grouped, collapsed and joined: `cites`.
9. Entries are evaluated; repeated authors are replaced, display blocks set: `session`, `entries`.
10. Quotes alternate, punctuation merges where pieces meet, fonts flip: `typeset` makes the
    final tree, `output` writes it down.

`processor` shows these steps on one screen. `citation` holds what the caller says (a
citation, its cites and their modes) and gets (entries, layout options); `survey` answers
questions about a whole style; `suite` speaks the protocol of the test suite.

Three ideas carry it. Every element is compiled once into a closure that appends nodes to a
list; two counters in the context, of variables called and of those that had content, decide
on a group in the same pass. Nothing is text until the end: affixes, delimiters, quotes and
fonts stay requests in a tree, so that punctuation is settled once, over leaves, and a field
is never touched inside. Disambiguation looks only into buckets of cites that read alike, so
its cost grows with the items and not with their pairs.


Beyond the specification
------------------------

- Narrative citations: a `CitationItem` with mode `author-in-text` gives "Kahn and Fromm
  (2001)", the style's ampersand as a word; "Kahn and Fromm [1]" where the style counts;
  `possessive` gives "Kahn and Fromm's (2001)". `author-only` and `suppress-author` too.
  A style may have its own layout for it: `<intext><layout>` within `cs:citation`.
- Any variable of an item is reached by its name, those outside the schema included; a cite
  may bring `variables` of its own.
- Each cite is `Tagged` with its item, each identifier `Linked` (Appendix VI), and a cite's
  prefix or suffix may be `Opaque`: foreign markup whose edges meet the punctuation around.
- Several bibliographies over one processing: filters over `Result.bibliography`, or
  `Result.listed(ids)`, a list for itself with the letters and numbers of the whole;
  `Result.cite` renders one item alone so.
- Fields in a note (`original-date: 1880`), labels typed into locators (`vol. 2, p. 3`) and
  pages (`pp. 3-5`) are understood as the reference implementation does.

Where the specification and the reference implementation (citeproc-js) disagree, text case
on macros, labels of variables that are empty, commas of a cite's suffix in quotes, and
sentence case of titles in capitals follow the specification; delimiters of collapsed cites,
the grouping of unsorted cites, year suffixes before the disambiguation condition, affixes of
names that a title stands for, and types listed without `match="any"` follow the reference,
because styles are written to it.


How it compares (23 November 2026)
----------------------------------

Official test suite 13724f9, the 579 fixtures at hand that count, locales 938c09c: **579**.
Others on the same fixtures: citeproc-js 2.4.63 579, Haskell citeproc by its own list 539,
refkit 0.4.0 (hayagriva) 373, citeproc-py 0.11.1 357.

User CPU seconds of a whole process (start, style, items, HTML) on synthetic articles by 50
family names, `python -m tests.bench.csl.speed`, Python 3.11, a shared machine with two cores; in
brackets the ratio to this processor:

| apa.csl | 10 | 100 | 1,000 | 5,000 | 10,000 |
|--|--|--|--|--|--|
| this processor | 0.15 | 0.20 | 0.53 | 2.21 | 4.72 |
| refkit 0.4.0 (Rust) | 0.12 (0.8) | 0.19 (1.0) | 1.16 (2.2) | 7.68 (3.5) | 21.57 (4.6) |
| citeproc-py 0.11.1 | 0.21 (1.4) | 1.31 (6.7) | 12.62 (24) | 63.58 (29) | - |
| pandoc 3.9 | 0.07 (0.5) | 0.23 (1.2) | 8.39 (16) | 115.44 (52) | - |
| citeproc-js 2.4.63 | 1.31 (8.5) | 1.94 (9.9) | 4.70 (8.9) | 21.43 (9.7) | 39.90 (8.5) |

| ieee.csl | 10 | 100 | 1,000 | 5,000 | 10,000 |
|--|--|--|--|--|--|
| this processor | 0.10 | 0.11 | 0.27 | 1.01 | 2.07 |
| refkit | 0.09 (0.9) | 0.10 (0.9) | 0.28 (1.0) | 1.23 (1.2) | 3.28 (1.6) |
| citeproc-py | 0.08 (0.8) | 0.32 (2.8) | 3.04 (11) | 16.70 (17) | 34.65 (17) |
| pandoc | 0.01 (0.1) | 0.12 (1.0) | 1.07 (4.0) | 5.25 (5.2) | 9.53 (4.6) |
| citeproc-js | 0.17 (1.8) | 0.59 (5.1) | 2.24 (8.3) | 6.49 (6.4) | 9.34 (4.5) |

A dash: over the limit of 45 seconds. With chicago-author-date refkit takes 2.2 times as long at
1,000 items, 3.9 times at 10,000. Reading and compiling apa.csl takes 20 ms. Below some hundred
items a process in another language starts sooner than Python does.

`python -m tests.bench.csl.compare --count 300 --seed 7` sets the output beside citeproc-js's
for a sample of styles and prints what differs: of 6,406 texts in 300 styles 5,625 were the
same. The rest are mostly `event` for `event-title`, no-break spaces after particles, italics
and order of Chinese and Japanese names, doubled full stops, and spans that change nothing.
`python -m tests.bench.csl.variants SUITE` does the same for variants of the fixtures, each with
one thing changed: 1,015 of 1,050 read the same.
`python -m tests.bench.csl.all_styles` loads all 10,844 styles and 63 locales and renders a dozen
works and more with each: none fails. What it finds is kept in `tests/bench/csl/all_styles.md`:
mostly styles of law journals that leave entries of types they do not know empty; citeproc-js
leaves exactly the same ones empty.
"""
