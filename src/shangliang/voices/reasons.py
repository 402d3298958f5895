"""Why a voice is not consulted on: reason codes, the words people read, and the way that leads on."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    """A reason code of screening: a short title, the sentence for the person, and the next place to turn to."""

    title: object
    words: object


#: Lawful channels: 信访工作条例 (2022) arts 17, 22–23; 北京市接诉即办工作条例 art. 11.
CHANNELS = {
    "emergency": Reason(
        _("紧急情况"), _("这是紧急情况，请立即拨打 110、119、120 或 122，不要等待网上答复。")
    ),
    "litigation": Reason(
        _("涉法涉诉"), _("这件事已进入或应当进入诉讼程序，请向人民法院或检察院提出；需要帮助可拨打法律服务热线 12348。")
    ),
    "arbitration": Reason(
        _("劳动、人事或商事仲裁"), _("这类争议由仲裁机构处理，请向劳动人事争议仲裁委员会申请；可先拨打 12333 咨询。")
    ),
    "reconsideration": Reason(
        _("行政复议"), _("对行政机关的决定不服，可在知道之日起六十日内申请行政复议。")
    ),
    "discipline": Reason(
        _("纪检监察举报"), _("举报党员干部违纪违法，请向纪检监察机关提出，电话 12388；您的信息我们不会转给被举报人。")
    ),
    "petition": Reason(
        _("已在信访办理中"), _("这件事已由信访部门登记办理，请凭原来的查询码查询，避免重复提交。")
    ),
    "hotline": Reason(_("政务服务便民热线"), _("这类日常诉求由 12345 热线受理更快，请拨打 12345。")),
}

#: National CPPCC's grounds for not filing a proposal, used by analogy (domain.md 1.7).
GROUNDS = {
    "secret": Reason(_("涉及党和国家秘密"), _("内容涉及国家秘密，不能在这里受理和流转。")),
    "forbidden": Reason(_("国家明令禁止"), _("所提内容属于国家明令禁止的事项，不能协商。")),
    "party_personnel": Reason(
        _("党内组织人事"), _("这属于党内组织人事意见，请按党内规定的渠道反映。")
    ),
    "party_internal": Reason(_("民主党派内部问题"), _("这属于民主党派内部事务，请向其组织反映。")),
    "in_court": Reason(_("已进入诉讼、仲裁"), _("这件事已进入诉讼或仲裁程序，应等候其结果。")),
    "academic": Reason(_("学术研讨"), _("这属于学术讨论，不宜作为协商事项。")),
    "private_gain": Reason(
        _("为本人或亲属解决个人问题"), _("这是个人的具体问题，请按相应部门的办事程序办理；需要时我们可以告诉您找谁。")
    ),
    "advertising": Reason(_("宣传推介具体产品"), _("宣传推介具体作品或产品的内容不予受理。")),
    "accusation": Reason(_("指名举报"), _("指名举报请向纪检监察机关（12388）或公安机关提出。")),
    "empty": Reason(_("内容空泛"), _("还看不出具体是什么事、在哪里，请补充后再反映一次。")),
    "beyond_powers": Reason(_("超出本区权限"), _("这件事不在本区权限之内，我们已在说明里写明由谁负责。")),
    "spam": Reason(_("与公共事务无关"), _("内容与公共事务无关，不予受理。")),
}


def channel_choices() -> list:
    """(code, title) of the lawful channels for a form."""
    return [(code, reason.title) for code, reason in CHANNELS.items()]


def ground_choices() -> list:
    """(code, title) of the grounds for a form."""
    return [(code, reason.title) for code, reason in GROUNDS.items()]
