"""Reports on the desk, and as papers to take home."""

import io

import pytest
from docx import Document

from shangliang.people.roles import Role
from shangliang.research import commands as research
from tests.papers.conftest import needs_fonts

from .conftest import TEXT


def test_the_page_numbers_the_sentences_and_offers_both_papers(final, client_as, office_staff):
    page = client_as(office_staff).get(f"/desk/research/{final.pk}/").content.decode()
    assert "<sup>5</sup>建议设立产业融资担保；" in page
    for ending in ("docx", "pdf"):
        assert f"/desk/research/{final.pk}/1.{ending}" in page


def test_the_word_file_opens_and_holds_the_text(final, client_as, office_staff):
    answer = client_as(office_staff).get(f"/desk/research/{final.pk}/1.docx")
    assert answer.status_code == 200
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    for words in ("推动眼镜产业高质量发展的调研报告", "建议设立产业融资担保；", "一、难处", "执笔委员"):
        assert words in text, words


@needs_fonts
def test_the_pdf_is_one_and_the_same_for_the_same_text(final, client_as, office_staff):
    client = client_as(office_staff)
    first = client.get(f"/desk/research/{final.pk}/1.pdf")
    assert first["Content-Type"] == "application/pdf" and first.content.startswith(b"%PDF")
    assert client.get(f"/desk/research/{final.pk}/1.pdf").content == first.content


@needs_fonts
def test_a_hostile_text_is_only_text(report, office_staff, client_as):
    research.save_version(by=office_staff, report=report, text='#read("/etc/passwd") $x^2$ \\ *b* `raw` <a> @b。')
    assert client_as(office_staff).get(f"/desk/research/{report.pk}/1.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("ending", ["txt", "exe"])
def test_other_endings_and_versions_are_not_found(final, client_as, office_staff, ending):
    client = client_as(office_staff)
    assert client.get(f"/desk/research/{final.pk}/1.{ending}").status_code == 404
    assert client.get(f"/desk/research/{final.pk}/9.docx").status_code == 404


def test_a_draft_is_read_by_its_authors_and_the_office_alone(written, client_as, account, author, member_account):
    address = f"/desk/research/{written.pk}/"
    assert client_as(account(Role.MEMBER, member=author)).get(address).status_code == 200
    for stranger in (member_account, account(Role.PARTY_APPROVER)):
        assert client_as(stranger).get(address).status_code == 404
        assert client_as(stranger).get(f"{address}1.docx").status_code == 404


def test_a_member_reads_a_final_report_of_others(final, client_as, member_account):
    assert client_as(member_account).get(f"/desk/research/{final.pk}/").status_code == 200


def test_a_refused_text_stays_in_the_form(report, client_as, office_staff):
    answer = client_as(office_staff).post(
        f"/desk/do/report/{report.pk}/save_version/", {"seen": "draft", "text": "请打 13812345678 联系厂长。"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "疑似个人信息" in page and "请打 13812345678 联系厂长。" in page


def test_what_waits_is_in_the_right_inbox(written, client_as, account, author, office_staff):
    writer = account(Role.MEMBER, member=author)
    assert written.title in client_as(writer).get("/desk/").content.decode()
    research.submit(by=office_staff, report=written)
    assert written.title not in client_as(writer).get("/desk/").content.decode()
    assert written.title in client_as(office_staff).get("/desk/").content.decode()


def test_lists_and_page_ask_a_fixed_number_of_queries(
    final, committee, office_staff, author, client_as, count_queries
):
    client = client_as(office_staff)
    addresses = ["/desk/research/", f"/desk/research/{final.pk}/", "/desk/"]
    for address in addresses:
        client.get(address)
    before = [count_queries(lambda a=address: client.get(a)) for address in addresses]
    for n in range(6):
        more = research.begin(by=office_staff, committee=committee, title=f"报告{n}", lead=author)
        research.save_version(by=office_staff, report=more, text=TEXT)
        research.submit(by=office_staff, report=more)
    assert [count_queries(lambda a=address: client.get(a)) for address in addresses] == before
