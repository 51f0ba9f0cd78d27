"""Campaign folders that would hang the program or fill its memory: what each holds, by its name."""

from __future__ import annotations

import re

from tests.campaigns.folders import CATALOGUE, SETTINGS

HEAD, REST = CATALOGUE.split("\n\n", 1)
TAG = re.compile(r"(?<=%\})|(?<=\}\})|(?<=\{[#%{] )")
"""Where a line may end: one of more than five thousand characters is refused for that alone."""

_IN_BLOCK = "{% extends 'opsc.jinja' %}\n{% block hope %}\n@\n{% endblock %}\n"


def _block(text: str) -> str:
    return _IN_BLOCK.replace("@", TAG.sub("\n", text))


def _loop(text: str, times: int = 1) -> str:
    return _block(("{% for one in signatories %}" + text + "{% endfor %}\n") * times)


SETTINGS_FILES = {
    "keys by the thousand": "".join(f"k{n} = 1\n" for n in range(18_000)),
    "as many keys as may be": "".join(f"k{n} = 1\n" for n in range(2_900)) + SETTINGS,
    "tables by the thousand": SETTINGS + "".join(f"[t{n}]\n" for n in range(20_000)),
    "as many tables as may be": SETTINGS + "".join(f"[t{n}]\n" for n in range(2_900)),
    "one key with dots": ".".join("a" for _ in range(60_000)) + " = 1\n" + SETTINGS,
    "many keys with dots": "".join(
        f"k{n}." + ".".join("a" for _ in range(400)) + " = 1\n" for n in range(60)
    ),
    "keys with quotes and dots": '"a" . ' * 600 + "a = 1\n",
    "a table with dots": "[" + ".".join("a" for _ in range(2_000)) + "]\n" + SETTINGS,
    "a table in a table": "x = " + "{a = " * 900 + "1" + "}" * 900 + "\n" + SETTINGS,
    "an array in an array": "x = " + "[" * 4_900 + "\n" + SETTINGS,
    "an array with no end": "x = [\n" + "1,\n" * 2_900,
    "a number with no end": "x = " + "9" * 4_900 + "\n" + SETTINGS,
    "milestones by the thousand": SETTINGS + "[[milestones]]\ndate = 2027-01-01\n" * 1_400,
    "a milestone of wrong things": SETTINGS
    + "[[milestones]]\ndate = 2027-01-01\n"
    + "".join(f"k{n} = 1\n" for n in range(2_900)),
    "a text with no end": SETTINGS.replace("Geneva", "x" * 60_000),
    "States by the thousand": "to = [\n" + '"KEN",\n' * 2_900 + "]\n" + SETTINGS,
    "names that are near to States": "to = [\n"
    + '"Knya Frnce", "Untd Sttes",\n' * 120
    + "]\n"
    + SETTINGS,
    "States of their own by the thousand": SETTINGS + '[[states]]\nstate = "KEN"\n' * 1_400,
    "texts by the thousand": SETTINGS
    + "[texts]\n"
    + "".join(f'k{n}.en = "x"\n' for n in range(2_900)),
    "a list in a list of States": 'to = [["KEN"], {a = "KEN"}, 1.5, 2027-01-01]\n' + SETTINGS,
    "quotes and backslashes": SETTINGS + "x = '''" + "\\'" * 2_400 + "\n",
}

