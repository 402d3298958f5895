"""The demonstration: 荣昌区 with made-up people who live through real procedure, every step a command."""
