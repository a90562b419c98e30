"""Pure text → facts → answers: no I/O but the package's own data files, no Telegram, no SQL."""
