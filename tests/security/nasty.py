"""Words that mean something to a program which reads them; to a letter they are words."""

from __future__ import annotations

NASTY = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "attribute": "\" onmouseover='alert(3)' x=\"",
    "entities": "&lt;b&gt; &amp;amp; &#60; &#x202e;",
    "markdown": "*bold* _slanted_ `code` [text](tg://user?id=1) ||hidden||",
    "telegram": "<b>bold</b> <a href='tg://user?id=1'>x</a> @everyone /delete",
    "word": "<w:p><w:r><w:t>new</w:t></w:r></w:p> <w:fldSimple w:instr='DDEAUTO c'/>",
    "cdata": "]]> <![CDATA[x]]> <!--x--> <?xml version='1.0'?>",
    "field": "{ DDEAUTO c:\\\\x\\\\y.exe } { INCLUDETEXT z }",
    "typst": '#read("/etc/hostname") #set text(red) #eval("1+1") $x^2$ @ref <label> \\u{41}',
    "raw": "```typ #panic() ``` `x` // y /* z */ = Heading",
    "jinja": "{{ 7*7 }} {% raw %} {# x #} ${7*7} %(name)s %s 100%",
    "formula": '=HYPERLINK("http://x.example","x")',
    "plus": "+1+1",
    "minus": "-1+1|cmd",
    "at": "@SUM(1+1)",
    "wide": "\uff1d1\uff0b1",
    "wide plus": "\uff0b1",
    "wide minus": "\uff0d1",
    "wide at": "\uff20SUM(1)",
    "quotes": 'x","=1+1","y\';=2+2;\'',
    "path": "../../etc/passwd",
    "windows": "..\\..\\con.txt C:\\nul aux. prn ",
    "sql": "'); DROP TABLE users; --",
    "header": "x Bcc: other@example.org Subject: y =?utf-8?q?z?=",
}
"""In one line. None of them is cleaned away: each is to be read as it was typed."""

BROKEN = {
    "line": "x\nBcc: other@example.org",
    "carriage": "x\r\nBcc: other@example.org\r\n\r\nbody",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "feed": "\n=1+1",
    "null": "x\x00y",
    "escape": "\x1b[2J\x1b]0;title\x07x",
    "controls": "x\x01\x08\x0b\x0c\x1f\x7f\x85y",
    "turned": "invoice\u202efdp.exe",
    "isolate": "\u2066x\u2069\u200fy",
    "separators": "x\u2028y\u2029z",
    "halves": "x\ud83dy\udc00",
    "none": "x\ufffe\uffff\ufdd0y",
    "long": "x" * 5_000,
}
"""What no line of a letter can hold: of these something is dropped, and nothing may break."""

ALL = {**NASTY, **BROKEN}
