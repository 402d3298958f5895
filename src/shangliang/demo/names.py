"""Made-up names, the same in every demo: nobody here exists, and every page of a demo says so."""

SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "示安", "例平", "样和", "试宁", "拟成", "范明", "演华", "练文", "设立", "仿真", "习之", "例源", "示远",
    "样青", "试云", "拟川", "范舟", "演林", "练达", "设言", "仿古", "习勤", "示棠", "例山",
)  # fmt: skip
#: Those who come to consultations from the courtyards; sealed in the register, never on a public page.
VILLAGERS = (
    "毛示甲", "毛示乙", "宪例丙", "宪例丁", "邵样戊", "邵样己", "禾试庚", "禾试辛", "龙拟壬", "龙拟癸", "晏范子",
    "晏范丑", "敖演寅", "敖演卯", "甘练辰", "甘练巳",
)  # fmt: skip
SECTORS = (
    "中共", "民盟", "民建", "民进", "农工党", "九三学社", "无党派人士", "共青团", "工会", "妇联", "工商联", "科协",
    "侨台联", "文化艺术界", "科技界", "经济界", "农业界", "教育界", "医药卫生界", "社会福利和社会保障界", "少数民族界",
    "宗教界", "特邀人士",
)  # fmt: skip
MEMBERS = 295


def members() -> list[tuple[str, str]]:
    """(name, sector) of the 295 members of the article, all different."""
    step = len(SURNAMES)
    return [
        (SURNAMES[n % step] + GIVEN[(n // step * 3 + n) % len(GIVEN)], SECTORS[n % len(SECTORS)])
        for n in range(MEMBERS)
    ]
