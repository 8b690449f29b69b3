"""The tables of ``inflect``: closed classes of words and irregular forms, in lower case."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: long tables of words are easier to read so."""
    return frozenset(text.split())


PREPOSITIONS = word_set(
    "of in with without from for at on by to as into against towards toward between among amongst under "
    "over near outside inside across through about around along than per via within beyond before after "
    "during until since because like behind beside off out up down upon onto throughout"
)
RELATIVES = word_set("who whom whose which that where when why if unless whether because")
LATE_ADVERBS = word_set(
    "formerly previously allegedly currently recently temporarily newly abroad here there together "
    "alone again away online irregularly"
)
#: Participles in -ing that describe the noun before them when nothing or a preposition follows.
PARTICIPLES = word_set("returning fleeing arriving staying residing belonging living moving coming going")
#: Adjectives that stand after their noun with a preposition (*conditions conducive to violence*).
POSTPOSED_ADJECTIVES = word_set(
    "conducive far vulnerable prone close likely responsible eligible able unable susceptible subject "
    "relevant available free willing ready capable dependent aware full"
)
PEOPLE = word_set("people persons person someone those migrants refugees women men children individuals")
#: Nouns after which a participle in -ing describes them (*person seeking asylum*) instead of the next noun.
WHO = PEOPLE | word_set(
    "man woman child boy boys girl girls youth family families individual migrant refugee group groups "
    "community communities household households adult adults minor minors relative relatives returnee "
    "returnees fighter fighters"
)
#: Verbs whose -ing before another word makes a phrase with an object (*preventing violence*).
TRANSITIVE_GERUNDS = word_set(
    "preventing countering addressing reducing strengthening supporting fighting combating tackling "
    "mitigating managing promoting protecting defeating giving making sustaining being having choosing "
    "asking taking telling using ending stopping listening helping engaging raising keeping getting "
    "opening creating improving ensuring responding leaving building"
)
IRREGULAR_PLURALS = {
    "person": ("people", "persons"), "man": ("men",), "woman": ("women",), "child": ("children",),
    "foot": ("feet",), "tooth": ("teeth",), "mouse": ("mice",), "goose": ("geese",), "ox": ("oxen",),
    "wife": ("wives",), "life": ("lives",), "knife": ("knives",), "thief": ("thieves",), "leaf": ("leaves",),
    "half": ("halves",), "self": ("selves",), "shelf": ("shelves",), "calf": ("calves",),
    "loaf": ("loaves",), "wolf": ("wolves",),
    "hero": ("heroes",), "echo": ("echoes",), "veto": ("vetoes",), "embargo": ("embargoes",),
    "potato": ("potatoes",), "tomato": ("tomatoes",), "torpedo": ("torpedoes",), "negro": ("negroes",),
    "ghetto": ("ghettos", "ghettoes"), "mosquito": ("mosquitoes",), "cargo": ("cargoes", "cargos"),
    "criterion": ("criteria",), "phenomenon": ("phenomena",), "datum": ("data",), "medium": ("media",),
    "curriculum": ("curricula", "curriculums"), "memorandum": ("memoranda", "memorandums"),
    "referendum": ("referendums", "referenda"), "stratum": ("strata",), "bacterium": ("bacteria",),
    "stimulus": ("stimuli",), "alumnus": ("alumni",), "nucleus": ("nuclei",), "radius": ("radii",),
    "focus": ("focuses", "foci"), "corpus": ("corpora",), "locus": ("loci",), "syllabus": ("syllabuses",),
    "status": ("statuses",), "virus": ("viruses",), "campus": ("campuses",), "census": ("censuses",),
    "bonus": ("bonuses",), "consensus": ("consensuses",), "genus": ("genera",),
    "index": ("indexes", "indices"), "appendix": ("appendices", "appendixes"), "matrix": ("matrices",),
    "bureau": ("bureaux", "bureaus"), "quiz": ("quizzes",), "bus": ("buses",), "gas": ("gases",),
    "mujahid": ("mujahideen", "mujahidin"), "talib": ("taliban", "talibs"), "axe": ("axes",),
    "passer": ("passers",), "alias": ("aliases",), "canvas": ("canvases",), "iris": ("irises",),
    "atlas": ("atlases",), "bias": ("biases",), "lens": ("lenses",), "die": ("dice",),
}  # fmt: skip
#: Same word in singular and plural, or no other number at all.
INVARIABLE = word_set(
    "series species means crossroads headquarters sheep aircraft offspring corps police cattle personnel "
    "people clergy livestock someone everyone nobody news politics ethics logistics economics data media "
    "youth staff premises"
)
#: Of these the same word is used for one and for many.
BOTH_NUMBERS = word_set("series species means crossroads headquarters sheep aircraft offspring corps youth staff")
FREE_PLURALS = {"youth": ("youths",), "staff": ("staffs",), "people": ("peoples",)}
IRREGULAR_SINGULARS = {plural: singular for singular, plurals in IRREGULAR_PLURALS.items() for plural in plurals} | {
    "people": "person",
    "youths": "youth",
    "peoples": "people",
}
NOT_MAN = word_set("human german roman ottoman talisman shaman norman layman's turkoman turkman")
LEGAL_PERSONS = word_set("displaced stateless protected missing disappeared natural legal third")
BE = {"third": ("is", "are", "am"), "past": ("was", "were"), "participle": ("been",), "gerund": ("being",)}
#: base: past[/past] [participle]; without a second word the participle is the past.
IRREGULAR_VERBS = """
arise arose arisen; awake awoke awoken; bear bore borne; beat beat beaten; become became become;
begin began begun; bend bent; bet bet; bind bound; bite bit bitten; bleed bled; blow blew blown;
break broke broken; breed bred; bring brought; broadcast broadcast; build built; burn burned/burnt;
burst burst; buy bought; cast cast; catch caught; choose chose chosen; cling clung; come came come;
cost cost; creep crept; cut cut; deal dealt; dig dug; do did done; draw drew drawn;
dream dreamed/dreamt; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed;
feel felt; fight fought; find found; flee fled; fly flew flown; forbid forbade forbidden;
forecast forecast; foresee foresaw foreseen; forget forgot forgotten; forgive forgave forgiven;
fling flung; bid bid;
forgo forwent forgone; freeze froze frozen; get got; give gave given; go went gone; grind ground;
grow grew grown; hang hung; have had; hear heard; hide hid hidden; hit hit; hold held; hurt hurt;
keep kept; know knew known; lay laid; lead led; learn learned/learnt; leave left; lend lent; let let;
lie lay lain; lose lost; make made; mean meant; meet met; mislead misled; mistake mistook mistaken;
offset offset; outgrow outgrew outgrown; outlast outlasted; overcome overcame overcome;
override overrode overridden; oversee oversaw overseen; overtake overtook overtaken;
overthrow overthrew overthrown; partake partook partaken; pay paid; put put; quit quit; read read;
rebuild rebuilt; retake retook retaken; retell retold; rewrite rewrote rewritten; rid rid;
ride rode ridden; ring rang rung; rise rose risen; run ran run; say said; see saw seen; seek sought;
sell sold; send sent; set set; shake shook shaken; shed shed; shoot shot; show showed shown;
shrink shrank shrunk; shut shut; sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid;
speak spoke spoken; spend spent; spin spun; split split; spread spread; spring sprang sprung;
stand stood; steal stole stolen; stick stuck; sting stung; strike struck; strive strove striven;
swear swore sworn; sweep swept; swell swelled swollen; swim swam swum; swing swung; take took taken;
teach taught; tear tore torn; tell told; think thought; throw threw thrown; thrust thrust;
undergo underwent undergone; understand understood; undertake undertook undertaken; undo undid undone;
uphold upheld; upset upset; wake woke woken; wear wore worn; weave wove woven; weep wept; win won;
withdraw withdrew withdrawn; withstand withstood; write wrote written
"""
VERBS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
for _entry in IRREGULAR_VERBS.replace("\n", " ").split(";"):
    _base, _past, *_rest = _entry.split()
    VERBS[_base] = (tuple(_past.split("/")), tuple((_rest[0] if _rest else _past).split("/")))
#: Names of groups: not counted, and without an article.
NAMES = word_set("isil isis iswap aqim jnim daesh da'esh da’esh al-shabaab al-qaida al-qaeda haram taliban ")
#: Letters whose names begin with a vowel sound: ef, aitch, el, em, en, ar, ess, ex and the vowels but u.
VOWEL_LETTERS = frozenset("AEFHILMNORSX")
#: Acronyms read as words, by the sound that they begin with.
READ_AS_WORDS = word_set("NATO UNICEF UNESCO MINUSMA MONUSCO MINUSCA FRONTEX SADC NEPAD RAN SARS NASA")
