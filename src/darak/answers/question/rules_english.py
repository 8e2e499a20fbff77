"""The wording of English questions. In each table the first rule of which an alternative fits decides."""

from darak.answers.question.rule import Rules
from darak.language.word_list import word_list

PIECES = {
    "unit": r"(?:years?|months?|weeks?|days?|hours?|minutes?|nights?)",
    "more": (
        r"(?:most(?!\s+recent)|highest|largest|biggest|longest|greatest|heaviest|farthest|furthest|fastest"
        r"|maximum|max|peak|priciest|costliest)"
    ),
    "measured": r"(?:steps|flights|floors|calories|kcal|hours|minutes|km|kilomet(?:er|re)s|miles|lit(?:er|re)s|ml)\b",
    "less": r"(?:least|lowest|smallest|shortest|lightest|cheapest|slowest|minimum|min|fewest)",
    "eatery": (r"(?:restaurant|cafe|café|coffee\s+shop|bar|pub|shop|store|place|gym|bakery|diner)s?"),
    "no_date": (
        r"(?!\s+(?:year|month|week|night|summer|winter|spring|autumn|fall|monday|tuesday|wednesday"
        r"|thursday|friday|saturday|sunday))"
    ),
}
"""What stands for `<name>` in a pattern."""

KINDS: Rules = (
    (
        "usual",
        (
            r"\b(?:what\s+time|when)\b.*\b(?:usually|normally|typically|generally|mostly|tend\s+to)\b",
            r"\b(?:my\s+)?usual\s+(?:time|bedtime|hour)\b|\bwhat\s+time\s+of\s+(?:the\s+)?day\b",
        ),
    ),
    (
        "how_long_since",
        (
            r"how\s+(?:long|many\s+<unit>)\s+(?:ago|has\s+it\s+been|is\s+it\s+since|have\s+passed)",
            r"how\s+long\s+since|how\s+long\s+(?:have|has)\b|how\s+(?:long|much\s+time)\s+has\s+(?:it|passed)",
            r"time\s+since|how\s+many\s+\w+\s+ago",
        ),
    ),
    (
        "how_often",
        (
            r"how\s+(?:often|frequently|regularly)|how\s+many\s+times\s+(?:a|per|each|every)\s+\w+",
            r"times\s+(?:a|per)\s+<unit>",
            r"how\s+many\s+(?!<measured>)\w+\b.*\b(?:a|per)\s+(?:day|week|month|year)\b(?!\s+(?:ago|before|after|later))",
        ),
    ),
    (
        "most",
        (
            r"\bwho(?:m)?\b.*\b(?:the\s+)?most(?:\s+often|\s+frequently)?\b(?!\s+(?:recent|expensive|\w+ly))",
            r"\b(?:which|what)\s+(?:\w+\s+)?<eatery>\b.*\b(?:go|went|visit(?:ed)?|eat|ate|been)\b.*\bmost\b",
            r"\bmost\s+(?:visited|frequented)\s+<eatery>",
            r"\b(?:where|(?:which|what)\s+(?:\w+\s+)?<eatery>)\b.*\b(?:spend|spent)\b.*\bmost\b",
        ),
    ),
    (
        "compare",
        (
            r"\b(?:compare|comparison|difference|versus|vs\.?)\b|\bcompared\s+(?:to|with)\b",
            r"\b(?:higher|lower|more|less|fewer|longer|shorter|better|worse)\b.*\b(?:or|than)\b",
            r"\bwhich\s+(?:year|month|winter|summer|one)\b.*\b(?:or)\b",
        ),
    ),
    (
        "trend",
        (
            r"\b(?:trends?|over\s+time|over\s+the\s+(?:years|months|last|past)|through\s+the\s+years|evolv\w+"
            r"|progress\w*|develop\w*|each\s+(?:winter|summer|year|month)|every\s+(?:winter|summer|year|month)"
            r"|by\s+(?:month|year)|year\s+by\s+year)\b",
            r"\bhow\s+(?:has|have|did)\b.*\b(?:changed?|gone|go|rise|risen|fall|fallen)\b",
            r"\b(?:gain(?:ed|ing)?|los(?:e|t|ing)|put\s+on)\s+(?:any\s+|some\s+)?weight\b",
            r"\b(?:go|going|gone|went)\s+(?:up|down)\b|\b(?:increas|decreas|rising|falling|dropp)\w*\b",
        ),
    ),
    ("average", (r"\b(?:average|averaged|mean|typical(?:ly)?|on\s+average|per\s+(?:day|week|month|night))\b",)),
    ("max", (r"\b<more>\b|\bmost\s+(?:expensive|steps|money|costly)\b|\brecord\s+high\b",)),
    ("min", (r"\b<less>\b|\brecord\s+low\b",)),
    (
        "sum",
        (
            r"\b(?:total|in\s+total|altogether|sum|overall|in\s+all|combined)\b",
            r"\bwhat\s+(?:did|do|have)\s+(?:i|we)\s+(?:spend|spent)\b",
            r"\bhow\s+much\b.*\b(?:spend|spent|cost\s+me)\b|\bhow\s+much\s+(?:money\s+)?(?:went|goes)\b",
            r"\bhow\s+far\s+(?:did|have)\s+(?:i|we)\s+(?:run|walk\w*|cycl\w*|sw[iu]m|hike\w*|jog\w*|rid\w+|bik\w+)\b",
            r"\bamount\s+spent\b|^\W*(?:(?!what|when|where|who|why|how)\w+\s+){0,4}spending\b",
        ),
    ),
    (
        "when",
        (
            r"\bdeadline\b|\bdue\s+(?:date|back)\b|\b(?:on|by|at)\s+(?:what|which)\s+(?:date|day|time)\b",
            r"\bin\s+(?:what|which)\s+(?:month|year|week)\b|\bwhat\s+(?:was|is)\s+the\s+(?:exact\s+)?date\b",
            r"^(?:until|till|since)\s+when\b",
        ),
    ),
    (
        "lookup",
        (
            r"\bhow\s+(?:much|many)\b.*\b(?:owed?|need|recipe|book(?:ed)?|tries|attempts)\b",
            r"\bhow\s+long\s+(?:does|should|will|can)\b",
        ),
    ),
    (
        "how_long_between",
        (
            r"\bhow\s+(?:long|many\s+<unit>)\b.*\b(?:between|from|after|before|until|till|take|took|last|lasted"
            r"|in)\b",
            r"\bhow\s+long\s+(?:was|were|did|am|do|had)\b|\bfor\s+how\s+long\b",
            r"\bhow\s+many\s+(?:years|months|weeks|days|hours)\b|\bhow\s+much\s+time\b",
        ),
    ),
    ("count", (r"\bhow\s+many\b|\bnumber\s+of\s+times\b|\bhow\s+much\s+times\b",)),
    (
        "list",
        (
            r"\b(?:list|name\s+all|all\s+(?:the|my|of)|every\s+\w+\s+(?:i|we)|which\s+\w+s\s+(?:have|did|do|has"
            r"|were|are)|what\s+\w+s\s+(?:have|did)\s+(?:i|we)|what\s+are\s+(?:all|the\s+\w+s\b))",
        ),
    ),
)

