"""Keeping files: bytes before rows, rows with files, nothing left behind."""

import os
import re
import time

import pytest

from shangliang.files import commands, policies, queries, store
from shangliang.files.models import Attachment
from shangliang.journal.models import Entry
from shangliang.people.actors import ANYONE, CLOCK, ReceiptHolder
from shangliang.people.roles import Role
from shangliang.shared.refusals import Refused

from . import samples


def files(settings):
    return sorted(p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file())


def test_a_picture_is_kept_under_a_name_of_ours_in_its_month(case, attachment, settings):
    assert re.fullmatch(r"[0-9a-f]{32}\.jpg", attachment.name)
    assert files(settings) == sorted([attachment.path, attachment.thumbnail_path])
    month = f"{attachment.added_at:%Y/%m}"
    assert attachment.path.parent == settings.MEDIA_ROOT / month
    assert attachment.path.stat().st_mode & 0o077 == 0
    assert attachment.size == attachment.path.stat().st_size
    assert (attachment.subject, attachment.subject_id) == ("cases.case", case.pk)
    assert attachment.region_code == case.region.code and not attachment.is_public


def test_captions_go_with_their_pictures_in_order_and_are_cut(case):
    made = commands.attach(
        by=ANYONE,
        about=case,
        role="before",
        uploads=[samples.upload(samples.jpeg()) for _ in range(3)],
        captions=["院坝\n东头", "长" * 200],
    )
    assert [a.caption for a in made] == ["院坝 东头", "长" * 80, ""]


def test_one_bad_file_keeps_none_of_them(case, settings):
    with pytest.raises(Refused):
        commands.attach(
            by=ANYONE,
            about=case,
            role="report",
            uploads=[samples.upload(samples.jpeg()), samples.upload(samples.SVG)],
        )
    assert not Attachment.objects.exists() and not files(settings)


def test_a_paper_is_no_report_photo(case):
    with pytest.raises(Refused, match="不是照片"):
        commands.attach(by=ANYONE, about=case, role="report", uploads=[samples.upload(samples.PDF)])


def test_a_full_disk_leaves_neither_row_nor_half_a_file(case, settings, monkeypatch):
    written = []

    def full(handle):
        written.append(handle)
        if len(written) > 4:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        commands.attach(
            by=ANYONE,
            about=case,
            role="report",
            uploads=[samples.upload(samples.jpeg()), samples.upload(samples.jpeg())],
        )
    assert not Attachment.objects.exists() and not files(settings)


def test_a_row_that_cannot_be_written_takes_its_files_back(case, settings, monkeypatch):
    monkeypatch.setattr(commands.pictures, "random_name", lambda kind: "a" * 32 + ".jpg")
    monkeypatch.setattr(Attachment, "save", lambda self, **how: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        commands.attach(
            by=ANYONE, about=case, role="report", uploads=[samples.upload(samples.jpeg())]
        )
    assert not files(settings)


def test_the_sweep_removes_old_strays_and_names_rows_without_file(
    attachment, case, paper, settings
):
    stray, young = attachment.path.with_name("b" * 32 + ".jpg"), attachment.path.with_name("c.jpg")
    draft = attachment.path.with_name(".0011.part")
    long_ago = time.time() - 2 * 86400
    for path in (stray, young, draft):
        path.write_bytes(b"stray")
    for path in (stray, draft, attachment.path, attachment.thumbnail_path, paper.path):
        os.utime(path, (long_ago, long_ago))
    attachment.thumbnail_path.unlink()
    swept = commands.sweep_orphans(by=CLOCK)
    assert swept.removed == [str(draft), str(stray)] and swept.missing == [attachment.name]
    assert young.exists() and attachment.path.exists() and paper.path.exists()


def test_files_of_a_record_and_of_a_case_come_in_one_query(
    attachment, case, paper, reviewer, django_assert_num_queries
):
    commands.publish_attachment(by=reviewer, attachment=paper)
    with django_assert_num_queries(1):
        assert queries.of(case) == [attachment, paper]
    with django_assert_num_queries(1):
        assert queries.for_case(case.no, public_only=True) == [paper]
    assert queries.for_case(case.no, public_only=False) == [attachment, paper]


def test_the_reviewer_publishes_and_withholds_with_a_reason(attachment, reviewer):
    commands.publish_attachment(by=reviewer, attachment=attachment)
    assert Attachment.objects.get().is_public
    with pytest.raises(Refused, match="已经公开"):
        commands.publish_attachment(by=reviewer, attachment=attachment)
    with pytest.raises(Refused, match="为什么"):
        commands.withhold_attachment(by=reviewer, attachment=attachment, why=" ")
    commands.withhold_attachment(by=reviewer, attachment=attachment, why="照片里有人脸")
    assert not Attachment.objects.get().is_public
    entries = Entry.objects.filter(event__startswith="files.").order_by("seq")
    assert [(e.event, e.why) for e in entries] == [
        ("files.published", ""),
        ("files.withheld", "照片里有人脸"),
    ]


def test_of_two_who_publish_at_once_one_is_told(attachment, reviewer):
    stale = Attachment.objects.get()
    commands.publish_attachment(by=reviewer, attachment=attachment)
    with pytest.raises(Refused, match="刚才已有人"):
        commands.publish_attachment(by=reviewer, attachment=stale)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEADER, Role.OFFICE_STAFF, Role.AUDITOR])
def test_others_may_not_publish(attachment, account, role):
    with pytest.raises(Refused, match="公开审核员"):
        commands.publish_attachment(by=account(role), attachment=attachment)


def test_erasing_takes_row_and_bytes_but_only_when_the_transaction_holds(
    attachment, office_staff, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert commands.erase_files(by=office_staff, attachments=[attachment]) == 1
        assert len(files(settings)) == 2
    assert not files(settings) and not Attachment.objects.exists()
    assert Entry.objects.filter(event="files.erased", subject_id=attachment.pk).count() == 1


def test_the_sender_may_erase_what_came_with_their_voice_and_nothing_else(attachment):
    attachment.subject, attachment.subject_id = "voices.voice", 7
    assert policies.may_erase_files(ReceiptHolder(7), attachment)
    assert policies.may_erase_files(CLOCK, attachment)
    assert not policies.may_erase_files(ReceiptHolder(8), attachment)
    assert not policies.may_erase_files(ANYONE, attachment)
    attachment.subject = "tasks.task"
    assert not policies.may_erase_files(ReceiptHolder(7), attachment)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "2023" / "05" / "a.jpg"

    def power_cut(*_paths):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "rename", power_cut)
    with pytest.raises(KeyboardInterrupt):
        store.write(path, b"body")
    assert not list(path.parent.iterdir())
