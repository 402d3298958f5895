"""The shipped lists 六有 and 五上墙 and the words of review levels; a committee edits its own copy."""

#: kind → [(name, lines)]; 六有: the district's article and its neighbours, 五上墙: 商洛《管理办法》.
LISTS = {
    "standard": [
        ("六有", ("有阵地", "有标识", "有制度", "有流程", "有活动", "有成效")),
        ("五上墙", ("统一标识", "人员信息", "工作职责", "工作流程", "规章制度")),
    ],
    "levels": [("评议等次", ("示范", "优秀", "杰出"))],
}
