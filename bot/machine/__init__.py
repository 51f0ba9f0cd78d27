"""The machine: what the program asks of the computer that it runs on, and of the network.

Each module stands for itself, and imports nothing of ours:

- apart: a process of its own for each stranger's file, with limits
- fetching: a page of a site
- figures: what is counted and measured, for Prometheus
- logs: lines on stderr that say what happened, never who wrote what
- resources: where templates and catalogues stand
- supervisor: what systemd is told
- translator: a translation service
"""
