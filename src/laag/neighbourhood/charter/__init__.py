"""Everything a community agreed on, in one document, and the loop by which its people change it."""

from laag.neighbourhood.charter.article import Article, Fixed
from laag.neighbourhood.charter.articles import ARTICLES, article, articles_of, sentences
from laag.neighbourhood.charter.charter import Charter, digest, tables
from laag.neighbourhood.charter.difference import Differs, differences
from laag.neighbourhood.charter.parts import (
    Agreement,
    ConsequencesTable,
    DataTable,
    GridTable,
    LadderTable,
    PowerPlantTable,
    SharingTable,
    SupportTable,
    VotingTable,
)

__all__ = [
    "ARTICLES",
    "Agreement",
    "Article",
    "Charter",
    "ConsequencesTable",
    "DataTable",
    "Differs",
    "Fixed",
    "GridTable",
    "LadderTable",
    "PowerPlantTable",
    "SharingTable",
    "SupportTable",
    "VotingTable",
    "article",
    "articles_of",
    "differences",
    "digest",
    "sentences",
    "tables",
]
