"""One side of the proof, one process for each thing it does; SHANGLIANG_HOME says whose side it is.

    python -m proof.crossing.side establish SIDE          make the committee, print its card
    python -m proof.crossing.side meet ADDRESS < card     take the other side's card in, reached at ADDRESS
    python -m proof.crossing.side propose | accept        the partnership
    python -m proof.crossing.side begin N | agree         N lines of the plan, and the assent to the other side's
    python -m proof.crossing.side write N SEED            N statements about the lines of the plan
    python -m proof.crossing.side relay                   send what waits, again and again, until it is killed
    python -m proof.crossing.side send                    send what waits, once, to the end
    python -m proof.crossing.side parcels                 how large the parcels were
    python -m proof.crossing.side serve                   the web server alone
    python -m proof.crossing.side dump                    what this side knows, as JSON
"""

import json
import os
import random
import sys
import time
from datetime import timedelta

PARCEL = int(os.environ.get("PROOF_PARCEL", "4"))


def main(what, *more):
    """Do one thing."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "shangliang.settings"
    import django

    django.setup()
    if what == "serve":
        return serve()
    if what == "establish":
        return establish(*more)
    from shangliang.people.models import Committee
    from shangliang.people.tenancy import within

    committee = Committee.objects.select_related("region").get()
    if what == "relay":
        return relay()
    with within(committee):
        office = committee.accounts.get(username="office")
        print(json.dumps(globals()[what](committee, office, *more), ensure_ascii=False), flush=True)


def establish(key):
    from django.core.management import call_command

    from shangliang.demo.neighbours.sides import SIDES
    from shangliang.federation import byhand
    from shangliang.people import commands as people
    from shangliang.people.actors import CLOCK
    from shangliang.people.roles import Role
    from shangliang.people.tenancy import within
    from shangliang.regions.commands import load
    from shangliang.regions.models import Region
    from shangliang.rules import commands as rules

    side = SIDES[key]
    call_command("migrate", interactive=False, verbosity=0)
    load(by=CLOCK, codes=["511083" if side.region == "5110" else side.region])
    committee = people.establish_committee(
        by=CLOCK, code=side.code, name=side.name, short_name=side.short, region=Region.objects.get(code=side.region)
    )
    with within(committee):
        rules.seed_rules(by=CLOCK, committee=committee)
        guard = people.open_account(by=CLOCK, committee=committee, username="guard", name="guard")
        people.grant_role(by=CLOCK, account=guard, role=Role.SECURITY_ADMIN)
        office = people.open_account(by=guard, committee=committee, username="office", name="office")
        people.grant_role(by=guard, account=office, role=Role.COMMITTEE_OFFICE)
        print(byhand.our_card(committee).decode())


def meet(committee, office, address):
    from shangliang.federation import byhand, commands

    said = byhand.read_card(sys.stdin.buffer.read())
    commands.meet(by=office, committee=committee, **{**said, "address": address, "log": "", "witness": ""})


def propose(committee, office):
    from datetime import date

    from shangliang.federation.models import Peer
    from shangliang.federation.relay import relay as send
    from shangliang.partnerships import commands

    peer = Peer.objects.get()
    commands.propose(
        by=office, committee=committee, title="proof", others=[(peer.side, peer.name, peer.short_name)],
        paper_title="proof", signed_on=date.today(), since=date.today(), until=date(2099, 1, 1),
    )
    return send()


def accept(committee, office):
    from shangliang.federation.relay import relay as send
    from shangliang.partnerships import commands
    from shangliang.partnerships.models import Partnership

    partnership = Partnership.objects.select_related("committee__region").get()
    commands.accept(by=office, partnership=partnership, signer="主席")
    return send()


def begin(committee, office, number):
    from datetime import date

    from shangliang.federation.relay import relay as send
    from shangliang.partnerships import commands
    from shangliang.partnerships.models import Partnership

    partnership = Partnership.objects.select_related("committee__region").get()
    for n in range(int(number)):
        commands.put_forward(
            by=office, committee=committee, partnership=partnership, kind="other", title=f"{committee.code}{n}",
            due_on=date(2098, 1, 1),
        )
    return send()


def agree(committee, office):
    from shangliang.federation.relay import relay as send
    from shangliang.partnerships import commands
    from shangliang.partnerships.models import PlanItem

    theirs = PlanItem.objects.select_related("committee__region").filter(state="proposed")
    for item in theirs.exclude(lead=committee.region.code):
        commands.agree(by=office, planitem=item)
    return send()


def write(committee, office, number, seed):
    from datetime import date

    from shangliang.partnerships import commands
    from shangliang.partnerships.models import PlanItem

    chance = random.Random(int(seed))
    items = list(PlanItem.objects.select_related("committee__region").order_by("title"))
    for n in range(int(number)):
        commands.progress(by=office, planitem=chance.choice(items), on=date.today(), text=f"{committee.code}-{n}")


def relay():
    """Parcels are small and waits short, so that many requests meet the bad line within the time of a test."""
    from shangliang.federation import letters
    from shangliang.federation import relay as relaying
    from shangliang.federation.commands import outbox

    outbox.FIRST_WAIT, outbox.LONGEST_WAIT = timedelta(milliseconds=5), timedelta(milliseconds=80)
    plain = relaying.waiting
    relaying.waiting = lambda peer, most=PARCEL, size=letters.MOST_PARCEL: plain(peer, most, size)
    while True:
        try:
            relaying.relay(200)
        except Exception as error:  # a busy database; the next turn tries again
            print(repr(error), file=sys.stderr, flush=True)
        time.sleep(0.01)


def serve():
    """The product's own server; PROOF_PLANT puts a bug into its inbox."""
    from shangliang.serving import server

    target = "shangliang.wsgi:application"
    if os.environ.get("PROOF_PLANT"):
        target = "proof.crossing.planted:application"
    server(int(os.environ["PORT"]), target).serve()


