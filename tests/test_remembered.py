"""Making things from memory gives what making them anew gives, and memory ends where the state is not known."""

from shangliang.journal.verify import verify
from shangliang.people.models import Account
from shangliang.people.roles import Role

from . import factories
from .remembered import memory


def test_what_is_put_back_is_what_was_made(committee, village):
    """The committee itself may already come from memory here: the chain of the journal still holds."""
    with memory.of_a_test():
        first = factories.account(Role.LIAISON, committee=committee, region=village)
        kept = memory.known[memory.history]
        grants = list(first.grants.values())
        memory._put_back(
            {table: ([row[0] for row in came], []) for table, (_gone, came) in kept.rows.items() if "head" not in table}
        )
        assert not Account.objects.filter(pk=first.pk).exists()
        memory.history = 0
        again = factories.account(Role.LIAISON, committee=committee, region=village)
    assert (again, again.username, list(again.grants.values())) == (first, first.username, grants)
    assert verify().whole


def test_a_write_of_somebody_else_ends_it(committee):
    with memory.of_a_test():
        Account.objects.filter(committee=committee).update(name="改了")
        assert memory.history is None


def test_in_the_body_of_a_test_every_step_is_real(committee):
    assert memory.history is None
    known = len(memory.known)
    factories.account(Role.REVIEWER, committee=committee)
    assert len(memory.known) == known
