"""Consultations 协商活动: convening, attendance by role, agenda, minutes as versions, confirmation by all sides, report."""
