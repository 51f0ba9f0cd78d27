"""Tests of bot/reference."""