# The first or the last of several times; on its own it asks when that was.
ORDERS: Rules = (
    (
        "next",
        (
            r"\bupcoming\b",
            r"^(?!.*\b(?:did|was|were|had)\b).*\bnext\b<no_date>(?!\s+(?:day|morning|door|to|one|time)\b)",
        ),
    ),
    ("last", (r"\bcurrent\s+(?:home|house|apartment|flat|place|job|company|address)\b",)),
    ("last", (r"\b(?:last|latest|most\s+recent(?:ly)?)\b<no_date>|\b(?:stop(?:ped)?|quit|give\s+up|gave\s+up)\b",)),
    (
        "first",
        (
            r"\b(?:first|earliest)\b(?!\s+(?:name|class|floor|aid|half|quarter|week|of))",
            r"\bwhen\s+did\s+(?:i|we)\s+(?:start|begin|take\s+up)\b",
        ),
    ),
)

# Where none of them fits, the question word that comes first decides.
QUESTION_WORDS: Rules = (
    ("who", (r"\b(?:who|whom|whose|which\s+(?:person|friend|colleague|of\s+my))\b",)),
    (
        "where",
        (
            r"\b(?:where|(?:which|what)\s+(?:place|city|country|restaurant|cafe|café|hotel|park|town|venue"
            r"|location|neighbourhood|shop|hospital|clinic))\b",
        ),
    ),
    (
        "when",
        (
            r"\b(?:when|(?:what|which)\s+(?:date|day|month|year|time|weekday)|(?:the|what)\s+(?:exact\s+)?date"
            r"|deadline)\b",
        ),
    ),
    ("lookup", (r"\b(?:what|which|why|how)\b",)),
)

GROUPS: Rules = (
    ("season", (r"\b(?:each|every)\s+(?:winter|summer|spring|autumn|fall)\b|\bseasons?\b",)),
    ("weekday", (r"\bday\s+of\s+the\s+week\b|\bwhich\s+weekday\b",)),
    ("week", (r"\b(?:per|each|every|by|a|which|what)\s+week\b|\bweekly\b",)),
    ("month", (r"\b(?:per|each|every|by|a|which|what)\s+month\b|\bmonthly\b",)),
    ("year", (r"\b(?:per|each|every|by|a|which|what)\s+year\b|\b(?:yearly|annually)\b",)),
    ("day", (r"\b(?:per|each|every|a|which|what|single)\s+(?:day|night)\b|\b(?:daily|nightly)\b",)),
)

