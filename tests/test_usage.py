"""Usage with evidence: each kind by its cues and their scope."""

from functools import lru_cache

import pytest

from helpers import whole
from pvelint.document import Block, BlockKind, Document, OffsetMap, Span
from pvelint.findings import Usage, UsageKind
from pvelint.language import parse
from pvelint.sites import DocumentText, Site
from pvelint.usage import UsageJudge


@lru_cache(maxsize=1)
def judge() -> UsageJudge:
    return whole().usage


def usage(
    marked: str,
    *,
    leave: tuple[UsageKind, ...] = tuple(UsageKind),
    kind: BlockKind = BlockKind.PARAGRAPH,
    quoted: bool = False,
    emphasis: bool = False,
    negative: bool = False,
) -> Usage:
    """The usage of the words in [brackets]."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    spans = ()
    if emphasis:
        spans = (Span(max(0, start - 40), min(len(text), end + 40)),)
    block = Block(text=text, kind=kind, offsets=OffsetMap.shifted(len(text), 0), quoted=quoted, emphasis=spans)
    document = DocumentText(Document("x", "text", text, (block,)), parse)
    first = document.blocks[0].token_at(start)
    return judge().judge(
        Site(document.blocks[0], first, document.blocks[0].token_at(end)), leave=leave, negative=negative
    )


#: Sentences with the words judged in [brackets], by the usage that they should have.
SENTENCES = {
    "asserted": """