def send(committee, office, pace=""):
    """Send everything that waits, as the product does; ``slow`` sends each letter by itself."""
    from shangliang.federation import letters
    from shangliang.federation import relay as relaying
    from shangliang.federation.models import Peer

    if pace:
        plain = relaying.waiting
        relaying.waiting = lambda peer, most=1, size=letters.MOST_PARCEL: plain(peer, 1, size)
    peer = Peer.objects.select_related("committee__region").get()
    done = 0
    while sent := relaying.send(peer):
        done += sent
        peer.refresh_from_db()
    return done


def parcels(committee, office):
    """The sizes of the parcels in which everything was sent."""
    from shangliang.federation import letters, relay
    from shangliang.federation.models import Outgoing

    rows = list(Outgoing.objects.order_by("seq"))
    step = letters.MOST_LETTERS
    return [len(letters.pack(relay.as_letters(rows[at : at + step]))) for at in range(0, len(rows), step)]


def dump(committee, office):
    from shangliang.federation.models import Incoming, Outgoing, Peer
    from shangliang.journal.verify import verify
    from shangliang.partnerships.models import PlanItem, Statement

    peer = Peer.objects.get()
    lines = {}
    for item in PlanItem.objects.prefetch_related("progress"):
        rows = [(row.side, row.text) for row in item.progress.order_by("pk")]
        lines[item.joint] = {"state": item.state, "by": {side: [t for s, t in rows if s == side] for side, _t in rows}}
    return {
        "lines": lines, "statements": Statement.objects.count(), "sent": peer.sent_seq, "acked": peer.acked_seq,
        "heard": peer.heard_seq, "state": peer.state, "incoming": Incoming.objects.count(),
        "not entered": Incoming.objects.exclude(state="applied").count(), "broken": verify().reason,
        "waiting": Outgoing.objects.filter(acked_at=None).count(), "error": peer.last_error,
    }  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