TEMPLATES = {
    "tags that do not end": _block("{% " * 13_000),
    "tags that end nothing": _block("{% endif %}" * 3_000),
    "brackets that do not end": _block("{{ " * 13_000),
    "comments that do not end": _block("{# " * 13_000),
    "brackets within brackets": _block("{{ " + "(" * 4_900 + " }}"),
    "conditions within conditions": _block("{% if signed %}" * 900 + "{% endif %}" * 900),
    "a few conditions within conditions": _block("{% if signed %}" * 90 + "{% endif %}" * 90),
    "conditions beside conditions": _block(
        "{% if signed %}" + "{% elif signed %}" * 2_000 + "{% endif %}"
    ),
    "unknown names": _block("".join(f"{{{{ x{n} }}}}" for n in range(1_000))),
    "known names": _block("{{ treaty.the }}" * 2_200),
    "blocks by the hundred": "{% extends 'opsc.jinja' %}\n"
    + "".join(f"{{% block b{n} %}}x{{% endblock %}}\n" for n in range(1_200)),
    "blocks within blocks": "{% extends 'opsc.jinja' %}\n"
    + "".join(f"{{% block b{n} %}}\n" for n in range(900))
    + "{% endblock %}\n" * 900,
    "messages by the hundred": _block(
        "".join(f"{{% trans %}}We hope {n}.{{% endtrans %}}\n" for n in range(950))
    ),
    "the section again and again": _block("{{ super() }}" * 2_500),
    "the section too often": _block("{{ super() }}" * 55),
    "the section in a loop": _loop("{{ super() }}"),
    "a message in a loop": _loop("{% trans %}We hope.{% endtrans %}"),
    "loops by the hundred": _loop("{{ one.line }}", 700),
    "a loop of blanks": _loop("  \n" * 10_000),
    "a loop of one text": _loop("{{ '" + "x" * 4_000 + "' }}"),
    "a loop of names": _loop("{{ one.line }}" * 2_000),
    "a loop of other names": _loop("{{ treaty.the }}"),
    "loops within loops": _loop("{% for two in signatories %}{{ two.line }}{% endfor %}"),
    "a number to print": _block("{{ " + "9" * 4_900 + " }}"),
    "a section mark": _block("{{ '\\x1ehope\\x1f' }}"),
    "a sum of texts": _block("{{ " + "treaty.the ~\n" * 900 + "treaty.the }}"),
    "comparisons": _block("{% if " + "1 == " * 900 + "1 %}{% endif %}"),
    "a text too long for a section": _block(
        "{% trans %}" + "We hope. \n" * 2_000 + "{% endtrans %}"
    ),
    "texts of its own in a row": _block("{% if own.a " + "\nor own.a" * 3_900 + " %}{% endif %}"),
    "texts of its own within each other": _block(
        "{% if own.a %}" * 90 + "{{ own.b }}" + "{% endif %}" * 90
    ),
    "a text's inside": _block("{{ own.__class__ }}{{ own._texts }}"),
    "lines without end": "\n" * 39_000,
}

CATALOGUES = {
    "plural forms without number": HEAD
    + '\n"Plural-Forms: nplurals=999999999; plural=0;\\n"\n\n'
    + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n\n'
    + REST,
    "plural forms in two lines": HEAD
    + '\n"Plural-Forms: nplu"\n"rals=999999999; plural=0;\\n"\n\n'
    + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n\n'
    + REST,
    "plural forms in another encoding": HEAD
    + "\n\"Plural-Forms: nplurals*=us-ascii''%39%39%39%39%39%39%39%39; plural=0;\\n\"\n\n"
    + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n\n'
    + REST,
    "a plural rule that counts": HEAD
    + '\n"Plural-Forms: nplurals=2; plural=9**9**9;\\n"\n\n'
    + REST,
    "a plural rule within itself": HEAD
    + f'\n"Plural-Forms: nplurals=2; plural={"(" * 900}n{")" * 900};\\n"\n\n'
    + REST,
    "lines of blanks": (" " * 4_900 + "x\n") * 40,
    "entries by the thousand": CATALOGUE
    + "".join(f'\nmsgid "m{n}"\nmsgstr "x"\n' for n in range(5_000)),
    "places by the thousand": HEAD + "\n\n" + "#: a:1 b:2 c:3\n" * 12_000 + REST,
    "one message again and again": HEAD + "\n\n" + '#: a:1\nmsgid "m"\nmsgstr "x"\n\n' * 480 + REST,
    "a message without end": CATALOGUE
    + '\nmsgid "m"\nmsgstr ""\n'
    + ('"' + "x" * 4_900 + '"\n') * 38,
    "percent signs": CATALOGUE.replace("Nous", "%" * 4_000),
    "names without end": CATALOGUE.replace("Nous", "%(" * 2_000),
    "quotes without end": CATALOGUE.replace("Nous", '\\"' * 2_000 + "\\"),
    "another encoding named": CATALOGUE.replace("utf-8", "utf-7"),
}
