"""The log of corrections for everybody, as a page and as a feed."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..figures import history
from ..people.tenancy import within


@require_safe
def corrections(request):
    """Every correction and every changed definition, the latest first."""
    if request.committee is None:
        raise Http404
    return render(request, "portal/corrections.html", {"changes": history.changes()})


class Corrections(Feed):
    """The same as Atom; a feed reader asks for it, nothing is pushed."""

    feed_type = Atom1Feed
    title, link, subtitle = _("更正记录"), "/figures/corrections/", _("公布过的数字后来改了什么、为什么。")

    def __call__(self, request, *args, **kwargs):
        if request.committee is None:
            raise Http404
        with within(request.committee):
            return super().__call__(request, *args, **kwargs)

    def items(self):
        return history.changes()

    def item_title(self, change):
        return _now("%(name)s（第 %(n)s 版）") % {"name": change.figure.name, "n": change.version}

    def item_description(self, change):
        return change.words

    def item_link(self, change):
        return f"/figures/{change.figure.key}/#{change.mark}"

    def item_updateddate(self, change):
        return timezone.make_aware(dt.datetime.combine(change.on, dt.time()))
