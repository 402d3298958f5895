"""Consultations 协商活动: convening, attendance by role, agenda, versioned minutes, confirmation by all sides."""
