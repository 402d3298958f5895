"""The form field for several pictures."""

from django import forms
from django.utils.datastructures import MultiValueDict

from shangliang.files.forms import PicturesField

from . import samples


class Report(forms.Form):
    photos = PicturesField(required=False)


class Minutes(forms.Form):
    paper = PicturesField(papers=True)


def filled(form, name, *bodies):
    files = MultiValueDict({name: [samples.upload(body) for body in bodies]})
    return form({}, files)


def test_several_pictures_come_out_ready_to_be_kept():
    form = filled(Report, "photos", samples.jpeg(), samples.encoded(samples.photo(), "PNG"))
    assert form.is_valid(), form.errors
    assert [p.media_type for p in form.cleaned_data["photos"]] == ["image/jpeg"] * 2


def test_no_picture_is_an_empty_list_where_none_is_needed_and_a_sentence_where_one_is():
    assert filled(Report, "photos").is_valid() and Report({}, {}).is_valid()
    assert filled(Report, "photos").fields["photos"].clean([]) == []
    assert filled(Minutes, "paper").errors["paper"]


def test_the_refusal_stands_beside_the_field_and_its_file_name_is_harmless():
    form = Report({}, MultiValueDict({"photos": [samples.upload(b"x", "<img src=x>.jpg")]}))
    assert "不是照片" in form.errors["photos"][0]
    assert "<img" not in str(form.errors["photos"]) and "&lt;img" in str(form.errors["photos"])


def test_the_input_offers_camera_and_album_and_says_its_limits():
    html = str(Report()["photos"])
    for part in ('type="file"', "multiple", 'accept="image/*"', 'data-max-files="6"'):
        assert part in html
    assert "application/pdf" in str(Minutes()["paper"])
