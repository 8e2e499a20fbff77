"""English words whose forms no stemmer joins: a question says `buy` where the record says `bought`."""

_GROUPS = """
be is am are was were been|become became|begin began begun|bend bent|bet|bite bit bitten|bleed bled|blow blew blown
break broke broken|bring brought|build built|burn burnt burned|buy bought|catch caught|choose chose chosen|come came
cost|creep crept|cut|deal dealt|dig dug|do did done|draw drew drawn|dream dreamt dreamed|drink drank drunk
drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fly flew flown
forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten
give gave given|go went gone|grow grew grown|hang hung|have had|hear heard|hide hid hidden|hit|hold held|hurt
keep kept|kneel knelt|know knew known|lay laid|lead led|lean leant leaned|learn learnt learned|leave left|lend lent
let|lie lay lain|light lit lighted|lose lost|make made|mean meant|meet met|mistake mistook mistaken|pay paid|put|quit
read|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent
set|sew sewn sewed|shake shook shaken|shine shone|shoot shot|show showed shown|shrink shrank shrunk|shut
sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid|smell smelt smelled|speak spoke spoken|speed sped
spell spelt spelled|spend spent|spill spilt spilled|spin spun|spit spat|split|spoil spoilt spoiled|spread
spring sprang sprung|stand stood|steal stole stolen|stick stuck|sting stung|strike struck|swear swore sworn|sweep swept
swell swelled swollen|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told|think thought
throw threw thrown|understand understood|undo undid undone|upset|wake woke woken|wear wore worn|weave wove woven
weep wept|win won|wind wound|withdraw withdrew withdrawn|write wrote written
child children|foot feet|goose geese|knife knives|leaf leaves|life lives|man men|mouse mice|person people|shelf shelves
tooth teeth|wife wives|woman women|half halves|thief thieves|wolf wolves
good better best|bad worse worst|far further furthest farther farthest
"""

_forms = {
    word: tuple(words)
    for group in _GROUPS.replace("\n", "|").split("|")
    if len(words := group.split()) > 1
    for word in words
}


def inflections(word: str) -> tuple[str, ...]:
    """All forms of an irregular English word, itself among them; else only itself."""
    return _forms.get(word, (word,))
