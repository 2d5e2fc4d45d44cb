"""What LaTeX's accents, letters, signs and commands stand for (source2e, textcomp, biblatex)."""

from __future__ import annotations

from typing import Final


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


ACCENTS: Final[dict[str, str]] = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361", "h": "\u0309", "G": "\u030f",
    "U": "\u030e", "f": "\u0311", "textcommabelow": "\u0326", "textcommaabove": "\u0313",
}  # fmt: skip
"""Accent commands, by the combining character that follows the letter in Unicode."""

SPACING: Final[dict[str, str]] = {
    " ": " ", "\n": " ", "\t": " ", ",": "\u00a0", ";": " ", ":": " ", ">": " ", "!": "", "/": "",
    "-": "", "@": "", "\\": " ", "quad": " ", "qquad": " ", "enspace": " ", "thinspace": "\u00a0",
    "space": " ", "nobreakspace": "\u00a0", "newline": " ", "linebreak": " ", "par": " ",
    "addspace": " ", "addnbspace": "\u00a0", "addthinspace": "\u00a0", "hfill": " ",
    "hspace": "", "enskip": " ",
}  # fmt: skip

SIGNS: Final[dict[str, str]] = SPACING | _pairs(
    """
    aa å AA Å ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł ss ß SS ẞ i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ
    ng ŋ NG Ŋ ij ĳ IJ Ĳ textschwa ə S § P ¶ textsection § textparagraph ¶ pounds £ textsterling £
    euro € texteuro € EUR € textyen ¥ textcent ¢ textcurrency ¤ copyright © textcopyright ©
    textregistered ® texttrademark ™ textservicemark ℠ dag † ddag ‡ textdagger † textdaggerdbl ‡
    dots … ldots … textellipsis … textendash – textemdash — textquoteleft ‘ textquoteright ’
    textquotedblleft “ textquotedblright ” quotesinglbase ‚ quotedblbase „ guillemotleft «
    guillemotright » guillemetleft « guillemetright » guilsinglleft ‹ guilsinglright ›
    textquotedbl "
    textquotesingle ' textasciigrave ` textasciitilde ~ textasciicircum ^ textasciidieresis ¨
    textasciiacute ´ textbackslash \\ textbar | textbardbl ‖ textbrokenbar ¦ textless <
    textgreater >
    textbraceleft { textbraceright } lbrace { rbrace } textunderscore _ textdollar $ textdegree °
    textordfeminine ª textordmasculine º textbullet • textperiodcentered · textasteriskcentered ∗
    textexclamdown ¡ textquestiondown ¿ textmu µ textohm Ω textpm ± textminus −
    texttimes × textdiv ÷
    textonehalf ½ textonequarter ¼ textthreequarters ¾ textonesuperior ¹ texttwosuperior ²
    textthreesuperior ³ textfractionsolidus ⁄ textnumero № textperthousand ‰ textnumbersign #
    textrightarrow → textleftarrow ← textcelsius ℃ textestimated ℮ textinterrobang ‽
    textpercent % textampersand & slash / hyphen - TeX TeX LaTeX LaTeX BibTeX BibTeX
    LaTeXe LaTeX2ε XeTeX XeTeX Biber Biber textalpha α textbeta β textgamma γ textdelta δ
    adddot . addcomma , addcolon : addsemicolon ; bibrangedash – bibopenparen ( bibcloseparen )
    & & % % $ $ # # _ _ { { } }
    """
)

