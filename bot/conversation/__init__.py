"""The conversation. Pure: (session, event, library) -> turn. Knows no Telegram, no SQL."""
