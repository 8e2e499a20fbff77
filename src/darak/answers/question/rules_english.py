"""The wording of English questions. In each table the first pattern that fits decides."""

from darak.language.word_list import word_list

_UNIT = r"(?:years?|months?|weeks?|days?|hours?|minutes?|nights?)"
_MORE = r"(?:most(?!\s+recent)|highest|largest|biggest|longest|greatest|heaviest|farthest|furthest|fastest|maximum|max|peak|priciest|costliest)"
_LESS = r"(?:least|lowest|smallest|shortest|lightest|cheapest|slowest|minimum|min|fewest)"

KINDS = (
    ("how_long_since", rf"how\s+(?:long|many\s+{_UNIT})\s+(?:ago|has\s+it\s+been|is\s+it\s+since|have\s+passed)|how\s+long\s+since|how\s+long\s+(?:have|has)\b"
                       r"|how\s+(?:long|much\s+time)\s+has\s+(?:it|passed)|time\s+since|how\s+many\s+\w+\s+ago"),
    ("how_often", rf"how\s+(?:often|frequently|regularly)|how\s+many\s+times\s+(?:a|per|each|every)\s+\w+|times\s+(?:a|per)\s+{_UNIT}"),
    ("compare", r"\b(?:compare|comparison|difference|versus|vs\.?)\b|\bcompared\s+(?:to|with)\b|\b(?:higher|lower|more|less|fewer|longer|shorter|better|worse)\b.*\b(?:or|than)\b"
                r"|\bwhich\s+(?:year|month|winter|summer|one)\b.*\b(?:or)\b"),
    ("trend", r"\b(?:trends?|over\s+time|over\s+the\s+(?:years|months|last|past)|through\s+the\s+years|evolv\w+|progress\w*|develop\w*|each\s+(?:winter|summer|year|month)|every\s+(?:winter|summer|year|month)|by\s+(?:month|year)|year\s+by\s+year)\b"
              r"|\bhow\s+(?:has|have|did)\b.*\b(?:changed?|gone|go|rise|risen|fall|fallen)\b|\b(?:going|gone|went)\s+(?:up|down)\b|\b(?:increas|decreas|rising|falling|dropp)\w*\b"),
    ("average", r"\b(?:average|averaged|mean|typical(?:ly)?|on\s+average|per\s+(?:day|week|month|night))\b"),
    ("max", rf"\b{_MORE}\b|\bmost\s+(?:expensive|steps|money|costly)\b|\brecord\s+high\b"),
    ("min", rf"\b{_LESS}\b|\brecord\s+low\b"),
    ("sum", r"\b(?:total|in\s+total|altogether|sum|overall|in\s+all|combined)\b|\bhow\s+much\b.*\b(?:spend|spent|cost\s+me)\b|\bhow\s+much\s+(?:money\s+)?(?:went|goes)\b|\bamount\s+spent\b"),
    ("when", r"\bdeadline\b|\bdue\s+(?:date|back)\b|\b(?:on|by|at)\s+(?:what|which)\s+(?:date|day|time)\b|\bin\s+(?:what|which)\s+(?:month|year|week)\b|\bwhat\s+(?:was|is)\s+the\s+(?:exact\s+)?date\b|^(?:until|till|since)\s+when\b"),
    ("lookup", r"\bhow\s+(?:much|many)\b.*\b(?:owed?|need|recipe|book(?:ed)?|tries|attempts)\b|\bhow\s+long\s+(?:does|should|will|can)\b"),
    ("how_long_between", rf"\bhow\s+(?:long|many\s+{_UNIT})\b.*\b(?:between|from|after|before|until|till|take|took|last|lasted|in)\b|\bhow\s+long\s+(?:was|were|did|am|do|had)\b|\bfor\s+how\s+long\b"
                         rf"|\bhow\s+many\s+(?:years|months|weeks|days|hours)\b|\bhow\s+much\s+time\b"),
    ("count", r"\bhow\s+many\b|\bnumber\s+of\s+times\b|\bhow\s+much\s+times\b"),
    ("list", r"\b(?:list|name\s+all|all\s+(?:the|my|of)|every\s+\w+\s+(?:i|we)|which\s+\w+s\s+(?:have|did|do|has|were|are)|what\s+\w+s\s+(?:have|did)\s+(?:i|we)|what\s+are\s+(?:all|the\s+\w+s\b))"),
)  # fmt: skip

# The first or the last of several times; on its own it asks when that was.
_NOT_DATE = r"(?!\s+(?:year|month|week|night|summer|winter|spring|autumn|fall|monday|tuesday|wednesday|thursday|friday|saturday|sunday))"
ORDERS = (
    ("last", rf"\b(?:last|latest|most\s+recent(?:ly)?)\b{_NOT_DATE}|\b(?:stop(?:ped)?|quit|give\s+up|gave\s+up)\b"),
    ("first", r"\b(?:first|earliest)\b(?!\s+(?:name|class|floor|aid|half|quarter|week|of))|\bwhen\s+did\s+(?:i|we)\s+(?:start|begin|take\s+up)\b"),
)  # fmt: skip

