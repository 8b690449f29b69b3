"""Write the two Word drafts of ``examples/``. Places, people, agencies and figures are invented.

    python tools/make_examples.py [FOLDER]

The same text gives the same files: dates are fixed, those inside the archives too.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

EXAMPLES = Path(__file__).parent.parent / "examples"
#: The oldest date that a zip archive can hold.
ARCHIVE_DATE = (1980, 1, 1, 0, 0, 0)
INK = RGBColor(0x1F, 0x3A, 0x5F)
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


class Draft:
    """A Word draft that is written from top to bottom."""

    def __init__(self, title: str, *, subtitle: str, header: str, footer: str, date: datetime) -> None:
        self._document = Document()
        self._notes: list[str] = []
        core = self._document.core_properties
        core.title, core.author, core.last_modified_by = title, "Open Roads", "Open Roads"
        core.comments = ""
        core.created = core.modified = date
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.3)
        section.header.paragraphs[0].text = header
        section.footer.paragraphs[0].text = footer
        self._dress()
        self._document.add_heading(title, 0)
        self._document.add_paragraph(subtitle, style="Subtitle")

    def _dress(self) -> None:
        """The look: one font, dark headings, room between paragraphs."""
        styles = self._document.styles
        for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "Header", "Footer"):
            style = styles[name]
            style.font.name = "Calibri"
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(attribute), None)
        styles["Normal"].font.size = Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(8)
        for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12.5)):
            styles[name].font.size = Pt(size)
            styles[name].font.color.rgb = INK
        for name in ("Header", "Footer"):
            styles[name].font.size = Pt(9)

    def heading(self, text: str, level: int = 1) -> None:
        self._document.add_heading(text, level)

    def paragraph(self, text: str, *, note: str | None = None) -> None:
        """A paragraph; a footnote is called at its end."""
        written = self._document.add_paragraph(text)
        if note is not None:
            self._notes.append(note)
            run = written.add_run()
            run.font.superscript = True
            call = OxmlElement("w:footnoteReference")
            call.set(qn("w:id"), str(len(self._notes)))
            run._r.append(call)

    def quotation(self, text: str) -> None:
        written = self._document.add_paragraph(text, style="Quote")
        written.paragraph_format.left_indent = written.paragraph_format.right_indent = Cm(1)

    def bullets(self, items: Sequence[str]) -> None:
        for item in items:
            self._document.add_paragraph(item, style="List Bullet").paragraph_format.space_after = Pt(3)

    def steps(self, items: Sequence[str]) -> None:
        for item in items:
            self._document.add_paragraph(item, style="List Number").paragraph_format.space_after = Pt(3)

    def table(self, caption: str, rows: Sequence[Sequence[str]], *, widths: Sequence[float]) -> None:
        """A caption and a table whose first row is its head; widths in centimetres."""
        above = self._document.add_paragraph(caption, style="Caption")
        above.paragraph_format.keep_with_next = True
        table = self._document.add_table(rows=0, cols=len(widths), style="Light Grid Accent 1")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for number, row in enumerate(rows, 1):
            cells = table.add_row().cells
            for cell, text, width in zip(cells, row, widths, strict=True):
                cell.width = Cm(width)
                cell.paragraphs[0].text = text
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
                cell.paragraphs[0].paragraph_format.keep_with_next = number < len(rows)
        self._document.add_paragraph().paragraph_format.space_after = Pt(0)

    def closing(self, text: str) -> None:
        self._document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def says(self, properties: dict[str, str]) -> None:
        """Properties of the file, which Word shows under File > Info > Properties > Custom."""
        each = "".join(
            f'<property fmtid="{_PROPERTY_SET}" pid="{number}" name="{escape(name)}">'
            f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
            for number, (name, value) in enumerate(properties.items(), 2)
        )
        package = self._document.part.package
        text = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VARIANT}">{each}</Properties>'
        part = _part("/docProps/custom.xml", CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, text, package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)

    def save(self, path: Path) -> None:
        """Write the file, with the same date on everything in the archive."""
        if self._notes:
            owner = self._document.part
            part = _part("/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, self._footnotes(), owner.package)
            owner.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        written = io.BytesIO()
        self._document.save(written)
        with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, ARCHIVE_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(name))

    def _footnotes(self) -> str:
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p>'
            '<w:r><w:rPr><w:sz w:val="18"/><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {escape(note)}</w:t></w:r>'
            "</w:p></w:footnote>"
            for number, note in enumerate(self._notes, 1)
        )
        return f"<w:footnotes {nsdecls('w')}>{lines}{notes}</w:footnotes>"


def _part(name: str, kind: str, text: str, package: Any) -> Part:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return Part(PackURI(name), kind, (head + text).encode("utf-8"), package)


def proposal() -> Draft:
    """A proposal to a donor, with the habits of a first draft."""
    draft = Draft(
        "Side by Side: Young People, Work and Dialogue on Lake Ndori",
        subtitle="Project proposal · Open Roads and the Halwa Fishers’ Cooperative · 24 months",
        header="Open Roads | Project proposal | Draft for comment",
        footer="Open Roads, 14 Harbour Street, Port Kessa · Not for circulation before approval",
        date=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    )
    draft.heading("1. Why now")
    draft.paragraph(
        "Lake Ndori feeds four districts and, since the fighting of 2021, shelters some 46,000 people who "
        "fled attacks by violent extremist groups in the hills. Most arrived with what they could carry. "
        "They were received in the homes of fishers, teachers and market women who asked for nothing in "
        "return. When the floods of 2023 took the harvest, the same families shared what was left, and a "
        "flood of donations from towns on the coast kept the clinics open."
    )
    draft.paragraph(
        "That welcome is wearing thin. Rents have doubled, the landing sites are crowded and the "
        "district’s land registry is still waiting for the radical reform that was promised before the "
        "last election. The influx of refugees has also put a strain on the two secondary schools, which "
        "now teach in three shifts. Young people feel it most, and recruiters know this: in two years the "
        "old ferry quarter has become a hotbed of extremism, and nobody from outside has come to listen."
    )
    draft.paragraph(
        "Nothing in our assessment supports the claim that refugees bring extremism with them. On the "
        "contrary, the displaced were the first victims of the attacks, and it was they who warned the "
        "next village. Nor do hard conditions decide what a person does; most young people who live with "
        "them never join an armed group.",
        note="Open Roads, Listening on the Lake: Findings from 41 Group Discussions, Port Kessa, 2025. The "
        "report follows the good practices of the Global Counterterrorism Forum on community engagement.",
    )
    draft.heading("2. What people told us")
    draft.paragraph(
        "We held discussions with fishers, mothers, pupils, traders and former fighters who have come "
        "home. Three wishes came up everywhere:"
    )
    draft.bullets(
        [
            "work that pays on the day and does not depend on whom one knows;",
            "a place where residents and newcomers can settle a quarrel before it grows;",
            "fair treatment at checkpoints, where young men from the camp say they are stopped for their "
            "accent.",
        ]
    )
    draft.paragraph(
        "Not everyone agrees. Mr Tavo Renn, who sits for the district in the regional assembly, told us:"
    )
    draft.quotation(
        "“Let us be honest. The camp is full of illegal migrants, and I will not see another classroom "
        "built for them while our own children sit on the floor.”"
    )
    draft.paragraph(
        "We quote him because his voters’ worry about schools is real and the project answers it: every "
        "classroom that we repair is for residents and newcomers alike."
    )
    draft.heading("3. Countering Violent Extremism through Sport and Work")
    draft.paragraph(
        "The project has three parts. The first is apprenticeships: 300 young women and men, half of them "
        "from the camp, learn boat repair, solar cooling or bookkeeping with a master of the trade. The "
        "second is dialogue: mixed committees on each landing site, trained by elders whom both sides "
        "trust. The third is the lake league, with football and rowing teams that draw their players by "
        "lot."
    )
    draft.paragraph(
        "Youth clubs on both shores will produce counter-narratives for Radio Ndori, with a weekly slot on "
        "Fridays. Coaches will be trained to notice when a player withdraws and to offer help. Through "
        "these activities we will win hearts and minds on both shores of the lake."
    )
    draft.paragraph(
        "Some things the project will not do. Open Roads does not undertake counter-messaging, and it "
        "collects no information for security forces. Names of participants stay with the cooperative. We "
        "avoid the term “deradicalization” altogether, because nobody who joins a rowing team has to be "
        "cured of anything."
    )
    draft.heading("4. Who takes part")
    draft.table(
        "Table 1. Participants and partners in the first year",
        [
            ("Group", "Number", "Activity", "Partner"),
            (
                "Apprentices from both shores",
                "300",
                "Boat repair, solar cooling, bookkeeping",
                "Halwa Cooperative",
            ),
            ("Radicalized youth", "40", "Mentoring, trips to the coast", "Mothers of Halwa"),
            ("Members of dialogue committees", "96", "Training in mediation", "Council of Elders"),
            ("Ex-combatants", "25", "Boat repair, savings groups", "Ministry of Labour"),
            ("Pupils", "1,900", "Repaired classrooms", "District education office"),
        ],
        widths=(4.3, 2.3, 5.4, 4.0),
    )
    draft.paragraph(
        "The Islamic Development Bank pays for the cold store on the south shore, and the clinics go on "
        "fighting cholera and rumours about the vaccine with their own funds. A first wave of returns in "
        "2024 showed that families stay when there is work and a school place; of the 610 households that "
        "went back to the hills, 580 are still there."
    )
    draft.heading("5. Risks")
    draft.steps(
        [
            "Rumours on the radio set neighbours against each other. The committees meet within a day.",
            "Participants are called informers. All activities are open and announced at the market.",
            "The border closes again. Apprentices from the islands stay with host families, as in 2022.",
        ]
    )
    draft.paragraph(
        "We expect no quick result. The root causes of violent extremism are not for one project to "
        "remove, and the evaluation will ask what changed between people rather than how many were kept "
        "from joining."
    )
    draft.closing("Port Kessa, 2 March 2026")
    return draft


def report() -> Draft:
    """A report to a donor on the first year; it says in its properties what it is."""
    draft = Draft(
        "Homes Again: First-Year Report",
        subtitle="Return and reintegration in the Sarrat Hills · reporting period January to December 2025",
        header="Open Roads | Report to the donor | Grant HA-2025-07",
        footer="Open Roads · Sarrat field office · sarrat@openroads.example",
        date=datetime(2026, 2, 9, 9, 0, tzinfo=UTC),
    )
    draft.says({"pvelint-tier": "donor", "pvelint-type": "report"})
    draft.heading("Summary")
    draft.paragraph(
        "In January 2025 the road to Upper Sarrat opened for the first time in four years. By December "
        "1,240 families had gone home, 212 houses had a roof again and the weekly market was larger than "
        "before the war. The grant paid for seeds, tools, legal advice and the patient work of eleven "
        "local mediators, without whom little of this would have lasted."
    )
    draft.paragraph(
        "The year was also hard. In August gunmen killed two teachers on the pass, and most of the "
        "families in Old Mill fled a second time. They are the victims of violent extremism, not a sign of "
        "it, and it is for them that this report asks the donor to extend the grant."
    )
    draft.heading("Winning Hearts and Minds in the Hills")
    draft.paragraph(
        "Trust was built in small steps. The mediators began with wells and grazing rights before anybody "
        "spoke of the war. In the villages of the upper valley, which were a breeding ground for extremism "
        "during the occupation, residents at first refused to sit with families who had stayed behind. By "
        "June they had drawn up a common list of destroyed houses."
    )
    draft.paragraph(
        "Ms Adela Voss, who leads the mediators, puts it plainly: “Nobody came to my courtyard to talk "
        "about politics. They came about goats, and they stayed for tea.”"
    )
    draft.heading("Return of women and children", level=2)
    draft.paragraph(
        "Among those who came home in autumn were 31 women, some of them ISIS brides, and 74 children from "
        "the closed camp at Dry Fork. Neighbours stayed indoors when the bus arrived; on the second day "
        "somebody brought soup. Each household now has a trained contact person, and all the children of "
        "school age are in class. The office ran a short deradicalization course in the first month and "
        "then asked the women what they would rather do. It is now a sewing and savings group, open to "
        "everyone in the street.",
        note="The support package is the same for all returnees; a radicalized woman would be referred to "
        "the counsellor of the health centre, and no such case has been reported.",
    )
    draft.heading("What was done and for whom", level=2)
    draft.table(
        "Table 1. Results against the plan, January to December 2025",
        [
            ("Result", "Planned", "Reached", "Remarks"),
            ("Houses repaired", "200", "212", "Of these, 64 belong to widows"),
            ("Families with legal advice", "500", "538", "Land titles and birth certificates"),
            ("Illegal migrants advised", "150", "167", "At the bus station, with the labour office"),
            ("Village agreements signed", "12", "11", "Old Mill postponed to 2026"),
            ("Young people in training", "240", "251", "Masonry, tailoring, bee-keeping"),
        ],
        widths=(4.8, 2.3, 2.5, 6.4),
    )
    draft.heading("What we learned")
    draft.bullets(
        [
            "Legal advice comes first. A family with a land title plans for ten years, a family without "
            "one for ten days.",
            "Mixed committees work when the seats are shared out in public.",
            "Jobs are no cure-all. Our interviews do not support the claim that poverty breeds terrorism.",
            "Training was offered as an alternative to irregular migration and radicalization, and young "
            "people told us that they had come for the trade.",
        ]
    )
    draft.paragraph(
        "The debate in the capital was less calm. When the Border Security Act was read for the first "
        "time, Deputy Oren Hald told parliament that “a tide of migrants is rolling towards our towns”, "
        "and the crossing at Dry Fork was closed for the winter. Two convoys of roof beams had to take the "
        "long road."
    )
    draft.paragraph(
        "Our own words matter as much. The office has stopped speaking of “terrorist families” and of "
        "“hotbeds”; the mediators say that it opened doors. The provincial liaison of the United Nations "
        "Office of Counter-Terrorism has asked for the word list, and the Sarrat Muslim Women’s "
        "Association has translated it. Counter-narratives can put staff and neighbours at risk, so the "
        "office publishes none."
    )
    draft.heading("Next year")
    draft.paragraph(
        "Three things remain to be done. Old Mill needs a safe road before its families can go back a "
        "third time. The register of missing persons, which 380 relatives have signed, needs a lawyer. And "
        "the stream of visitors to the repaired mosque and the old bridge needs a bus. We are grateful to "
        "the donor, whose staff came to the pass in the snow, and to the people of Sarrat, who carried the "
        "bricks."
    )
    draft.closing("Sarrat, 9 February 2026")
    return draft


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    proposal().save(folder / "proposal.docx")
    report().save(folder / "donor-report.docx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
