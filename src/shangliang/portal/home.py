"""The front page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request):
    """What this is, the way to report, and the way to look something up."""
    return render(request, "portal/home.html")
