"""Words by which a line of co-signers is understood, folded: no capitals, accents or stops.

They decide only what is asked: a role that is not among them costs a tap, never a name.
"""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Small letters without accents, stops and apostrophes; runs of blanks are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(kept.replace(".", "").replace("’", "'").split()).strip(" !?¡¿,;:…")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEGAL_FORMS = _words(
    """
    inc incorporated ltd limited llc llp lp plc corp corporation co company pbc cic
    ev gmbh ggmbh ag mbh eg kg sa sas sarl srl scrl sl slu sau scop asbl aisbl vzw ivzw bv nv
    ac iap aiap osc onlus aps ets odv ong ngo npo npc nfp pty pvt pte
    rl oy ry ab as asa aps sp z oo zs kft ltda eirl spa sca sci scic fup asd
    """
) | {"pty ltd", "pvt ltd", "pte ltd", "sp z oo", "s de rl", "a c", "s a", "e v", "u s", "us", "usa"}
"""What ends an organisation's name behind a comma and is never one by itself."""

POST_NOMINALS = _words(
    """
    jr sr ii iii iv phd dphil md mph mba ma msc ba bsc jd llm esq kc qc sc obe mbe cbe kbe dbe cmg
    mp mep sj op ofm osb cnd rsm csc osu rn dr prof cpa pe frs am ao om ca mn
    """
)
"""What stands behind a person's name and belongs to it."""

ROLES = _words(
    """
    director directors directora directrice directeur chair chairs chairman chairwoman chairperson
    cochair president presidents presidente presidenta presidents vicepresident vice
    secretary secretaire secretaria secretario treasurer tresorier tresoriere tesorera tesorero
    coordinator coordinators coordinateur coordinatrice coordonnateur coordonnatrice coordinadora
    coordinador convener convenor facilitator facilitatrice facilitateur facilitadora head chief
    ceo cfo coo cto founder cofounder fondateur fondatrice cofondateur cofondatrice fundadora
    fundador manager officer responsable chef cheffe adviser advisor conseiller conseillere asesora
    asesor consultant consultante consultora representative representatives representant
    representante delegate deleguee delegue delegada delegado spokesperson spokeswoman spokesman
    portavoz porteparole member membre miembro board lead leader lider dirigeant dirigeante lawyer
    attorney avocat avocate abogada abogado counsel professor professeur professeure profesora
    profesor teacher researcher chercheur chercheuse investigadora investigador fellow senior
    expert experte experta editor analyst ambassador ambassadeur ambassadrice embajadora embajador
    minister ministre ministra ministro bishop archbishop eveque obispo rector recteur rectrice
    rectora dean doyen doyenne decana decano administrator administrateur administratrice
    administradora administrador executive executif executive ejecutiva ejecutivo general generale
    generaladjoint programme program campaigner campaigns advocacy plaidoyer incidencia trustee
    commissioner commissaire comisionada comisionado ombudsman ombudswoman ombudsperson defensora
    defensor mayor maire alcaldesa alcalde senator senateur senatrice senadora senador deputy
    depute deputee diputada diputado judge juge jueza juez partner associate associe associee
    socia socio assistant assistante asistente intern stagiaire volunteer benevole voluntaria
    voluntario youth speaker patron patronne guardian superior prioress abbess
    """
)
"""Words of which one at least stands in a role."""

BARE_ROLES = frozenset(
    {
        *("director", "executive director", "deputy director", "directora", "directora ejecutiva"),
        *("director ejecutivo", "directeur", "directrice", "directeur executif", "chair"),
        *("directrice executive", "directeur general", "directrice generale", "chairperson"),
        *("president", "vice-president", "vice president", "presidente", "presidenta"),
        *(
            "secretary",
            "secretary-general",
            "secretary general",
            "secretaire",
            "secretaire general",
        ),
        *("secretaire generale", "secretaria general", "secretario general", "treasurer"),
        *("coordinator", "coordinateur", "coordinatrice", "coordinadora", "coordinador", "founder"),
        *("ceo", "chief executive", "head of office", "spokesperson", "portavoz", "porte-parole"),
    }
)
"""A role that names no organisation: a person signs alone, and by this role."""

COMMANDS = {
    "done": {
        *("done", "ok", "okay", "finished", "that's all", "thats all", "that is all", "ready"),
        *("complete", "no more", "continue", "next", "fin", "fini", "termine", "c'est tout"),
        *("cest tout", "c'est bon", "suivant", "continuer", "listo", "lista", "eso es todo"),
        *("hecho", "terminado", "ya esta", "ya", "siguiente", "continuar", "d'accord", "vale"),
    },
    "back": {
        *("back", "go back", "previous", "retour", "revenir", "precedent", "atras", "volver"),
        *("anterior", "regresar"),
    },
    "none": {
        *("none", "no one", "noone", "nobody", "no", "skip", "aucun", "aucune", "personne", "non"),
        *("passer", "nadie", "ninguno", "ninguna", "omitir", "no co-signers", "sans cosignataire"),
        *("no co-signers yet",),
    },
    "greeting": {
        *("hello", "hi", "hey", "good morning", "good afternoon", "good evening", "bonjour"),
        *("salut", "bonsoir", "hola", "buenos dias", "buenas tardes", "buenas noches", "buenas"),
        *("test", "thanks", "thank you", "merci", "gracias", "help", "aide", "ayuda", "yes"),
        *("oui", "si"),
    },
}
"""What is said to the bot and signs no letter, by what is meant."""

CLOSINGS = frozenset(
    {
        *("sincerely", "sincerely yours", "yours sincerely", "yours faithfully", "respectfully"),
        *("yours truly", "best regards", "kind regards", "regards", "best wishes", "signed"),
        *("cordialement", "bien cordialement", "respectueusement", "salutations distinguees"),
        *("atentamente", "cordialmente", "saludos cordiales", "respetuosamente", "firmado"),
        *("signe", "signatures", "signatories", "signataires", "firmantes", "firmas", "cc"),
    }
)

BEHALF = (
    "signed on behalf of",
    "on behalf of",
    "signed by",
    "signed",
    "signe au nom de",
    "au nom de",
    "signe par",
    "firmado en nombre de",
    "en nombre de",
    "firmado por",
)
"""How a heading begins behind whose colon a signature may stand."""


def command_of(text: str) -> str:
    """What a whole message says to the bot: done, back, none or greeting; "" for anything else."""
    said = folded(text)
    return next((key for key, words in COMMANDS.items() if said in words), "")


def is_role(text: str) -> bool:
    """Whether the words name a role: one of the known ones, or no capital at all."""
    words = folded(text).replace("-", " ").split()
    return any(word in ROLES for word in words) or (text == text.lower() != text.upper())
