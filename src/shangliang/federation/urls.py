"""The addresses that neighbours come to."""

from django.urls import path

from . import views

app_name = "federation"
urlpatterns = [
    path("card.json", views.card_json, name="card"),
    path("<str:side>/inbox/", views.inbox, name="inbox"),
]
