"""Tests of the files in the folder deploy."""
