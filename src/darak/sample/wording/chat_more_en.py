"""More of friends in English: plans, food, errands, small talk."""



MORE_FRIENDS_EN = """
a: are we still on for {day}?
me: {yes, {11|noon|2|6:30} at {where}|yes but I need to leave by nine|could we do the day after?}
a: {perfect|works|sure}

me: what do you bring to a Korean housewarming?
a: {toilet paper, famously|detergent|anything in bulk}
me: {great, I already have some|glamorous}

a: someone left a {pineapple|single boot|harmonica case} on the bus seat next to me
me: {is it yours now|poetry|report it}

me: I have been on hold with {the bank|the airline|the phone company} for {20|35|50} minutes
a: {what's the music like|hang up and write|solidarity}

a: can you translate this sign for me?
a: Photo
me: {it says no parking|it's an ad for rice cakes|it says the door is broken, use the other one}
a: {saved again|thank you!}

me: tried {hobby} with a beginner class, {everyone else was seven|my pride is sore}
a: {heroic|keep going|pictures?}

[evening]
a: {toast|cereal|gimbap} for dinner, judge me
me: {no judgement|same energy|I had {food}, slightly better}

b: who's free to {move a sofa|feed the fish|water my plants} on {day}?
me: {me, after lunch|not this time|what does it pay}
a: {I can|ask again tomorrow}

[evening]
me: the {plumber|parcel|repair person} was meant to come between nine and six. it is well past six
a: {classic|call them|tomorrow then}

a: I accidentally waved at a stranger and now we're {friends|awkward}
me: {of course you did|network!}

[morning]
me: slept {nine hours|like a stone}
a: {jealous|good for you|what is your secret}

[morning]
me: slept four hours
a: {coffee?|oh no|go to bed at nine tonight}

a: which {umbrella|jacket|lamp} should I get, the {green|blue|yellow} one or the boring one?
me: {boring never fails|colour, always|neither}

b: I made a playlist for {trail}, only songs about feet
a: {why|skip to the end}
me: {iconic|bring a speaker|please no}

me: the neighbours have a new {piano|drill|parrot}
a: {oh no|any good?|move out}

a: my phone autocorrected {lunch|meeting} to {launch|melting} in a mail to everybody
me: {at least it was to me|delete everything}

[spring]
me: hay fever season has begun, tissues everywhere
a: {same, I look like I have been crying|get the nasal spray|stay in}

[winter]
me: {cold|flu} season has begun, tissues everywhere
a: {ginger tea|get well|stay home}

a: is it rude to {leave after an hour|ask for the recipe|bring my own chilli sauce}?
me: {depends on the host|no|yes and do it anyway}

me: {finished|abandoned} my to-do list
a: {what was on it|a toast to that}
me: {mostly 'make a list'|dentist, bank, laundry, nap}

b: quiz night needs a {fourth|fifth}, topics are {rivers|cheese|the nineties}
me: {finally my moment|I know nothing, I'm in}
a: {same team please|reading up now}

a: {bakery|noodle place} by my office closed for good
me: {nooo|we should have eaten there more|the end of an era}

me: how do you keep {basil|coriander|a sourdough starter} alive
a: {I don't|sunlight and guilt|buy a new one monthly}

a: saw someone {juggling|doing tai chi|reading aloud} on the platform
me: {best commute|was it me}

me: it's {cold} today
a: {tell me about it|noticed|I refuse to go out}

b: the group photo is finally edited
a: {you removed my second chin, thank you|who is that in the back}
me: {printing it|love it}

a: do I want a {cat|bike|dishwasher} or do I want to feel something
me: {sleep on it|the second}
"""
