"""Why a proposal is not filed: the ten grounds of the national committee, each with the way on which it goes on."""

from django.utils.translation import gettext_lazy as _

from ..voices.reasons import Reason

#: http://www.cppcc.gov.cn/2011/12/16/ARTI1513309182298148.shtml; what is not filed is told and passed on otherwise.
GROUNDS = {
    "secret": Reason(
        _("涉及党和国家秘密"), _("内容涉及党和国家秘密，不能在这里流转，请按保密规定直接报送有关机关。")
    ),
    "forbidden": Reason(_("国家明令禁止"), _("所提内容属于国家明令禁止的事项，已向提案人说明有关规定。")),
    "party_personnel": Reason(
        _("党内组织人事"), _("中共党员对党内组织、人事安排的意见，请按党内规定的渠道反映。")
    ),
    "party_internal": Reason(_("民主党派内部问题"), _("民主党派内部的问题，请向所在党派组织反映。")),
    "in_court": Reason(
        _("已进入诉讼、仲裁"), _("民事、刑事、行政诉讼或仲裁正在进行，请依法律程序向受理机关提出。")
    ),
    "academic": Reason(_("学术研讨"), _("学术研讨的内容，建议交有关学会、院校或研究机构讨论。")),
    "private_gain": Reason(
        _("为本人或亲属解决个人问题"), _("个人的具体问题，按委员来信转有关部门依规定办理，并请部门直接答复本人。")
    ),
    "advertising": Reason(_("宣传推介具体作品、产品"), _("宣传推介具体作品、产品的内容，请通过相应的推介渠道办理。")),
    "accusation": Reason(
        _("指名举报"), _("指名举报请向纪检监察机关（12388）或公安机关提出，材料不转给被举报人。")
    ),
    "empty": Reason(_("内容空泛，没有具体建议"), _("还没有具体建议，请补充情况和可以办理的建议，再次提交。")),
}


def ground_choices() -> list:
    """(code, title) of the grounds for a form."""
    return [(code, reason.title) for code, reason in GROUNDS.items()]
