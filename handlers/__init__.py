"""Telegram updates to calls to replies: one module for each family of commands."""
