from __future__ import annotations

from comity.lexicons.cameo import cameo_by_code, cameo_by_text, cameo_codes
from comity.lexicons.ontology import event_types


def test_cameo_map_covers_all_roots_and_names_what_it_loses() -> None:
    codes = cameo_codes()
    assert {code[:2] for code in codes} == {f"{root:02d}" for root in range(1, 21)}
    assert {code.type for code in codes.values()} - {None} == set(event_types())
    assert all(code.note for code in codes.values() if code.type is None)
    assert all(-10 <= code.score <= 10 for code in codes.values())
    modes = {name: kind.modes for name, kind in event_types().items()}
    assert all(code.mode is None or code.mode in modes[code.type or ""] for code in codes.values())
    assert list(codes) == sorted(codes)


def test_cameo_is_found_by_code_and_text() -> None:
    exact, above = cameo_by_code("0871"), cameo_by_code("1999")
    assert exact is not None
    assert (exact.type, exact.mode, exact.quad) == ("RETREAT", "ceasefire", "material cooperation")
    assert above is not None
    assert above.code == "19"
    assert cameo_by_code("99") is cameo_by_code("") is cameo_by_text("nothing") is None
    found = cameo_by_text("Conduct suicide, car, or other non military bombing")
    assert found is not None
    assert found.code == "183"
    consult = cameo_by_text("consult")
    assert consult is not None
    assert consult.code == "040"
