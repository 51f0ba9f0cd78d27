"""The Telegram channel: updates in, screens and files out. The only place that knows Telegram."""
