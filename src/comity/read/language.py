"""The language of a report's body: English by its function words, else py3langid's word for it."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from comity.read.words import words

__all__ = ["detect_language", "language_name"]

ENGLISH = words(
    """
    the and that with from which were has had been after this their they who whom whose said says its
    into between against during while would will could should about when where there these those because
    of to by for is are was as at it his he she not but or an
    """
)
PLAIN_ENGLISH = words(
    """
    the and that with from which were has had been after this their they who said says into between
    against during while would should about when where there these those because of
    """
)
"""Function words that no other language written in Latin letters uses often."""

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
PREFIX = 2000
FEWEST_LETTERS = 40
SURE, SURE_WITHOUT_ENGLISH = 0.9, 0.6
"""How probable a foreign language must be; less so where no English function word stands."""

NEAR_ENGLISH = frozenset({"en", "pcm", "zxx"})
"""English, Nigerian Pidgin (taken for it when a report is about Nigeria) and "no language"."""

LAST_LATIN = "\u02ff"
LATIN_AGAIN = frozenset(chr(code) for code in range(0x1E00, 0x1F00))

NAMES = dict(
    pair.split(":")
    for pair in words(
        """
        af:Afrikaans am:Amharic an:Aragonese ar:Arabic as:Assamese az:Azerbaijani be:Belarusian
        bg:Bulgarian bn:Bengali br:Breton bs:Bosnian ca:Catalan cs:Czech cy:Welsh da:Danish de:German
        dz:Dzongkha el:Greek en:English eo:Esperanto es:Spanish et:Estonian eu:Basque fa:Persian fi:Finnish
        fo:Faroese fr:French ga:Irish gl:Galician gu:Gujarati he:Hebrew hi:Hindi hr:Croatian ht:Haitian
        hu:Hungarian hy:Armenian id:Indonesian is:Icelandic it:Italian ja:Japanese jv:Javanese ka:Georgian
        kk:Kazakh km:Khmer kn:Kannada ko:Korean ku:Kurdish ky:Kyrgyz la:Latin lb:Luxembourgish lo:Lao
        lt:Lithuanian lv:Latvian mg:Malagasy mk:Macedonian ml:Malayalam mn:Mongolian mr:Marathi ms:Malay
        mt:Maltese my:Burmese nb:Norwegian ne:Nepali nl:Dutch nn:Norwegian no:Norwegian oc:Occitan or:Odia
        pa:Punjabi pl:Polish ps:Pashto pt:Portuguese qu:Quechua ro:Romanian ru:Russian rw:Kinyarwanda
        se:Sami si:Sinhala sk:Slovak sl:Slovene so:Somali sq:Albanian sr:Serbian sv:Swedish sw:Swahili
        ta:Tamil te:Telugu tg:Tajik th:Thai tk:Turkmen tl:Tagalog tr:Turkish tt:Tatar ug:Uyghur uk:Ukrainian
        ur:Urdu uz:Uzbek vi:Vietnamese vo:Volapük wa:Walloon xh:Xhosa yi:Yiddish zh:Chinese zu:Zulu
        ary:Moroccan_Arabic arz:Egyptian_Arabic fy:Frisian gd:Gaelic ha:Hausa ig:Igbo om:Oromo
        und:undetermined wuu:Wu_Chinese yo:Yoruba yue:Cantonese
        """
    )
)


def language_name(code: str) -> str:
    """The English name of a language with its code, `German (de)`; an unknown code, itself."""
    return f"{NAMES[code].replace('_', ' ')} ({code})" if code in NAMES else code


def detect_language(text: str) -> str:
    """The language code of the text, `en` where it is short or in doubt."""
    start = text[:PREFIX]
    found = WORD.findall(start)
    lowered = [word.lower() for word in found]
    english = sum(word in ENGLISH for word in lowered)
    plain = sum(word in PLAIN_ENGLISH for word in lowered)
    if plain >= 2 and english >= 0.15 * len(found):
        return "en"
    if _is_foreign_script(found):
        code = str(identifier().classify(start)[0])
        return "und" if code in NEAR_ENGLISH else code
    if sum(map(len, found)) < FEWEST_LETTERS:
        return "en"
    code, probability = identifier().classify(_without_names(start, found))
    needed = SURE_WITHOUT_ENGLISH if len(found) >= 8 and english < 0.05 * len(found) else SURE
    return "en" if code in NEAR_ENGLISH or probability < needed else str(code)


def _is_foreign_script(found: list[str]) -> bool:
    """Whether most letters are not Latin ones."""
    letters = "".join(found)
    return sum(letter > LAST_LATIN and letter not in LATIN_AGAIN for letter in letters) > 0.5 * len(letters)


def _without_names(text: str, found: list[str]) -> str:
    """The text without capitalised words, which name things in any language, where enough stays."""
    rest = " ".join(word for word in found if not word[0].isupper())
    return rest if len(rest) >= FEWEST_LETTERS else text


@cache
def identifier() -> LanguageIdentifier:
    """py3langid's model, with probabilities that add up to 1; read from its file once."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