# Where none of them fits, the question word that comes first decides.
QUESTION_WORDS = (
    ("who", r"\b(?:who|whom|whose|which\s+(?:person|friend|colleague|of\s+my))\b"),
    ("where", r"\b(?:where|(?:which|what)\s+(?:place|city|country|restaurant|cafe|café|hotel|park|town|venue|location|neighbourhood|shop|hospital|clinic))\b"),
    ("when", r"\b(?:when|(?:what|which)\s+(?:date|day|month|year|time|weekday)|(?:the|what)\s+(?:exact\s+)?date|deadline)\b"),
    ("lookup", r"\b(?:what|which|why|how)\b"),
)  # fmt: skip

GROUPS = (
    ("season", r"\b(?:each|every)\s+(?:winter|summer|spring|autumn|fall)\b|\bseasons?\b"),
    ("weekday", r"\bday\s+of\s+the\s+week\b|\bwhich\s+weekday\b"),
    ("week", r"\b(?:per|each|every|by|a|which|what)\s+week\b|\bweekly\b"),
    ("month", r"\b(?:per|each|every|by|a|which|what)\s+month\b|\bmonthly\b"),
    ("year", r"\b(?:per|each|every|by|a|which|what)\s+year\b|\b(?:yearly|annually)\b"),
    ("day", r"\b(?:per|each|every|a|which|what|single)\s+(?:day|night)\b|\b(?:daily|nightly)\b"),
)  # fmt: skip

# Words that ask rather than say what is looked for.
ASKING = word_list(
    """
    thanks far farthest furthest topic subject title reason cause spot venue measurement measurements reading readings value deadline
    date day dates days time times year month week name thing things one ones person people place kind
    sort type way anything something somebody someone many much long often ago first last latest recent
    recently most exactly roughly about around ever again still already yet also altogether overall
    frequently regularly kilometres kilometers km miles hours minutes won dollars longest shortest
    largest biggest smallest heaviest lightest single record combined typical typically usual usually
    per daily weekly monthly yearly annual annually exact according respectively average mean total sum
    number count amount highest lowest maximum minimum more less fewer than trend difference compare
    tell show find remind list know remember records please actually finally end really quite very so
    such happen happened go goes going went gone do did done have had has get got gotten be been being
    was were am is are come came take took taken make made let say said call called named use whole all
    every each both any other another back up out away own me my mine i we us our ours you it that this
    these those there here he she they him her them his their during while just right whose who whom
    which what when where why how since between until
    """
)
VAGUE = word_list(
    """
    feel felt go goes went going gone get got see saw seen use used take took put keep kept give gave
    given come came ask asked visit visited show showed due deadline want need promise promised offer
    offered volunteer volunteered share shared meant say said tell told
    """
)
ADJECTIVES = word_list(
    """
    nervous shaky anxious ill sick unwell new old big small large little lost broken missing happy sad
    favourite favorite best good better worse worst bad high low fast quick slow long short whole full
    empty hot cold warm wet dry expensive cheap free late early young main next previous former current
    final foreign abroad local famous strange funny beautiful nice great terrible difficult easy hard
    important secret special recurring regular busy tired angry monthly weekly yearly daily original
    different same certain own wrong strong weak loud quiet bright dark heavy light scary empty fresh clean
    dirty safe dangerous
    """
)
# A noun after these says what sort of thing is asked for: which city, what book.
BEFORE_SORT = r"\b(?:which|what)\s+(?:kind\s+of\s+|sort\s+of\s+)?(?:\w+\s+)?$"
AFTER_SORT = r"\s+(?:list|name)\b"
# Groups and places that narrow what is asked, but that records leave out.
GENERAL = word_list(
    """
    money cash team people colleagues coworkers friends family guys group company firm work office home house
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
    complete post discuss argue apologise apologize thank laugh smile cry worry plant pick drop lift
    push kick save earn owe donate sign register apply submit install print film photograph design study
    translate spoil ruin invest win diagnose treat cure sell break land depart arrive weigh measure
    simmer boil fry taste smell complain escape rescue trap slip trip injure sprain recover vote attend
    """
)
IRREGULAR_NOUNS = word_list(
    """
    child children foot feet goose geese knife knives leaf leaves life lives man men mouse mice person people
    shelf shelves tooth teeth wife wives woman women half halves thief thieves wolf wolves good better best
    bad worse worst far further furthest farther farthest wind wound set cost bet
    """
)
