"""Tests of bot/letters."""
