"""The product with a bug in its inbox, to show that the proof would notice: PROOF_PLANT says which."""

import os

from shangliang.federation import views
from shangliang.federation.commands import inbox
from shangliang.wsgi import application

__all__ = ["application"]
PLANT = os.environ["PROOF_PLANT"]

if PLANT == "answer-before-commit":
    real = views.commands.take
    seen: dict = {}

    def take(*, by, peer, letters):
        """Say that everything was taken, and forget a tenth of it."""
        seen["n"] = seen.get("n", 0) + 1
        if seen["n"] % 10 == 0 and letters:
            last = inbox.unpack(letters[-1].body.encode())
            return inbox.Taken(peer.epoch_in, max(peer.heard_seq, last.seq), len(letters))
        return real(by=by, peer=peer, letters=letters)

    views.commands.take = take

if PLANT == "no-deduplication":
    # Every letter counts as new: its number is moved on, as if it had never come.
    def again(self, letter, told):
        from shangliang.partnerships.models import PlanItem, PlanProgress

        item = PlanItem.objects.filter(joint=told.topic).first()
        if item and "text" in told.fields:
            PlanProgress.objects.create(
                committee=item.committee, item=item, side=told.origin, on=told.fields["on"], text=told.fields["text"]
            )

    inbox._Reader._same_again = again

