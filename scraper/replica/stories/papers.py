"""Pages that are no reports: what the press wrote, a decision that is a file alone, a scanned page."""

from __future__ import annotations

from scraper.replica.desk import Desk
from scraper.replica.records import Block, Caption, Story


def press_digest(desk: Desk) -> Story:
    """A press digest: a paragraph each of what newspapers wrote; the portal itself reports nothing."""
    blocks: list[Block] = [desk.line("papers", "digest_open", dm=f"{desk.day:%d/%m}")]
    blocks += [desk.line("papers", "digest_item") for _ in range(desk.rng.randint(4, 6))]
    story = desk.story(
        desk.words_of("papers", "digest_headline", dmy=f"{desk.day:%d/%m/%Y}"), blocks, districts=()
    )
    story.kind = "press_digest"
    return story


def decision(desk: Desk) -> Story:
    """A decision: its title, and the file that holds it."""
    number = desk.rng.randint(100, 3999)
    headline = desk.words_of("papers", "decision_headline", number=str(number))
    story = desk.story(headline, [], districts=())
    story.authors = ()
    story.attachments = (f"/vanban/{desk.day:%Y/%m}/quyet-dinh-{number}.pdf",)
    story.kind = "attachment_only"
    return story


def scan(desk: Desk) -> Story:
    """A drawing of figures, or a scanned page: a picture and its caption."""
    caption = Caption(desk.words_of("papers", "scan_caption"))
    story = desk.story(desk.words_of("papers", "scan_headline"), [caption], districts=())
    story.authors = ()
    story.kind = "image_only"
    return story
