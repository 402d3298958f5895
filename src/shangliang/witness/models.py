"""The log's tiles, its salts and checkpoints, the neighbours that watch each other, and proofs of two histories."""

from django.db import models


class Tile(models.Model):
    """256 hashes of the tree, or (level −1) the commitments of 256 entries; the last one of a level still grows."""

    ENTRIES = -1

    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "witness_tile"
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="witness_tile_once")]

    def __str__(self):
        return f"{self.level}/{self.number}"


class Salt(models.Model):
    """What ties an entry of the journal to its leaf; erased, the leaf means nothing and the log still proves."""

    seq = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=32)

    class Meta:
        db_table = "witness_salt"

    def __str__(self):
        return str(self.seq)


class Checkpoint(models.Model):
    """A state of the log that we signed."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "witness_checkpoint"

    def __str__(self):
        return str(self.size)


class Watched(models.Model):
    """A neighbouring installation's log: we co-sign it, and it co-signs ours."""

    name = models.CharField(max_length=60)
    origin = models.CharField(max_length=200, unique=True)
    log_key = models.CharField(max_length=300)
    witness_key = models.CharField(max_length=300)
    #: Where its witness answers; empty when its checkpoints are carried by hand.
    address = models.CharField(max_length=200, default="", blank=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    #: The last checkpoint of theirs that we co-signed.
    size = models.BigIntegerField(default=0)
    note = models.TextField(default="", blank=True)
    cosigned_at = models.DateTimeField(null=True)
    #: How far of our own log it has co-signed.
    their_size = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "witness_watched"

    def __str__(self):
        return self.name


class Cosignature(models.Model):
    """A neighbour's signature under one of our checkpoints, with the time it gave."""

    checkpoint = models.ForeignKey(Checkpoint, models.CASCADE, related_name="cosignatures")
    watched = models.ForeignKey(Watched, models.PROTECT, related_name="cosignatures")
    line = models.CharField(max_length=400)
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "witness_cosignature"
        constraints = [models.UniqueConstraint(fields=["checkpoint", "watched"], name="witness_cosigned_once")]

    def __str__(self):
        return f"{self.watched_id} {self.checkpoint_id}"


class Fork(models.Model):
    """Two checkpoints, both signed by the same neighbour, that cannot both be true."""

    watched = models.ForeignKey(Watched, models.PROTECT, related_name="forks")
    known = models.TextField()
    claimed = models.TextField()
    found_at = models.DateTimeField()

    class Meta:
        db_table = "witness_fork"

    def __str__(self):
        return f"{self.watched_id} {self.pk}"
