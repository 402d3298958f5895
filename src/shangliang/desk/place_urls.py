"""Addresses under /desk/venues/: the app's own, and the page of a place, which shows what later stages know of it."""

from django.urls import path

from ..venues import urls
from . import places

app_name = "venues"
urlpatterns = [
    path("<int:pk>/", places.venue, name="venue"),
    path("<int:pk>/code/", places.issue_wall_code, name="issue_wall_code"),
    *urls.urlpatterns,
]
