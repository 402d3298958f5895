"""Our keys, the neighbours we know with theirs, what goes out, what came in, and the proofs of a broken promise."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..people.tenancy import TenantModel, tenant_manager


class OwnKey(TenantModel):
    """A signing key of our committee; the private half is sealed under a key that is not in the database."""

    key_id = models.CharField(max_length=32)
    public = models.CharField(max_length=64)
    private = models.CharField(max_length=400)
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["committee"], condition=models.Q(retired_at=None), name="own_key_one_in_use"
            )
        ]

    def __str__(self):
        return self.key_id


class Peer(TenantModel):
    """A neighbouring committee with which we exchange signed messages: where it is, and how far both have come."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等对方的名片")
        ACTIVE = "active", _("往来中")
        PAUSED = "paused", _("我方暂停")
        REWOUND = "rewound", _("记录对不上，已停")
        REVOKED = "revoked", _("已断开")

    MOVES = {
        "meet": ({State.WAITING, State.ACTIVE, State.REVOKED}, State.ACTIVE),
        "pause": ({State.ACTIVE}, State.PAUSED),
        "resume": ({State.PAUSED}, State.ACTIVE),
        "rewind": ({State.ACTIVE, State.PAUSED}, State.REWOUND),
        "begin_epoch": ({State.REWOUND}, State.ACTIVE),
        "revoke": ({State.ACTIVE, State.PAUSED, State.REWOUND, State.WAITING}, State.REVOKED),
    }

    side = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20)
    #: Where its inbox is; empty for a committee on this very machine, or one that is reached by hand alone.
    address = models.CharField(max_length=200, default="", blank=True)
    #: The public log of its installation, which we watch, if its card names one.
    log_origin = models.CharField(max_length=200, default="", blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    epoch_out = models.PositiveIntegerField(default=1)
    sent_seq = models.BigIntegerField(default=0)
    acked_seq = models.BigIntegerField(default=0)
    epoch_in = models.PositiveIntegerField(default=1)
    heard_seq = models.BigIntegerField(default=0)
    last_sent_at = models.DateTimeField(null=True)
    last_heard_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, default="", blank=True)
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    #: Seconds by which its clock is ahead of ours, as last seen.
    skew = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "side"], name="peer_side_once")]

    def __str__(self):
        return self.short_name


class PeerKey(TenantModel):
    """A key of a neighbour, good for its messages after ``from_seq`` up to ``until_seq``; a revoked one for nothing."""

    peer = models.ForeignKey(Peer, models.CASCADE, related_name="keys")
    key_id = models.CharField(max_length=32)
    public = models.CharField(max_length=64)
    from_seq = models.BigIntegerField(default=0)
    until_seq = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "key_id"], name="peer_key_once")]

    def __str__(self):
        return self.key_id


class Outgoing(TenantModel):
    """One message of ours to a neighbour, queued with the change it tells of, kept for those who want to know."""

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="outgoing")
    epoch = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    topic = models.CharField(max_length=32)
    event = models.CharField(max_length=60)
    body = models.TextField()
    signature = models.CharField(max_length=128)
    key_id = models.CharField(max_length=32)
    #: Personal fields that crossed, each by the consent of the person.
    consents = models.CharField(max_length=120, default="", blank=True)
    queued_at = models.DateTimeField()
    acked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "epoch", "seq"], name="outgoing_seq_once")]
        indexes = [models.Index(fields=["committee", "topic"], name="outgoing_topic")]

    def __str__(self):
        return f"{self.peer_id} {self.epoch}/{self.seq}"


class Incoming(TenantModel):
    """One message of a neighbour, kept as it came, with what became of it."""

    class State(models.TextChoices):
        APPLIED = "applied", _("已登记")
        HELD = "held", _("等同一件事的前一条")
        REFUSED = "refused", _("不能登记，待人处理")
        FAILED = "failed", _("出错，会再试")
        UNKNOWN = "unknown", _("本版本不认识，已保存")
        SET_ASIDE = "set_aside", _("已搁置")

    #: These keep later messages about the same matter waiting.
    BLOCKING = frozenset({State.HELD, State.REFUSED, State.FAILED})
    MOVES = {
        "retry": ({State.HELD, State.REFUSED, State.FAILED, State.UNKNOWN}, None),
        "set_aside": ({State.REFUSED, State.FAILED, State.HELD}, State.SET_ASIDE),
    }
    STATED = True  # besides being set aside, its state is what came of applying it

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="incoming")
    epoch = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    topic = models.CharField(max_length=32)
    event = models.CharField(max_length=60)
    body = models.TextField()
    #: Keyed digest of the bytes as they came, by which they are recognised though a name was taken out since.
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key_id = models.CharField(max_length=32)
    state = models.CharField(max_length=9, choices=State.choices, default=State.HELD)
    note = models.CharField(max_length=300, default="", blank=True)
    arrived_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    objects = tenant_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "epoch", "seq"], name="incoming_seq_once")]
        indexes = [
            models.Index(fields=["committee", "topic"], name="incoming_topic"),
            models.Index(fields=["peer", "state"], name="incoming_state"),
        ]

    def __str__(self):
        return f"{self.peer_id} {self.epoch}/{self.seq}"


class Nonce(TenantModel):
    """A request that was taken, remembered for as long as its signature is worth something."""

    peer = models.ForeignKey(Peer, models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=64)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "nonce"], name="nonce_once")]

    def __str__(self):
        return self.nonce


class Evidence(TenantModel):
    """Two signed things that cannot both be true, kept side by side."""

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20)
    known = models.TextField()
    claimed = models.TextField()
    found_at = models.DateTimeField()

    def __str__(self):
        return self.kind
