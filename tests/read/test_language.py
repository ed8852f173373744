"""English is let pass, also where it is short or full of names; other languages are named."""

from __future__ import annotations

import pytest

from comity.read.language import detect_language, language_name

FOREIGN = {
    "de": "Der russische Präsident traf am Montag den nordkoreanischen Machthaber in Wladiwostok.",
    "fr": "Le président russe a rencontré lundi le dirigeant nord-coréen à Vladivostok, selon une agence.",
    "es": "El presidente ruso se reunió el lunes con el líder norcoreano en Vladivostok, informó la agencia.",
    "it": "Il presidente russo ha incontrato lunedì il leader nordcoreano a Vladivostok.",
    "pt": "O presidente russo reuniu-se na segunda-feira com o líder norte-coreano em Vladivostok.",
    "nl": "De Russische president ontmoette maandag de Noord-Koreaanse leider in Vladivostok.",
    "tr": "Rusya Devlet Başkanı pazartesi günü Kuzey Kore lideriyle görüştü.",
    "id": "Presiden Rusia bertemu dengan pemimpin Korea Utara pada hari Senin di Vladivostok.",
    "pl": "Prezydent Rosji spotkał się w poniedziałek z przywódcą Korei Północnej.",
    "vi": "Tổng thống Nga gặp lãnh đạo Triều Tiên tại Vladivostok vào thứ Hai.",
    "ru": "Президент России встретился с лидером КНДР.",
    "ko": "러시아 대통령이 월요일 북한 지도자를 만났다.",
    "ar": "التقى الرئيس الروسي بالزعيم الكوري",
    "el": "Ο Ρώσος πρόεδρος συνάντησε τον ηγέτη",
}


@pytest.mark.parametrize("code", FOREIGN)
def test_foreign_text_is_named(code: str) -> None:
    assert detect_language(FOREIGN[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "The two states signed a treaty.",
        "Kim meets Putin",
        "Nigerian gunmen take two German men, from Port Harcourt and Lagos, in Abia State.",
        "Uzbekistan defeats Qatar 2-0 in opening match.",
        "Malagasy president Michael Randrianirina appoints Herintsalama Rajaonarivelo as prime minister.",
        "Nguyễn Tấn Dũng is re-elected Prime Minister of Vietnam.",
        "ASEAN Summit begins in Kuala Lumpur, Malaysia.",
        "Michael Lowry refuses to resign from Dáil Éireann.",
        "Sauli Niinistö, Kaja Kallas, Gitanas Nausėda, Arturs Krišjānis Kariņš: heads of state and government.",
        "Der Spiegel reports that the chancellor will visit Kyiv with the president of France on Monday.",
        "",
        "123",
    ],
)
def test_english_is_let_pass(text: str) -> None:
    assert detect_language(text) == "en"


def test_a_foreign_quotation_does_not_count() -> None:
    english = "The president of France said on Monday that the treaty was dead, and the chancellor agreed with him. "
    assert detect_language(english + "“Le traité est mort”, selon le président de la République.") == "en"


def test_english_words_in_foreign_text_do_not_count() -> None:
    german = (
        "Der Präsident sah am Montag in der Hauptstadt den Film „The Lord of the Rings“ und lobte ihn vor den "
        "Ministern und den Botschaftern, die mit ihm in das alte Haus am Fluss gekommen waren."
    )
    assert detect_language(german) == "de"


def test_only_the_start_is_read() -> None:
    assert detect_language(FOREIGN["de"] * 40 + "the and that with from which " * 500) == "de"


def test_names() -> None:
    assert language_name("de") == "German (de)"
    assert language_name("wuu") == "Wu Chinese (wuu)"
    assert language_name("xyz") == "xyz"