MATHS: Final[dict[str, str]] = _pairs(
    """
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
    kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
    upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ
    Upsilon Υ Phi Φ Psi Ψ Omega Ω times × cdot · ast ∗ star ⋆ pm ± mp ∓ div ÷ leq ≤ le ≤ geq ≥ ge ≥
    neq ≠ ne ≠ equiv ≡ approx ≈ sim ∼ simeq ≃ cong ≅ propto ∝ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏
    int ∫ sqrt √ rightarrow → to → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
    Leftrightarrow ⇔ uparrow ↑ downarrow ↓ mapsto ↦ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃
    supseteq ⊇ cup ∪ cap ∩ emptyset ∅ forall ∀ exists ∃ neg ¬ land ∧ wedge ∧ lor ∨ vee ∨ oplus ⊕
    otimes ⊗ perp ⊥ parallel ∥ mid | angle ∠ degree ° prime ′ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ
    dagger † ddagger ‡ bullet • circ ∘ cdots ⋯ vdots ⋮ ll ≪ gg ≫ lesssim ≲ gtrsim ≳ langle ⟨
    rangle ⟩ lvert | rvert | vert | Vert ‖ backslash \\ colon : log log ln ln exp exp
    min min max max
    sin sin cos cos tan tan lim lim checkmark ✓ sharp ♯ flat ♭ natural ♮ male ♂ female ♀
    """
)

STYLED: Final[dict[str, str]] = {
    "emph": "i", "textit": "i", "textsl": "i", "mkbibemph": "i", "mkbibitalic": "i",
    "textbf": "b", "mkbibbold": "b", "textsc": "sc", "textsuperscript": "sup",
    "mkbibsuperscript": "sup", "textsubscript": "sub", "mathit": "i", "mathbf": "b",
    "boldsymbol": "b",
    "textsuper": "sup", "textsub": "sub", "up": "sup",
}  # fmt: skip
"""Commands with an argument, by the tag that they become."""

SWITCHES: Final[dict[str, str]] = {
    "em": "i", "it": "i", "itshape": "i", "sl": "i", "slshape": "i", "bf": "b", "bfseries": "b",
    "sc": "sc", "scshape": "sc",
}  # fmt: skip
"""Commands that hold to the end of their group."""

QUOTED: Final = frozenset(["enquote", "mkbibquote", "textquote", "blockquote", "qq", "q"])

BRACKETED: Final[dict[str, tuple[str, str]]] = {
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
    "parentext": ("(", ")"),
    "brackettext": ("[", "]"),
}

PROTECTING: Final = frozenset(["mbox", "hbox", "NoCaseChange", "nocase", "fbox", "textup"])
"""Commands whose argument keeps its case: BibTeX leaves braces at depth 1 alone."""

TRANSPARENT: Final = frozenset(
    """text textrm textsf texttt textmd textnormal textulc underline uline uppercase lowercase url
    doi path nolinkurl autocap mathrm mathsf mathtt mathcal mathbb mathfrak mathnormal operatorname
    textgreek textcyrillic ul hl num bibstring textlatin ce nohyphens centerline title
    MakeUppercase MakeLowercase MakeSentenceCase bibinfo""".split()
)
"""Commands whose argument stands as it is."""

SILENT: Final = frozenset(
    """protect relax rm sf tt md up rmfamily sffamily ttfamily mdseries upshape normalfont null
    normalsize small footnotesize scriptsize tiny large Large LARGE huge Huge left right bigl bigr
    displaystyle textstyle limits nobreak allowbreak noindent unskip ignorespaces penalty
    isdot nopunct finalandcomma bibnamedelima expandafter ensuremath""".split()
)
"""Commands that leave no trace."""

DROPPED: Final = frozenset(
    """footnote thanks label index noopsort noop printfirst switchargs singleletter SortNoop
    selectlanguage vspace hspace phantom hphantom vphantom cite citep citet ref pageref""".split()
)
"""Commands that vanish with their argument."""

SECOND_ARGUMENT: Final = frozenset(
    ["href", "foreignlanguage", "textcolor", "otherlanguage", "enquotelang", "foreignquote"]
)
"""Commands whose first argument is for the machine and whose second is the text."""

HTML_TAGS: Final[dict[str, str]] = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b", "sup": "sup",
    "sub": "sub", "inf": "sub", "sc": "sc", "scp": "sc",
}  # fmt: skip
"""Tags that exporters leave in values, by CSL-JSON's."""