# Words that ask rather than say what is looked for.
ASKING = word_list(
    """
    years months weeks nights trends develop developed evolve evolved progress monthly yearly
    now nowadays coming upcoming ahead held front next planned
    thanks far farthest furthest topic subject title reason cause spot venue measurement measurements
    reading readings value deadline date day dates days time times year month week name thing things one
    ones person people place kind sort way anything something somebody someone many much long often
    ago first last latest recent recently most exactly roughly about around ever again still already yet
    also altogether overall frequently regularly kilometres kilometers km miles hours minutes won dollars
    longest shortest largest biggest smallest heaviest lightest single record combined typical typically
    usual usually per daily weekly monthly yearly annual annually exact according respectively average
    mean total sum number count amount highest lowest maximum minimum more less fewer than trend
    difference compare tell show find remind list know remember records please actually finally end
    really quite very so such happen happened go goes going went gone do did done have had has get got
    gotten be been being was were am is are come came take took taken make made let say said call called
    named use whole all every each both any other another back up out away own me my mine i we us our
    ours you it that this these those there here he she they him her them his their during while just
    right whose who whom which what when where why how since between until
    """
)
# Verbs that say little.
VAGUE = word_list(
    """
    feel felt go goes went going gone get got see saw seen use used take took put keep kept give gave
    given come came ask asked visit visited show showed due deadline want need promise promised offer
    offered volunteer volunteered share shared meant say said tell told
    """
)
# Adjectives and adverbs, which records may leave out.
ADJECTIVES = word_list(
    """
    specific direct key core main major particular primary exact final overall detailed possible
    necessary successfully finally ultimately clearly initially originally previously currently recently
    together nervous shaky anxious ill sick unwell new old big small large little lost broken missing
    happy sad favourite favorite best good better worse worst bad high low fast quick slow long short
    whole full empty hot cold warm wet dry expensive cheap free late early young next previous former
    current foreign abroad local famous strange funny beautiful nice great terrible difficult easy hard
    important secret special recurring regular busy tired angry monthly weekly yearly daily original
    different same certain own wrong strong weak loud quiet bright dark heavy light scary fresh clean
    dirty safe dangerous
    """
)
# Regular verbs of daily life that look like nouns or are not told by their place alone.
VERBS = word_list(
    """
    ask call use work try need help start play move like live happen learn change watch follow stop open
    walk offer remember love wait serve expect stay reach suggest raise pass decide pull return explain
    carry receive agree cover close regret fix repair cook bake clean wash paint visit travel plan book
    order cancel rent borrow adopt recommend promise mention introduce invite celebrate marry graduate
    retire join hire train practise practice exercise jog hike climb ski dance enjoy hate miss finish
    complete post discuss argue apologise apologize thank laugh smile cry worry plant pick drop lift push
    kick save earn owe donate sign register apply submit install print film photograph design study
    translate spoil ruin invest win diagnose treat cure sell break land depart arrive weigh measure
    simmer boil fry taste smell complain escape rescue trap slip trip injure sprain recover vote attend
    """
)
# What has irregular forms and is no verb.
IRREGULAR_NOUNS = word_list(
    """
    child children foot feet goose geese knife knives leaf leaves life lives man men mouse mice person
    people shelf shelves tooth teeth wife wives woman women half halves thief thieves wolf wolves good
    better best bad worse worst far further furthest farther farthest wind wound set cost bet
    """
)
# Groups and places that narrow what is asked, but that records leave out.
GENERAL = word_list(
    """
    money cash team people colleagues coworkers friends family guys group company firm work office home
    house
    """
)
# Nouns of what was only thought or said, which its records name: an idea, not a city.
NAMED_AS_SUCH = word_list(
    "idea ideas dream dreams promise promises worry worries resolution resolutions goal goals complaint complaints"
)
# A noun after these, or before those, says what sort of thing is asked for: which city, what book.
BEFORE_SORT = (
    r"\b(?:which|what)\s+(?:kinds?\s+of\s+|sorts?\s+of\s+|types?\s+of\s+)?"
    r"(?:(?!(?:is|are|was|were|did|do|does|has|have|had|will|would|can|could|should)\b)\w+\s+)?$"
)
AFTER_SORT = r"\s+(?:list|name)\b"
# Nouns of people, which a word before them describes: my college friend. After "who was" they only say who is meant.
PERSON = r"(?:friend|colleague|coworker|teacher|neighbou?r|classmate|member)s?\b"
PERSON_NOUNS = r"\s+" + PERSON
AFTER_WHO = r"\bwho\s+(?:is|was|are|were)\s+(?:my|the|a|that)\s+(?:\w+\s+)?$"