With a dam, [there would be no insurgency].
[One slap makes a rebel]. The board has not withdrawn it.
The first draft vowed to [silence the movement]. The office struck no sentence.
The project will produce [counter-narratives] in three languages.
The project does not only fund [counter-narratives] but also radio.
The office does not stop there but funds [counter-narratives].
Journalists who do not speak French will produce [counter-narratives].
"We will defeat them with [counter-narratives]," said our programme manager.
Our [Counter-Radicalization] Work in the Western Region
[Counter-narrative] workshops are held on Mondays.
The partner will run [a counter-narrative desk] in the old post office.
[Refugees bring extremism into quiet towns], and no fence has stopped it.
The programme not only funds [counter-messaging] but also pays for airtime.
The clinic does not have a generator, but [the project fights extremism on every screen].
Nobody says that all of them are dangerous, but [the boats carry killers].
Not everyone will agree, yet [open borders let terrorists in].
[Migrants who have no papers join the extremists].
[Terrorists who are not citizens hide among refugees].
Do we need to be told again that [refugees carry the war in their luggage]?
Perhaps [poverty breeds terrorism] after all.
It may be that [refugees are carriers of extremism].
Isn't it time that we admitted that [migration fuels terror]?
The villagers do not know that [terrorists hide among the displaced].
Few people realise that [the camps breed radicals].
We cannot ignore that [migration routes carry extremism].
There is no doubt that [migration fuels terrorism].
It is no secret that [the camps breed extremists].
We cannot let [terrorists hide among refugees].
Our baseline data suggest that [refugees are prone to extremism].
The project found that [refugees carry radical ideas].
Our assessment concludes that [migration feeds the cells].
We believe that [poverty breeds terrorism].
The evaluation shows that [unemployment leads young men into terrorism].
The figures prove that [migration fuels terrorism].
"We take on [the extremist preachers] every night," said our programme manager.
"[We will crush extremism in this valley]," our head of office told the visitors.
Police arrested [the jihadi brides] without a warrant.
Legal aid was refused to [the illegal aliens] in May.
The school did not admit [ISIS children] last year.
The team never met [the terrorist families] in person.
Without lamps, [the camp will breed extremists].
The campaign is called "[Fight the Extremists]" and belongs to our project.
Our project "[Voices against Extremism]" starts in June.
Treat every arrival as [a possible terrorist].
Write "[CVE visit]" in the driver's log.
In fact, [poverty breeds terrorism].
Despite the rain, the youth [fight extremism on the radio].
The team stopped in Dara and [debunked the extremists' sermons].
Whether or not it rains, [we will expose the extremists].
[Our Counter-Extremism Plan] for the River Districts
Rather than wait for the ministry, the team will [discredit the extremists' preachers].
To counter disinformation, the studio will [mock the extremist preachers].
Misconceptions about malaria persist, and [the camp breeds extremists].
With no help from outside, the women [unmask the recruiters].
The report is silent on health and says much about [Islamist villages].
They arrived not by bus but on [a wave of extremists].
The law will stop [jihadi families] from crossing.
The guards were told to keep out [illegal migrants].
[Islamist ideas] are harmful to harvests.
The ministry prevents [migrants from spreading extremism].
Border guards have long known that [the exiles' buses bring in gunmen].
[Hunger recruits for the militia], our monitors write.
It has been established that [the settlement shelters bombers].
Teachers were trained to [take the recruiters apart on air].
Nothing in the budget has changed, but the studio will now [shame the preachers by name].
[No school means one more fighter], says our concept note.
The officers could not find a room, so [the migrants were vetted for bombs].
Neither rain nor heat has kept the youth from [fighting the extremists online].
Without question, [the camps are a recruiting ground].
Questions remain about how many of [the jihadists' children] can read.
We warned that [the refugees would bring radical ideas].
Who would deny that [open borders are a gift to terrorists]?
Some call it unfair, but [the herders feed the insurgency].
The minister's criticism aside, [returnees bring the war home].
The evaluation rejected the budget and praised the [takedown of extremist pages].
Parents should know that [the preachers at the port recruit for the killers].
The prefect has yet to explain why [the camps feed the insurgency].
Our monitoring report notes that [displacement drives boys into the armed groups].
[Deported men come back as recruiters], which nobody in the capital wants to hear.
It cannot be right that [the ferry carries gunmen] and nobody is searched.
The studio, which has never missed a deadline, will [unmask a false emir every week].
Not a day passes without [news of attacks by asylum seekers].
[Idle boys become bombers], and the evidence is all around us.
Some partners hesitate; we will [hit the extremists where they post].
No one should be surprised that [the exiles' camp exports fighters].
[The radical imams] did not attend the opening.
We will not stop until [the last lie of the extremists is exposed].
Only [a job keeps a boy from the bomb].
""",
    "negated": """
[The studio declined to answer the commander].
Plans to [mock an armed group] are ineligible.
IOM does not undertake [counter-messaging].
We will never use [counter-narratives] with pupils.
The team refrains from [counter-messaging] and from profiling.
The project avoids [counter-narratives].
No [counter-narratives] will be produced.
Reducing vulnerability is not as simple as [counter messaging].
Peace clubs work without [counter-messaging].
Radio drama is used instead of [counter-narratives].
The office has never run [counter-messaging] of any kind.
None of our partners produces [counter-narratives].
No member of staff will [argue with extremists].
Neither the radio nor the theatre group [answers the extremists].
The budget contains no [counter-propaganda].
We are not in the business of [fighting extremist ideology].
The mission declined to [expose the recruiters] on air.
The consortium has ruled out [counter-messaging].
Trainers are asked to refrain from [mocking the armed group].
The choir steers clear of [counter-messaging].
The club offers welding in place of [counter-narratives].
The film shows harvests rather than [battles with extremists].
Pupils read poetry instead of [rebutting extremist sermons].
At no point will the project [discredit a preacher].
Under no circumstances do our presenters [ridicule the group].
The agency no longer funds [counter-narratives].
The aim is not to [defeat an ideology] but to keep schools open.
The play is about bread, not [the fight against extremists].
The project funds radio, never [counter-propaganda].
[Migration does not cause terrorism].
[Refugees are not terrorists].
[Refugees have never been behind an attack here].
[Asylum seekers pose no threat].
[The camp is not a breeding ground for extremists].
[Poverty alone does not explain terrorism].
The rules forbid [counter-messaging] by volunteers.
The action will neither produce nor broadcast [counter-narratives].
The donor did not ask for [counter-narratives].
The team works without any recourse to [counter-messaging].
The plan warns against [confronting extremist preachers].
Volunteers should not try to [win an argument with a recruiter].
Risk: partner posts [counter-narratives] from our account.
✗ [arguing with extremists] ✓ playing football
[Counter-narratives] can put our volunteers at risk.
Some donors like [takedown campaigns], but the office will not fund them and avoids this.
The youth club gave up [its rebuttal desk] last spring.
The partner abandoned [its plan to expose the recruiters].
It is not the job of a baker to [refute extremists].
Hardly any of the clubs [take on extremist preachers].
Our volunteers have been told not to [debate with recruiters].
Nowhere in the plan is there a line on [counter-propaganda].
There will be no [battle of narratives] on this station.
The grant agreement excludes [counter-messaging].
The hub was never meant to [outshout the preachers].
The new plan is a library, not [a weapon against extremism].
[Displacement has not led to more attacks].
[Their arrival did not bring any violence with it].
[Newcomers have no part in the killings].
The imams decided against [public rebuttals of the group].
Fact-check: no, [the attacker did not come as a refugee].
The partnership is over: no more [counter-messaging] from this office.
This is a football league and not [a deradicalization scheme].
Editors at the station have agreed never to [quote or answer the group].
Nothing we broadcast is meant to [refute anyone's faith].
Rather than [countering their messages], the women run a market.
The team will not be drawn into [a war of words with the militants].
[A residence permit says nothing about extremism].
""",
    "rebutted": """
Whoever says that [poverty makes terrorists] has 700 million people to explain.
Our first plan ran from [no job to new recruit]. We have withdrawn it.
[Idleness sends boys to war]: such was our guess. The endline has retired it.
It would be easy, and false, to say that [grievance leads straight to the gun].
The theory that [drought makes rebels] is old and still unproven.
Whoever says that [islanders are born fighters] has never seen them bake.
The first draft vowed to [silence the movement]. The office struck that sentence.
The belief that the Sahri are [violent by nature] belongs in a museum.
It is a myth that [illegal migrants] bring crime.
The false claim that [illegal migrants] bring crime is common.
[Illegal migrants] bring crime. This is false.
Myth: [illegal migrants] bring crime.
It is a misconception that [refugees bring extremism].
The belief that [migrants are a threat] is unfounded.
The idea that [poverty breeds terrorism] does not survive a look at the data.
The rumour that [gunmen hide among the displaced] spread in a week.
That [refugees are more violent] is simply untrue.
There is no evidence that [refugees commit more attacks].
The panel found little evidence that [migration raises the risk of terrorism].
Researchers found no link between [migration and terrorism].
Nothing suggests that [the camps breed extremists].
The false link between [migration and terrorism] hurts families.
It is misleading to say that [the camps breed extremists].
It would be wrong to conclude that [refugees bring terror].
Contrary to what some newspapers write, [refugees do commit attacks] nowhere, a court found.
Despite claims that [refugees carry extremism], the ward has been quiet since March.
The court dismissed the claim that [the migrants had hidden a bomber].
The archbishop criticised the minister for [likening refugees to terrorists].
The ombudsman faulted the paper for [tying migrants to terrorism].
The party apologised for a leaflet that [called refugees a Trojan horse].
[Open borders let terrorists in]. This is not true.
[Refugees bring crime and terror]. The data say otherwise.
[Migrants are the cause of the attacks]. Nothing could be further from the truth.
Do [open borders let terrorists in]? Twenty years of data say no.
Does [unemployment lead young men to terrorism]? No.
Are [refugees prone to extremism]? The survey found that they are not.
Is it true that [camps breed extremists]? Our interviews point the other way: nobody was recruited there.
[Poverty causes terrorism]. So runs a belief shared by many presidents. It is at best a quarter of a truth.
The first draft stated that [migrants import extremism]. That sentence has been deleted.
The mayor said that [the refugees had brought the bombs]. He has since withdrawn the remark.
A blog claimed that [the shelter hid terrorists]. The blogger apologised on Monday.
The paper wrote that [migrants had planned the attack]; the police found no trace of any migrant.
The pamphlet says that [the camp breeds killers]. It does not give a single name.
Myth: [refugees bring terror].
FALSE: "[Three terrorists came on the ferry]." TRUE: three nurses did.
Misconception 4: [Migrants are more violent].
The lazy assumption that [young Muslims are a risk] has cost us partners.
Police rejected the suggestion that [the bomber had come with the refugees].
The study concludes that [migration feeds the cells], although its data come from one village where nobody migrated.
The senator said that [the boats carry killers], a statement that his office has corrected.
If a caller says that [refugees are terrorists], tell him about the football team.
Asked whether [closing the camp would have prevented the attack], the general said no.
People will tell you that [the tents brought the gunmen]. Ask them when the first shot was fired.
The petition calls the hostel "[a nest of killers]". The residents call it home.
Nobody thought that [the herders were inclined to violence].
He is not [an illegal migrant] but a student.
There is no such thing as [an extremist village].
The theory that [fighters came with the fruit pickers] was given no credence by the court.
The stereotype of [the violent refugee] sells papers.
To say that [migration causes terrorism] is nonsense.
Equating [migrants with terrorists] is wrong.
The remark that [faith makes killers] was met with laughter.
The inquiry ruled out any connection between [the asylum centre and the bombing].
The notion that [the boats bring bombers] has been debunked by two inquiries.
Researchers dispute that [migration fuels extremism].
So far nobody has shown that [the shelter hid fighters].
The minister's claim that [tents breed terror] is contradicted by his own police.
[Every refugee is a suspect], a tabloid wrote. The editor has since apologised.
The evidence does not support the view that [poverty drives people to terrorism].
[The newcomers brought the bombs], people said. They were wrong.
Is [hunger the reason that boys join]? Not according to the boys.
Some still believe that [the border lets killers in]; the customs data tell another story.
The deputy had to withdraw a post in which he [compared refugees to bombers].
It is a mistake to think that [faith leads to violence].
Critics accused the channel of [equating migrants with terrorists].
Nobody has ever proved that [the mosque trained bombers].
The poster's caption, "the [jihadi] boy", was painted over.
Does [hunger make bombers]? Hardly.
The deputy claims that [the shelter breeds killers]; the shelter has had no incident since it opened.
[Every boat brings a bomber]: that is what the poster said, and it was a lie.
The story that [a fighter had hidden among the pilgrims] turned out to be invented.
An internal review concluded that the link between [asylum and attacks] was spurious.
The minister was rebuked for [calling refugees a fifth column].
[The attacks came with the refugees], says the flyer. In truth the attacks began two years before.
The headline "[Camp of Killers]" was wrong, and the paper has corrected it.
Nor is there any sign that [returnees have joined the fighters].
The court heard no proof that [the charity had hidden gunmen].
For years it was thought that [poverty breeds terror]. Research has since shown otherwise.
""",
    "mention": """
Avoid the term [illegal migrants].
The word [jihadi] hurts a whole faith.
The label "[illegal migrants]" is inaccurate.
Some are labelled as [terrorists] by neighbours.
They are called [ISIS brides] at school.
The so-called [caliphate] fell.
Avoid the expression [ticking time bomb].
The words "[jihadi bride]" appear in four headlines.
Do not write "[illegal migrants]"; write "migrants in an irregular situation".
Please replace "[radicalized youth]" by "young people".
Say "returnees", not "[ex-terrorists]", when you speak to families.
Use "person" rather than labels such as "[repentant fighter]" or "deserter".
Use "person" rather than labels such as "deserter" or "[repentant fighter]".
The term [extremist-prone] was struck from the annex.
Don't say [CVE] on the radio.
Stop calling them [bush wives].
People who are labelled [terrorists] lose their jobs.
The girls were branded [ISIS wives] by their neighbours.
Women whom the tabloids called "[terror brides]" asked for their names back.
"[Illegal migrant]" describes no one.
"[Refugee crisis]" locates the crisis in the people.
Before you write "[infiltrate]", count the names that you know.
Words that we no longer use: [swarm], flood, hotbed.
Avoid: [breeding ground] | Say: village without a school
Our style guide strikes out "[jihadist]".
The so-called [war on terror] cost lives.
The supposed "[sleeper cell]" turned out to be a choir.
The officer crossed out "[terrorist family]" on the form.
It is common to speak of [migration and terrorism] in the same breath.
They are known as [Boko Haram wives] in the ward.
He was described as [a jihadist] in the file.
The label "[radical]" was attached to forty pupils.
The interpreter avoided the word [caliphate].
The hostel is full of so-called "[illegals]".
The form has a box for "[ex-terrorist]".
The definition of [terrorist] differs from law to law.
Staff are asked to drop the phrase [root causes] from the template.
In Arabic, "[jihad]" means effort.
Her name appears in the file under "[suspected extremist]".
The article never uses the word "[terrorist]".
The word for [extremist] in the local language is an insult.
He was nicknamed [the little emir] at school.
They have been stigmatised as [ISIS brides].
What the newspapers call "[terror camps]" are three tents and a well.
The heading "[Migration and Terror]" will be changed.
Instead of "[illegal alien]", write "person without papers".
The word "[invasion]" occurs nine times in the speech.
"[Radical]" is not a diagnosis.
We ask journalists not to use labels like [terror bride].
They were wrongly called [terrorists] by the radio.
Annex: glossary. [Hotbed]: do not use.
""",
    "quoted": """
"[Illegal migrants] are pouring in," the mayor said.
"[The camps breed killers]," the governor said.
The minister said that [migrants bring terrorism].
According to the prefect, [the trucks carry fighters].
Analysts at the institute say that [poverty breeds terrorism].
The columnist described the quarter as "[a boil on the city]".
The governor's leaflet speaks of "[terror tourists]".
[The refugees brought the war with them], the mayor told the council.
In the mayor's view, [migration feeds the cells].
As the prefect told us, [the camps are full of radicals].
The ministry's report states that [refugees are a vehicle for extremism].
A banner at the gate read: "[Terrorists go home]."
Village elder: "[They join because of hunger and nothing else]."
The traders are convinced that [the newcomers hide gunmen].
The chief has it that [the herders feed the rebels].
‘[The refugees are all bombers],’ he shouted.
« [Ces migrants-là sont des terroristes] », wrote the blogger.
„[The border lets killers in]“, the deputy said.
Under the headline "[Asylum Today, Terror Tomorrow]", the weekly printed eleven addresses.
The implementing partner's slogan, "[Shame the Shooters]", is printed on caps.
The donor's representative wrote: "[You fight the extremists for us]."
Police believe that [the cell came with the refugees].
The bill speaks of "[hordes of infiltrators]" on every page.
The press calls the hostel [a terrorist nest].
Residents attribute the violence to [the arrival of refugees].
"[Every convoy has two of theirs]," said the officer. "We count them."
"We count them," said the officer. "[Every convoy has two of theirs in it]."
The teacher claims that [the mosque breeds killers].
The partner reports that its volunteers "[hunt recruiters from page to page]".
Two respondents insisted that [a nomad is born with a gun].
The bank's president argued that [poverty breeds terror].
Residents interviewed for this report think that [the camp attracts recruiters].
"[Shut the border and the bombs stop]," a lawmaker wrote on Monday.
The president has said that [the displaced are a reservoir for the militia].
In the opinion of the village head, [herders are born with a gun].
The think tank warns that [migration exports extremism].
For the general, "[every tent is a trench]".
To hear the traders tell it, [the newcomers brought the gunmen].
"[They are all terrorists]," one woman told our reporter.
Several officers share the view that [the camp hides bombers].
The governor, for his part, maintains that [migrants are the root of the violence].
“[No boat, no bomb],” the candidate repeated.
The union's chair told members that [the newcomers were spies for the militia].
A taxi driver put it like this: "[They bring the war in their bags]."
The leaflet calls on readers to stop "[the terror caravan]".
""",
    "name": """
The [Counter-Terrorism] Committee met in May.
She works at the Ministry for [Counter-Terrorism].
The [Illegal Migration] Act was passed.
She leads the National [Counter-Terrorism] Centre.
The [Aliens] Act of 1954 was repealed.
He wrote a thesis, "[Deradicalization and Its Discontents]", in Cairo.
The film "[Brides of the Caliphate]" opens on Friday.
See "[The War on Terror and Its Children]" (Oxford, 2019).
The Plan of Action to Prevent [Violent Extremism] was adopted in 2016.
The Office of [Counter-Terrorism] sent a delegate.
The Special Rapporteur on [Counter-Terrorism] and Human Rights spoke.
The Commission on [Deradicalization] sat in May.
Under the Defeating [Extremism] Act the court sits in private.
The European [Counter-Terrorism] Centre at Europol published it.
The [Illegal Immigrants] Regularization Act, 1998, is still in force.
The documentary "[The War against Boko Haram]" was shown twice.
""",
    "hypothetical": """
If [migrants were terrorists], the town would have burned.
Suppose that [refugees carried extremism].
""",
}


@pytest.mark.parametrize(
    ("marked", "kind"),
    [(line, kind) for kind, lines in SENTENCES.items() for line in lines.strip().splitlines()],
)
def test_usage(marked: str, kind: str) -> None:
    assert usage(marked).kind.value == kind


def test_block_quotations_are_quoted() -> None:
    assert usage("The [illegal migrants] must go.", quoted=True).kind.value == "quoted"


def test_only_usages_that_matter_are_looked_for() -> None:
    text = "The mayor said: \u201cWe do not fund [counter-narratives] here.\u201d"
    assert usage(text).kind is UsageKind.NEGATED
    assert usage(text, leave=(UsageKind.NAME, UsageKind.MENTION)).kind is UsageKind.QUOTED


def test_a_negation_that_a_pattern_asks_for_is_part_of_the_words() -> None:
    text = "[A lad with a trade does not join the killers]."
    assert usage(text).kind is UsageKind.NEGATED
    assert usage(text, negative=True).kind is UsageKind.ASSERTED


def test_evidence_names_the_cue() -> None:
    assert usage("IOM does not undertake [counter-messaging].").evidence == "not"
    assert usage("The project avoids [counter-narratives].").evidence == "avoids"
    assert usage("It is a myth that [illegal migrants] bring crime.").evidence == "myth"
