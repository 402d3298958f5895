"""Addresses of the register of places; the desk adds the page of one place."""

from django.urls import path

from . import views

app_name = "venues"
urlpatterns = [
    path("", views.venues, name="venues"),
    path("open/", views.open_venue, name="open_venue"),
    path("<int:pk>/close/", views.close_venue, name="close_venue"),
    path("codes/<int:pk>/poster/", views.poster, name="poster"),
    path("codes/<int:pk>/revoke/", views.revoke_wall_code, name="revoke_wall_code"),
]
