"""The log's addresses for programs (C2SP tlog-tiles, tlog-witness)."""

from django.urls import path

from . import views

app_name = "witness"
urlpatterns = [
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("keys", views.log_keys, name="keys"),
    path("tile/<str:level>/<path:number>", views.tile, name="tile"),
    path("proof/<int:seq>", views.proof, name="proof"),
    path("witness/add-checkpoint", views.add_checkpoint, name="add_checkpoint"),
]
