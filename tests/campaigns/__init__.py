"""Tests of the campaign folders."""
