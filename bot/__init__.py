"""Puts it together: settings, application, access, scheduling, delivery, logs, command line, local chat."""
