"""The table of the corpus in ``corpus/README.md``: ``python tests/corpus_table.py`` writes it anew."""

from __future__ import annotations

import json
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
README = CORPUS / "README.md"
HEAD = "| report | genre | characters | dates | amounts | companies | milestones | copies | joins |"
RULE = "|---|---|" + "---:|" * 7
PARTS = ("dates", "amounts", "companies", "milestones")
GENRES = {
    "baihe-green-park": "report on energy and emissions",
    "beihu-quarterly-table": "quarterly brief with text tables",
    "bolan-company-feature": "company feature",
    "dongjiao-daily-news": "evening paper, three items, one printed twice",
    "fengling-party-daily": "party-newspaper feature",
    "gangwan-traditional": "traditional characters, several currencies",
    "haibin-year-in-numbers": "WeChat year in numbers",
    "heyuan-statistics-bulletin": "statistics bulletin",
    "jinsha-leader-visit": "news of a leader's visit",
    "lanting-newspaper-page": "newspaper page, columns severed and repeated",
    "liantang-briefing": "administration's brief on projects",
    "luyuan-cluster-review": "association's yearly review",
    "meiling-speech": "speech",
    "nanling-investment-bulletin": "bulletin on investment promotion",
    "pinghu-newspaper-columns": "newspaper page, columns severed and repeated",
    "qiaotou-land-and-build": "report on land and building",
    "qinghe-talent-and-platforms": "report on talent and platforms",
    "qingshi-work-report": "annual work report",
    "shuangxi-industry-chain": "research note on an industry chain",
    "songjiang-signing": "signing ceremony",
    "taoyuan-awards": "news of awards",
    "tianmen-landing-company": "how one foreign firm settled",
    "wenquan-wrapped-plan": "development plan, hard-wrapped from a PDF",
    "xiangshan-retrospect": "ten-year retrospect",
    "xishan-wechat": "WeChat article with share clutter",
    "yuanling-motor-chain": "WeChat article on an industry chain",
    "yunxi-chronicle": "chronicle (大事记)",
    "baigou-leader-visit": "a mayor's round of projects and firms",
    "lianzhou-profile": "a park's own profile",
    "minxi-wechat": "WeChat post on building sites",
    "qinling-production": "a plant goes into production",
    "shuiyan-work-report": "annual work report, abridged",
    "tianxi-chronicle": "chronicle of a western park",
    "xihe-signing": "signing day of a county park",
    "yanshu-monthly-flash": "flash figures of ten months with a table",
    "yujiang-flash": "flash figures of a quarter",
    "zhangpu-columns": "newspaper page, columns severed and repeated",
    "danshui-chronicle": "chronicle of a year, its lines without stops",
    "fengtong-columns": "signing ceremony in a newspaper's columns, severed and repeated",
    "h01": "county newspaper, columns severed and repeated",
    "h02": "annual summary and plans",
    "h03": "WeChat article",
    "h04": "half-year bulletin with a table",
    "h05": "chronicle (大事记)",
    "h06": "feature on a cluster of firms",
    "h07": "signing news with foreign firms",
    "h08": "five-year retrospect of a port",
    "h09": "provincial daily, severed columns",
    "h10": "action plan explained",
    "h11": "listed firm's announcement",
    "h12": "brief of six bureaus",
    "h13": "half-year summary of a chemical park",
    "h14": "post on honours",
    "h15": "newspaper, sixteen starts on one day",
    "h16": "a policy explained",
    "h17": "twenty years of a northern park",
    "h18": "newspaper page, columns severed and repeated",
    "h19": "how a firm came to be listed",
    "h20": "five years of a port park",
    "h21": "brief on projects by colour",
    "h22": "half-year report of an administration to a council",
    "h23": "digest of investment promotion",
    "h31": "section of an annual work report",
}


def rows() -> list[str]:
    """A row a report: how many facts its gold asks for, without the optional ones."""
    found = []
    for path in sorted(CORPUS.glob("*/*/gold.json")):
        gold = json.loads(path.read_bytes())
        id = path.parent.name
        asked = [
            sum(not x.get("optional") for x in gold[part]) for part in ("dates", "amounts", "companies", "milestones")
        ]
        copies = sum(block["status"] == "duplicate" for block in gold["layout"]["blocks"])
        numbers = [gold["source"]["chars"], *asked, copies, len(gold["layout"]["joins"])]
        found.append(f"| {path.parent.parent.name}/{id} | {GENRES[id]} | " + " | ".join(map(str, numbers)) + " |")
    return found


def table() -> str:
    """The table as the README holds it."""
    return "\n".join([HEAD, RULE, *rows()])


if __name__ == "__main__":
    before, _, rest = README.read_text("utf-8").partition(HEAD)
    after = rest[rest.index("\n\n") :] if "\n\n" in rest else "\n"
    README.write_text(before + table() + after, "utf-8")
