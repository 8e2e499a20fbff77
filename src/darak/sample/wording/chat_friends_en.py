"""Friends in English, informal."""



FRIENDS_EN = """
[noon]
a: what did you have for lunch?
me: {food}, {again|obviously|from the place near work}
a: {jealous|I had leftovers|solid choice} {haha|lol|}

a: {weather}!
me: {same here|I noticed|I can see it from my desk}
a: {typical|that's {today} for you|should we still meet on {day}?}

me: have you seen {film} yet?
a: {not yet|yes, last night|half of it, I fell asleep}
me: {worth it?|don't tell me the ending|we should go}
a: {the ending is odd but good|the music alone is worth it|it's long}

a: anyone up for {trail} on {Saturday|Sunday}?
me: {I'm in|depends on the weather|can we start late?}
b: {count me in|out this time, sorry|only if there is cake after}
a: {meeting at the station at {8|9|9:30}|will check the bus times}

me: my legs are dead after {trail}
a: {same, took the lift today|stretch!|worth the view though}

a: trying a new place for {food} on {day}, want to come?
me: {sure|I have a thing that evening|which end of town?}
a: {near exit {2|3|5}|it's tiny, we should queue early|they only take cash}

me: three episodes of {show} in one night. {send help|no regrets|I am not okay}
a: {told you|wait for episode five|I gave up on that one}

a: did you finish {book}?
me: {nearly|gave up at chapter six|yes, and I want to talk about it}
a: {bring it on {day}|no rush|my copy has coffee all over it}

a: my {plant} is {dying, any tips|looking sad, what do I do|dropping leaves again}
me: {less water|more light|talk to it}

me: {the bus|the subway} was packed, {stood the whole way|missed two stops}
a: {ugh|cycle!|I'm working from home and feeling smug}

a: is it just me or is everyone {feeling} today
me: {it's you|it's the weather|definitely me too}

me: found a {thing} on sale, {should I|I did it}
a: {you already have one|yes|how much?}
me: {half price|don't ask}

a: how's the {hobby} going?
me: {slowly|better than expected|I went once}
a: {that counts|proud of you|want company next time?}

a: happy {today}
me: is it though
a: {coffee helps|one more meeting|nope}

b: photos from {trail} are up
a: {lovely|why are my eyes closed in all of them|the last one is great}
me: {saving a few|thanks for these}

me: running {5|10|15} minutes late, sorry
a: {no worries|I just got here|ordering for you}

a: what was the name of that {café|bakery|bar} with the {lemon tart|blue door|terrible chairs}?
me: {no idea, near the old cinema|let me check my photos|it closed I think}

me: cooked {food} at home, {turned out edible|smoke alarm approved}
a: {recipe please|brave|saving me some?}

a: phone died at lunch, did I miss anything?
me: {nothing|just memes|we moved dinner to {7|7:30|8}}

a: parents are visiting {this weekend|next month}, where should I take them?
me: {the market, then a walk|somewhere with chairs|{where}}
a: {good shout|they'll love that}

b: who has my {umbrella|hat|water bottle}?
a: {not me|it's on my shelf, has been for weeks}
b: {knew it|thank you}

me: {song} has been in my head all day
a: {great, now in mine too|I don't know it|good taste}

a: learning the word for "{awkward|cosy|stubborn|homesick}" in Korean, help
me: {I'll voice note you|which one, there are three|depends who you ask} 
a: {of course there are|you're the best}

me: board games on {day}?
a: {only if we don't play the train one|yes, I'll bring snacks|let me check}
b: {I'm free after {6|7|8}|in}

a: new {coffee|tea|juice|doughnut} place opened downstairs and I am broke now
me: {priorities|take me|is it actually good?}

[evening]
a: can't sleep, the neighbours are {singing|moving furniture|arguing about a parking spot}
me: {earplugs|at least it's live music}

me: the library extended its hours, {finally|until ten}
a: {my people|see you there|study date}

a: tell me something good
me: {I finished {task}|the baker gave me an extra roll|I found a seat on the train}
a: {that'll do|love that}

b: proposal: no phones at dinner
a: {agreed|says the one who films soup}
me: {fine|unless it's food photos}

a: is the {market|gallery|pool} open on {day}s?
me: {I think until five|closed, sadly|check the site, it changed}

[weekend]
me: laundry, groceries, call home. thrilling {today}
a: {living the dream|same|add nap to the list}

a: I burnt the {toast|rice|garlic} again
me: {talent|order {food}|timer, friend, timer}

a: what size are your {shoes|boots}? sale on
me: {no more boots please|too late, bought some|sending a picture}

b: quick poll, {earlier|later} start on {day}?
me: {earlier|later}
a: {whatever gets us lunch|same as above}

me: look at this
me: Photo
a: {wow|is that near you?|new wallpaper}

a: my sister had her {first day of school run|driving test|graduation show}
me: {how did it go?|time flies, how was it?}
a: {fine, lots of tears|better than anybody thought}

a: the new season of {show} is out
me: {clearing my week|never finished the last one|is it any good}
"""
