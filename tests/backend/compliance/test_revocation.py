"""What people write when they want no more texts, and what only sounds like it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.compliance.revocation import LONGEST_PHRASE, revokes

WISHES = """
not interested, stop
no thanks stop
STOP John
stop -John
STOP Sent from my iPhone
cancel messages
end texts
remove
remove from list
delist me
Do not disturb
I revoke
leave me the hell alone
STOP por favor
no más mensajes
stop svp
unsubcribe
stopp
not my number
This is not John
this isn't her
she passed away
Sorry, John passed away last year
do not call me, email instead
you sent this to the wrong number
please stop texting me
Please stop
stop please
Can you please stop?
STOP. I never signed up for this
Stop it
just stop already
I said STOP
Ok stop now
Please stop sending me messages
stop messaging me
Stop calling me!!
stop contacting this number
quit texting me
Stop with the texts
stop all messages
stop these texts please
Would you stop texting my phone
stop spamming me
stop harassing me
I texted STOP three times already
I already told you to stop
I asked you not to text me
I want you to stop texting me
you need to stop
Do not contact me again
don't text me anymore
Don’t ever text me again
Never text this number again
Please do not call or text me
do not message me
dont contact me
No more texts please
no more messages
I don't want any more messages
I do not want to receive these texts
I don't want to be contacted
I don't want to hear from you
Not interested, please don't contact me again
take me off your list
Take me off this list please.
please remove me
Remove my number
remove me from your list
Delete my number please
get me off your list!
please take my number off your list
I asked to be removed
unsubscribe me please
I'd like to unsubscribe
how do I unsubscribe
I want to opt out
opt me out
I am opting out of these messages
I revoke my consent
I withdraw my permission to text me
I never signed up for this
I did not agree to these texts
I never gave you permission
wrong number
Sorry, wrong number
You have the wrong number
I think you've got the wrong person
this is not her number
There is no Maya at this number
nobody by that name here
lose my number
leave me alone
Leave us alone please
go away
Fuck off
I will report you for spam
put me on your do not call list
Hi Ana, thanks, but please stop texting me. Good luck!
STOP⏎⏎Sent from my iPhone
Stop - John Smith
🛑🛑
ｐｌｅａｓｅ　ｓｔｏｐ ｔｅｘｔｉｎｇ ｍｅ
No me escribas más
no me escriba más por favor
Ya no me manden mensajes
No me contacten
Deje de escribirme
Dejen de mandar mensajes
no quiero recibir mensajes
Alto
Basta ya
número equivocado
quítenme de la lista
Déjame en paz
quiero darme de baja
ARRÊT
Arrêtez
arrêtez de m'écrire
Ne me textez plus
ne m'envoyez plus de messages
je ne veux plus recevoir de textos
Désabonnez-moi
retirez-moi de votre liste
mauvais numéro
laissez-moi tranquille
"""

ORDINARY = """
They quit sending the invoices
you sent the wrong number, invoice says 5
remove me from the CC please
Stop laughing
Stop tomorrow?
cancel the call
End of messages, see the mail
I revoke the offer
That's not my number one priority
This is not urgent
This isn't working
My grandmother passed away, can we move the demo?
My phone is on do not disturb
remove it
no hay más mensajes
cancel my 3pm
Please cancel my appointment tomorrow
stop by at noon
Stop by tomorrow?
I'll stop by the office
Can you stop by at 4?
don't stop, this is great
Don't stop
I can't stop laughing
please remove the second item
Remove the logo from the second page please
is this the wrong number for support?
Did I text the wrong number?
I had the wrong number for your office
I gave you the wrong number, it's 555-0123
Oops, I sent it to the wrong person
My phone stopped working
Which bus stop is closest?
it's a one-stop shop
I had to stop for gas
Let me stop you there
Why did you stop texting me?
did you stop sending the weekly report?
I will stop texting you so late, sorry
Please don't stop sending me these
you never text me anymore
Why don't you text me tomorrow
If you don't text me the address I can't come
don't call me, text me instead
Please don't call, just send a text
Don't forget to text me
Don't hesitate to contact me
Do not hesitate to call
we will end the contract in May
End of month works
quit my job last week, new email soon
I can't wait to hear from you
I don't want to miss your messages
I don't want to wait until Monday
Do you have more messages like this?
There are no more seats
no more questions from me, thanks
take me off hold please
Please take me off the meeting invite
can you take me off the waiting list and book me in?
get me a quote
Take me to your leader
Can our customers opt out later?
What's the opt-out rate?
the unsubscribe link is broken
We opted out of the dental plan
I don't want to unsubscribe
Reply STOP to unsubscribe
I accidentally unsubscribed from the webinar
You sent the wrong invoice
there's something wrong with the number on page 2
What's wrong?
We'll go away for the weekend
Don't leave me alone with this decision
He left me alone with the kids
I never signed up for the webinar, can I still join?
I did not agree to that price
I never asked
Not interested right now, maybe in spring
Yes please
Sounds good!
Stop? No way!
Let's not stop now
When does the promotion stop?
The train doesn't stop in Yonkers
Full stop.
How do I stop the auto-renewal?
We need to stop the shipment to Dallas
please stop the order
Haha stop it 😂 you're too kind
Don't bother coming in, we can do it by phone
I won't text and drive
She wants to remove a seat from the plan
Could you delete the last row
Is this still your number?
This is my new number
who is this?
new phone, who dis
I'm not sure
I'm not Ana's boss
I agreed to the terms
opt for the bigger plan
the option is out of stock
Put me on your list!
add me to the list
Alto ahí, ¿cuánto cuesta?
el edificio es muy alto
no me escribiste ayer
No me llames, escríbeme por mensaje
para mañana está bien
Parece bien
quiero más información
l'arrêt de bus est devant l'immeuble
On s'arrête à midi
arrêtez-vous quand vous voulez
plus de messages que prévu
je veux plus d'informations
"""


def lines(table: str) -> list[str]:
    return [line.replace("⏎", "\n") for line in table.strip().splitlines()]


@pytest.mark.parametrize("body", lines(WISHES))
def test_a_wish_to_stop_is_found(body):
    assert revokes(body)


@pytest.mark.parametrize("body", lines(ORDINARY))
def test_what_only_sounds_like_it_is_an_ordinary_text(body):
    assert revokes(body) is None


def test_the_sentence_that_tells_is_given_back():
    body = "Hi Ana! Thanks, but please STOP texting me. Good luck."
    assert revokes(body) == "thanks, but please stop texting me."


@given(st.text(max_size=400))
def test_any_text_is_read(body):
    phrase = revokes(body)
    assert phrase is None or 0 < len(phrase) <= LONGEST_PHRASE


@pytest.mark.parametrize(
    "body",
    [
        "please " * 1400 + "x",
        "stop " * 2000 + "x",
        "do not " * 1400 + "x",
        "i don't want to " * 600 + "x",
        "i i " * 2500,
        "no me " * 1600 + "x",
        "no longer " * 1000,
        "a" * 10_000,
        "," * 10_000,
        " - " * 3300,
    ],
    ids=lambda body: body[:12],
)
def test_no_text_takes_long_to_read(body):
    begun = time.perf_counter()
    revokes(body)
    assert time.perf_counter() - begun < 0.25
