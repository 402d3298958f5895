"""The words for what is registered of a place, for its form and for the journal alike."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "address": _("详细地址"), "group_no": _("小组"), "households": _("户数"), "phone": _("电话"),
    "latitude": _("纬度"), "longitude": _("经度"),
}  # fmt: skip
