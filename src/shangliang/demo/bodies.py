"""Bodies of the demo: kinds that a district really has, posts without the people who hold them."""

from ..people.models import Unit
from ..venues.models import Venue

DEPARTMENTS = (
    "区水利局", "区交通运输委", "区住房城乡建委", "区农业农村委", "区城市管理局", "区民政局", "区教委",
    "区生态环境局", "区卫生健康委", "区文化旅游委", "区公安局交巡警支队", "区经济信息委",
)  # fmt: skip
OTHERS = ("国网荣昌供电公司", "隆昌市石燕桥镇人民政府")
VILLAGES = ("马草村村民委员会", "普陀村村民委员会")
OFFICES = (
    "提案委员会", "经济委员会", "农业农村委员会", "人口资源环境建设委员会", "教科卫体委员会",
    "社会法制和民族宗教委员会", "文化文史和学习委员会", "委员联络活动办公室",
)  # fmt: skip
LEADERS = ("主席", *["副主席"] * 6, "秘书长")

MAO, SHAO, HE = "毛万二小院", "邵家坝院落", "禾苗村小院"
#: The courtyards that the article names; it does not say which village 邵家坝 belongs to: 马草村 is our choice.
ARTICLE_YARDS = (("安富街道普陀村", MAO, 18), ("清流镇马草村", SHAO, 26), ("盘龙镇禾苗村", HE, 22))
YARD_NAMES = ("黄桷树小院", "老水井小院", "石坝子小院", "竹林湾小院", "桂花院子", "大田坎院子", "新桥头小院")
JOINT_ROOM = "内荣农高区先行区协商室"
STUDIOS = (
    ("昌州街道", "畜牧科技城委员工作室"), ("广顺街道", "眼镜产业委员工作室"), ("安富街道", "陶艺文化委员工作室"),
    ("盘龙镇", "“双昌”合作示范园委员工作室"), ("万灵镇", "古镇文旅委员工作室"),
    ("安富街道普陀村", "普陀小院委员工作室"),
    ("清流镇马草村", "马草小院委员工作室"), ("盘龙镇禾苗村", "禾苗小院委员工作室"),
    ("河包镇核桃村", "核桃小院委员工作室"), ("古昌镇玉带村", "玉带小院委员工作室"),
    ("荣隆镇葛桥社区", "葛桥小院委员工作室"),
)  # fmt: skip
POINTS = (
    ("昌元街道玉屏社区", "黄葛树下协商点"), ("昌州街道板桥社区", "楼宇协商点"), ("双河街道沿河街社区", "沿河协商点"),
    ("吴家镇人和社区", "老街茶馆协商点"), ("仁义镇仁和社区", "广场协商点"), ("铜鼓镇万福桥社区", "桥头协商点"),
)  # fmt: skip
PREFIX = {
    Venue.Kind.HALL: "YZ", Venue.Kind.ROOM: "YS", Venue.Kind.POINT: "YD", Venue.Kind.COURTYARD: "XY",
    Venue.Kind.STUDIO: "GZ", Venue.Kind.JOINT_ROOM: "PL",
}  # fmt: skip


def office_of(town: str) -> str:
    """The town's own administration, by the town's name."""
    return f"{town}办事处" if town.endswith("街道") else f"{town}人民政府"


def party_of(town: str) -> str:
    """The town's Party committee, by the town's name."""
    return f"{town}党工委" if town.endswith("街道") else f"{town}党委"


def units(towns) -> list[tuple]:
    """(name, kind, region or None) of every body that takes on tasks."""
    kinds = Unit.Kind
    rows = [(name, kinds.DEPARTMENT, None) for name in DEPARTMENTS]
    rows += [(office_of(town.name), kinds.TOWN, town) for town in towns]
    rows += [(name, kinds.VILLAGE, None) for name in VILLAGES]
    return rows + [(name, kinds.OTHER, None) for name in OTHERS]
