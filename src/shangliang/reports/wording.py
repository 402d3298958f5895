"""The text from which reports are made: plain paragraphs with marks such as ``{{voices}}`` where numbers stand.

Reports are Chinese papers, so that this text is not translated. A committee keeps its own copy.
"""

import re

from django.utils.translation import gettext as _

from ..consultations.models import Consultation
from ..figures.definitions import FIGURES
from ..shared.refusals import Refused

MARK = re.compile(r"\{\{\s*(.*?)\s*\}\}")
#: What stands where people have to write themselves; a report with such a place cannot be settled.
TO_WRITE = "（待写"

DEFAULT = """\
一、总体情况
{{period}}，{{committee}}收到群众反映{{voices}}件{{voices.compared}}，立为议题{{topics}}个{{topics.compared}}，开展协商{{consultations}}场{{consultations.compared}}，到会{{attendances}}人次、{{persons}}人，形成约定{{agreements}}项{{agreements.compared}}，交办{{tasks}}件{{tasks.compared}}。
二、四个平台
委员进小院协商{{consultations.courtyard}}场，毗邻协商议事室协商{{consultations.joint_room}}场，委员工作室协商{{consultations.studio}}场，委员沙龙协商{{consultations.salon}}场；另在镇街和村（社区）协商议事室协商{{consultations.room}}场。现有协商的地方{{places}}处。
三、议题与协商
立为议题{{topics}}个，开展协商{{consultations}}场。到会{{attendances}}人次是每场相加，{{persons}}人是同一个人只算一次。委员走访{{visits}}次{{visits.compared}}。
四、约定与交办
协商中各方确认约定{{agreements}}项，交给单位去办{{tasks}}件。
五、办理与评价
已销号{{closed_tasks}}件{{closed_tasks.compared}}。至少有一个反映人或参会人说办好了的事{{solved}}件；到期没有人评价的反映{{silent}}件，不说话不算满意。公开案例{{published}}件。
六、覆盖
各镇街开展协商：{{consultations.towns}}。没有列出的镇街，这一期没有开过会。
七、毗邻协同
在毗邻协商议事室协商{{consultations.joint_room}}场，到会{{attendances.joint_room}}人次。
（待写：和毗邻地区一起办了什么）
八、工作室与沙龙
现有委员工作室{{studios}}个，举办委员沙龙{{salons}}场{{salons.compared}}，公开成果{{results}}项。
九、没有办好的和原因
到期没有评价的反映{{silent}}件。
（待写：哪些事没有办好，卡在哪里，是什么原因）
十、下一步
（待写：下一步做什么）
"""


def marks() -> dict[str, str]:
    """Every mark that a text may hold, and what stands in its place."""
    known = {
        "period": _("这一期，如“2023年”"), "committee": _("政协的简称"), "before": _("上一期的叫法，如“上一年”"),
    }  # fmt: skip
    for figure in FIGURES:
        known[figure.key] = f"{figure.name}（{figure.unit}）"
        if figure.when:
            known[f"{figure.key}.before"] = _("%(name)s，上一期") % {"name": figure.name}
            known[f"{figure.key}.compared"] = _("%(name)s，括号里写上一期多少、多了还是少了") % {"name": figure.name}
        if figure.region:
            known[f"{figure.key}.towns"] = _("%(name)s，一个镇街一个镇街地列，按区划代码的次序") % {"name": figure.name}
        for value, label in Consultation.Carrier.choices if figure.carrier else ():
            known[f"{figure.key}.{value}"] = _("%(name)s，%(carrier)s") % {"name": figure.name, "carrier": label}
    return known


def check(text: str, field: str) -> None:
    """Raise Refused, by the field, for marks that mean nothing (with their names) and for braces left alone."""
    known = marks()
    unknown = [name for name in dict.fromkeys(MARK.findall(text)) if name not in known]
    if unknown:
        sentence = _("没有“%(names)s”这样的记号，请照记号表写。")
        raise Refused(sentence % {"names": "”“".join(name[:40] for name in unknown[:5])}, field=field)
    rest = MARK.sub("", text)
    if "{{" in rest or "}}" in rest:
        raise Refused(_("有一处花括号没有配对，记号要写成 {{voices}} 这样。"), field=field)
