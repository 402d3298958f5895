"""The editable rule set 示例规则, the calendar of working days with 调休, and deadlines that explain themselves."""
