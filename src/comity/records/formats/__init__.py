"""Exchange: event data made elsewhere into a store, stored events into the forms of other tools."""

from comity.records.formats.entry import Resolver
from comity.records.formats.files import Taken
from comity.records.formats.out import EXPORTS, write
from comity.records.formats.sniff import IMPORTS
from comity.records.formats.take import Taking, take

__all__ = ["EXPORTS", "IMPORTS", "Resolver", "Taken", "Taking", "take", "write"]
