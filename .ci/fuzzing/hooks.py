"""What the fuzzing of openapi.yaml knows of a shop.

Random ids and figures alone would stop at "no such member" and "the figures do not add up". So a few members get points
first, and most requests that are right by the schemas are aimed: at members, orders and redemptions that there are, with
figures that add up. Every fifth is left as drawn. Of requests that are wrong on purpose nothing is touched but a good
Idempotency-Key: one that was used before would hide what is wrong.

What was answered is counted into the file that KOPILKA_FUZZ_TALLY names.
"""

import atexit
import collections
import copy
import datetime
import decimal
import functools
import json
import os
import pathlib
import re
import sys
import time
import traceback
import zlib

import requests
import schemathesis
from schemathesis.generation.meta import CoverageScenario
from schemathesis.openapi.checks import RejectedPositiveData

URL = os.environ["KOPILKA_URL"]
KEY = os.environ["KOPILKA_KEY"]
TALLY = os.environ["KOPILKA_FUZZ_TALLY"]

# The program that the local run begins with.
DOCUMENT = json.loads((pathlib.Path(__file__).parent / "fuzzed-shop.json").read_text(encoding="utf-8"))
CURRENCY = DOCUMENT["currency"]
ZONE = DOCUMENT["timeZone"]

MEMBERS = [f"m-{n}" for n in range(1, 13)]
NOW = datetime.datetime.now(datetime.UTC)
# A whole day, so that a second run on the same data says the same.
LONG_ENOUGH_AGO = (NOW - datetime.timedelta(days=60)).strftime("%Y-%m-%dT00:00:00Z")

# What the schemas leave to words: the code of an error in a field, and where it may stand in a request that they allow.
SAID_IN_WORDS = [
    # A currency is one of ISO 4217 that has minor units.
    ("unknown_value", r".*/currency"),
    # An amount has the decimals of its currency, and at most 10^13 of its smallest units.
    ("too_many_decimals|out_of_range", r".*/(total|amount|delivery|tax|discount)"),
    # A line's id stands once in an order, a line once in a refund, a redemption once among the payments, a rule once among the
    # discounts.
    ("repeated", r".*/lines/\d+/(id|line)|/content/payments/\d+/redemption|/content/discounts/\d+/rule"),
    # A cursor is one that an answer gave.
    ("bad_format", "cursor"),
    # A quote is one that an answer gave.
    ("unknown_value", r"/content/quote"),
]

# The gateway takes 200 requests a second, and some checks send one more.
SECONDS_BETWEEN = 0.01

KEY_FORM = re.compile(r"[!-~]([ -~]{0,253}[!-~])?")

# What an answer never tells.
INSIDE = re.compile(r"java\.|software\.amazon|kopilka\.[a-z]+\.|Exception|\bat [a-z]+\.|Table\b|arn:aws")


class Shop:
    """What the shop has done so far, as the API confirmed it."""

    def __init__(self):
        self.members = set(MEMBERS)
        self.orders = {}  # by id: the member
        self.redemptions = {}  # by id: the member
        self.open = set()  # those of them that are
        self.codes = []
        self.quotes = []
        self.keys = []
        self.version = 1
        self.made = 0
        self.run = NOW.strftime("%H%M%S")

    def send(self, method, path, body):
        answer = requests.request(
            method, URL + path, json=body, headers={"Authorization": f"Bearer {KEY}"}, timeout=40
        )
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def newcomer(self):
        """A member who has just joined."""
        self.made += 1
        member = f"newcomer-{self.run}-{self.made}"
        self.send("PUT", f"/v1/members/{member}", {})
        self.members.add(member)
        return member

    def checkout(self):
        """A redemption that is open, of a newcomer with points: anybody older may have closed the account meanwhile."""
        member = self.newcomer()
        self.send("POST", "/v1/orders", self.paid(f"first-{member}", member, "5000.00"))
        self.made += 1
        redemption = f"checkout-{self.run}-{self.made}"
        order = {"total": {"amount": "100.00", "currency": CURRENCY}}
        self.send(
            "POST", "/v1/redemptions", {"redemption": redemption, "member": member, "points": 200, "order": order}
        )
        self.hold(redemption, member)
        return redemption

    def hold(self, redemption, member):
        self.redemptions[redemption] = member
        self.open.add(redemption)

    def fresh(self, identifier):
        """An id like this one that was not used before."""
        self.made += 1
        return f"{identifier[:40]}-{self.run}-{self.made}"

    def open_for_business(self):
        for member in MEMBERS:
            self.send("PUT", f"/v1/members/{member}", {})
            for number in range(1, 5):
                order = f"first-{number}-{LONG_ENOUGH_AGO[:10]}-{member}"
                self.send("POST", "/v1/orders", self.paid(order, member, "5000.00"))
                self.orders[order] = member
        self.codes.append(self.send("POST", "/v1/referrals/codes", {"member": MEMBERS[0]})["code"])

    @staticmethod
    def paid(order, member, total):
        lines = [{"sku": "S-TEA", "quantity": 1, "total": total}]
        content = {"currency": CURRENCY, "lines": lines, "total": total}
        return {"order": order, "member": member, "event": "paid", "at": LONG_ENOUGH_AGO, "content": content}


shop = Shop()


def telling(hook):
    """A hook whose error is told at once. Of one in a walk Schemathesis tells nothing if it does not come again: played once
    more, in a shop that has moved on, it seldom does, and is taken for chance."""

    @functools.wraps(hook)
    def told(context, case, *rest):
        try:
            return hook(context, case, *rest)
        except Exception:
            print(f"{hook.__name__} of {case.operation.label} {case.path_parameters} {case.body}", file=sys.stderr)
            traceback.print_exc()
            raise

    return told


@schemathesis.hook
def after_load_schema(context, schema):
    shop.open_for_business()


# ---------------------------------------------------------------------------------------------------- aiming


class Draw:
    """Choices that follow from the request alone, so that a seed repeats them."""

    def __init__(self, case):
        said = [case.operation.label, case.path_parameters, case.query, case.body]
        self.state = zlib.crc32(json.dumps(said, sort_keys=True, default=str).encode())

    def below(self, bound):
        self.state = zlib.crc32(self.state.to_bytes(4, "big"))
        return self.state % bound

    def one_of(self, choices):
        choices = list(choices)
        return choices[self.below(len(choices))]


def amount(text):
    """The amount that is drawn, cut to the currency's decimals and to the size of an order."""
    whole = decimal.Decimal(text) % 10_000
    return whole.quantize(decimal.Decimal("0.01"), decimal.ROUND_DOWN)


def aim_amounts(node):
    """Every amount by the currency, everywhere below."""
    if isinstance(node, list):
        for item in node:
            aim_amounts(item)
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "currency":
                node[name] = CURRENCY
            elif name in ("total", "amount", "delivery", "tax", "discount", "minimumOrder") and isinstance(value, str):
                node[name] = str(amount(value))
            elif name == "per":
                node[name] = str(amount(value) + 1)
            else:
                aim_amounts(value)


def aim_member(holder, draw):
    if holder.get("member") not in shop.members:
        holder["member"] = draw.one_of(MEMBERS)


def aim_time(body, draw):
    body["at"] = (NOW - datetime.timedelta(minutes=draw.below(60 * 24 * 60))).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def aim_order(case, draw):
    body = case.body
    aim_member(body, draw)
    aim_time(body, draw)
    if body["event"] in ("placed", "paid"):
        body["order"] = shop.fresh(body["order"])
    elif draw.below(2):
        body["order"] = draw.one_of(shop.orders)
        body["member"] = shop.orders[body["order"]]
    content = body.get("content")
    if content:
        aim_amounts(content)
        for line in content["lines"]:
            line.pop("id", None)
        goods = sum(decimal.Decimal(line["total"]) for line in content["lines"])
        total = goods + decimal.Decimal(content.get("delivery", 0)) + decimal.Decimal(content.get("tax", 0))
        discount = decimal.Decimal(content.get("discount", 0))
        if discount > goods:
            content["discount"] = "0.00"
            discount = decimal.Decimal(0)
        total -= discount + aim_discounts(content, draw)
        content["total"] = str(total)
        if content.pop("quote", None) and shop.quotes:
            content["quote"] = draw.one_of(shop.quotes)
        if "payments" in content:
            content["payments"] = content["payments"][:1]
            content["payments"][0]["amount"] = content["total"]


def aim_discounts(content, draw):
    """A discount of the program, where one is drawn: off the first line, by the rule that is about it."""
    if not content.pop("discounts", None):
        return 0
    line = content["lines"][0]
    off = (decimal.Decimal(line["total"]) * draw.below(11) / 100).quantize(decimal.Decimal("0.01"), decimal.ROUND_DOWN)
    goods = sum(decimal.Decimal(each["total"]) for each in content["lines"])
    if off == 0 or off + decimal.Decimal(content.get("discount", 0)) > goods:
        return 0
    line["category"] = "tea"
    content["discounts"] = [{"rule": "tea", "amount": str(off)}]
    return off


def aim_quote(case, draw):
    body = case.body
    if "member" in body:
        aim_member(body, draw)
    if "at" in body:
        # From a day back to most of a year ahead; mostly now.
        del body["at"]
        if draw.below(3) == 0:
            moment = NOW + datetime.timedelta(minutes=draw.below(340 * 24 * 60) - 22 * 60)
            body["at"] = moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    content = body["content"]
    aim_amounts(content)
    for line in content["lines"]:
        line.pop("id", None)
        if draw.below(2):
            line["category"] = draw.one_of(("tea", "coffee", "alcohol"))
    if "discount" in content:
        goods = sum(decimal.Decimal(line["total"]) for line in content["lines"])
        content["discount"] = str(min(decimal.Decimal(content["discount"]), goods))
    if "region" in content and draw.below(2):
        content["region"] = "Kyiv"
    if "coupons" in content and draw.below(2):
        content["coupons"][0] = "SPRING"


def aim_activity(case, draw):
    body = case.body
    aim_member(body, draw)
    aim_time(body, draw)
    body["activity"] = shop.fresh(body["activity"])
    if body["kind"] not in DOCUMENT["activities"]:
        body["kind"] = draw.one_of(DOCUMENT["activities"])
    if draw.below(4) > 0:
        body["verified"] = True


def aim_profile(case, draw):
    aim_path_member(case, draw)
    if "segments" in case.body:
        case.body["segments"] = DOCUMENT["segments"][: draw.below(3)]


def aim_entry(case, draw):
    aim_path_member(case, draw)
    case.path_parameters["posting"] = 1 + draw.below(6)


def aim_refund(case, draw):
    if case.path_parameters["order"] not in shop.orders:
        case.path_parameters["order"] = draw.one_of(shop.orders)
    body = case.body
    body["member"] = shop.orders[case.path_parameters["order"]]
    aim_time(body, draw)
    aim_amounts(body)
    body["refund"] = shop.fresh(body["refund"])
    if "lines" in body:
        body["lines"] = [{"line": "1", "quantity": f"0.{1 + draw.below(9):03}"}]
    if "delivery" in body:
        body["delivery"] = "0.00"
    if "amount" in body:
        body["amount"] = f"0.{1 + draw.below(99):02}"


def aim_hold(case, draw):
    aim_member(case.body, draw)
    aim_amounts(case.body)
    case.body["redemption"] = shop.fresh(case.body["redemption"])
    case.body["points"] = 100 + draw.below(200)
    case.body["order"]["total"]["amount"] = f"{10 + draw.below(90)}.00"


def aim_end(case, draw):
    redemption = case.path_parameters["redemption"]
    if redemption not in shop.redemptions:
        redemption = draw.one_of(sorted(shop.open)) if shop.open else shop.checkout()
        case.path_parameters["redemption"] = redemption
    case.body["member"] = shop.redemptions[redemption]
    if "points" in case.body:
        case.body["points"] = 1 + draw.below(150)


def aim_close(case, draw):
    # Those who have points stay; whoever joined for it leaves.
    if case.path_parameters["member"] in MEMBERS or case.path_parameters["member"] not in shop.members:
        case.path_parameters["member"] = shop.newcomer()


def aim_attach(case, draw):
    case.body["member"] = shop.newcomer()
    if case.body["code"] not in shop.codes:
        case.body["code"] = draw.one_of(shop.codes)


def aim_publication(case, draw):
    aim_successor(case, draw)
    if draw.below(4) > 0:
        # All else here is aimed at the document that the shop began with: so most have its kinds, labels and levels.
        name = case.body["name"]
        case.body = copy.deepcopy(DOCUMENT)
        case.body["name"] = name
        case.body["rules"][0]["then"][0]["earn"]["points"] = 1 + draw.below(9)
        return
    if case.body["format"] != 1:
        return
    aim_amounts(case.body)
    case.body["timeZone"] = ZONE
    # Rates that a program may have: what is absurd is refused, and would be nearly always.
    rate = case.body["earning"]["rate"]
    if "percent" in rate:
        rate["percent"] = str(1 + draw.below(20))
    else:
        rate.update(points=1 + draw.below(9), per=f"{1 + draw.below(9)}.00")
    case.body["earning"].pop("categories", None)
    case.body["redemption"]["worth"] = {"points": 100, "amount": "1.00"}
    case.body["redemption"].pop("maximumShare", None)
    case.body["redemption"].pop("minimumPoints", None)


def aim_successor(case, draw):
    case.headers["If-Match"] = f'"{shop.version}"'
    # Not before the version that it follows: rarely at a moment, and then at the last one of this run.
    if case.query and "effectiveFrom" in case.query:
        if draw.below(4) > 0:
            del case.query["effectiveFrom"]
        else:
            case.query["effectiveFrom"] = (NOW + datetime.timedelta(days=365)).strftime("%Y-%m-%dT%H:%M:%SZ")


def aim_restoration(case, draw):
    aim_version(case, draw)
    aim_successor(case, draw)


def aim_comparison(case, draw):
    aim_version(case, draw)
    case.path_parameters["other"] = 1 + draw.below(shop.version)


def aim_versions(case, draw):
    if case.query and "cursor" in case.query and case.meta.phase.name.value != "stateful":
        del case.query["cursor"]


def aim_path_member(case, draw):
    aim_member(case.path_parameters, draw)
    if case.query and "cursor" in case.query and case.meta.phase.name.value != "stateful":
        del case.query["cursor"]


def aim_read_order(case, draw):
    if case.path_parameters["order"] not in shop.orders:
        case.path_parameters["order"] = draw.one_of(shop.orders)
    case.query["member"] = shop.orders[case.path_parameters["order"]]


def aim_read_redemption(case, draw):
    if shop.redemptions and case.path_parameters["redemption"] not in shop.redemptions:
        case.path_parameters["redemption"] = draw.one_of(shop.redemptions)


def aim_version(case, draw):
    case.path_parameters["version"] = 1 + draw.below(shop.version)


def aim_revocation(case, draw):
    if shop.keys and case.path_parameters["key"] not in shop.keys:
        case.path_parameters["key"] = draw.one_of(shop.keys)


def aim_body_member(case, draw):
    aim_member(case.body, draw)


AIMS = {
    "POST /v1/quotes": aim_quote,
    "POST /v1/activities": aim_activity,
    "PUT /v1/members/{member}/profile": aim_profile,
    "GET /v1/members/{member}/tier": aim_path_member,
    "GET /v1/members/{member}/ledger/{posting}/explanation": aim_entry,
    "POST /v1/orders": aim_order,
    "POST /v1/orders/{order}/refunds": aim_refund,
    "GET /v1/orders/{order}": aim_read_order,
    "POST /v1/redemptions": aim_hold,
    "POST /v1/redemptions/{redemption}/capture": aim_end,
    "POST /v1/redemptions/{redemption}/void": aim_end,
    "GET /v1/redemptions/{redemption}": aim_read_redemption,
    "GET /v1/members/{member}": aim_path_member,
    "GET /v1/members/{member}/balance": aim_path_member,
    "GET /v1/members/{member}/ledger": aim_path_member,
    "POST /v1/members/{member}/close": aim_close,
    "POST /v1/referrals/codes": aim_body_member,
    "POST /v1/referrals": aim_attach,
    "PUT /v1/program": aim_publication,
    "GET /v1/program/versions": aim_versions,
    "GET /v1/program/versions/{version}": aim_version,
    "GET /v1/program/versions/{version}/compare/{other}": aim_comparison,
    "POST /v1/program/versions/{version}/restore": aim_restoration,
    "DELETE /v1/keys/{key}": aim_revocation,
}


def scenario(case):
    return getattr(case.meta.phase.data, "scenario", None) if case.meta else None


def is_right(case):
    """Right by the schemas, of a declared method, and with a body of the declared kind where one is wanted."""
    return (
        case.meta is not None
        and case.meta.generation.mode.is_positive
        and scenario(case)
        not in (
            CoverageScenario.UNSPECIFIED_HTTP_METHOD,
            CoverageScenario.MALFORMED_CONTENT_TYPE,
            CoverageScenario.UNSUPPORTED_CONTENT_TYPE,
        )
    )


@schemathesis.hook
@telling
def before_call(context, case, kwargs):
    time.sleep(SECONDS_BETWEEN)
    label = case.operation.label
    if label == "DELETE /v1/keys/{key}" and str(case.path_parameters.get("key")) in KEY:
        # Whoever saws off the branch learns only that nothing is allowed any more.
        case.path_parameters["key"] = "0" * 12
    draw = Draw(case)
    dropped = draw.below(4) > 0 or not is_right(case)
    if dropped and KEY_FORM.fullmatch(str(case.headers.get("Idempotency-Key", ""))):
        if label == "PUT /v1/members/{member}/profile":
            # It has to have one, which names it.
            case.headers["Idempotency-Key"] = shop.fresh("profile")
        else:
            del case.headers["Idempotency-Key"]
    if "\t" in str(case.headers.get("Idempotency-Key", "")):
        # The JDK's HTTP server, which the local run stands on, makes a blank of a tab, and a blank is allowed.
        case.headers["Idempotency-Key"] = case.headers["Idempotency-Key"].replace("\t", "\u00e9")
    if is_right(case) and draw.below(5) > 0 and label in AIMS:
        AIMS[label](case, draw)


# ---------------------------------------------------------------------------------------------------- what came back

tally = collections.Counter()


@schemathesis.hook
@telling
def after_call(context, case, response):
    label = case.operation.label
    mode = "right" if is_right(case) else "wrong"
    phase = case.meta.phase.name.value if case.meta else "other"
    tally[(label, phase, mode, response.status_code)] += 1
    if response.status_code not in (200, 201, 202) or response.request.method != label.split()[0]:
        return
    body = case.body if isinstance(case.body, dict) else {}
    told = response.json()
    match label:
        case "PUT /v1/members/{member}":
            shop.members.add(told["member"])
        case "POST /v1/quotes":
            shop.quotes.append(told["quote"])
        case "POST /v1/orders" if body.get("event") == "paid":
            shop.orders[told["order"]] = body["member"]
        case "POST /v1/redemptions":
            shop.hold(told["redemption"], told["member"])
        case "POST /v1/redemptions/{redemption}/capture" | "POST /v1/redemptions/{redemption}/void":
            shop.open.discard(told["redemption"])
        case "POST /v1/members/{member}/close":
            shop.members.discard(told["member"])
        case "POST /v1/referrals/codes":
            shop.codes.append(told["code"])
        case "PUT /v1/program" | "GET /v1/program" | "POST /v1/program/versions/{version}/restore":
            shop.version = told["version"]
        case "POST /v1/keys":
            shop.keys.append(told["id"])


@atexit.register
def write_tally():
    rows = [[*key, count] for key, count in sorted(tally.items())]
    with open(TALLY, "w", encoding="utf-8") as file:
        json.dump(rows, file)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Keeps a failure, unless it is of a right request and says what the contract says in words."""
    if not isinstance(failure, RejectedPositiveData) or response.status_code != 400:
        return True
    errors = response.json().get("errors", [])
    return not errors or not all(
        any(
            re.fullmatch(codes, error["code"])
            and re.fullmatch(places, error.get("pointer", error.get("parameter", "")))
            for codes, places in SAID_IN_WORDS
        )
        for error in errors
    )


# ---------------------------------------------------------------------------------------------------- checks


@schemathesis.check
def unknown_method_is_not_found(ctx, response, case):
    """A method that no route has is answered by the gateway: 404 in its own words."""
    if scenario(case) == CoverageScenario.UNSPECIFIED_HTTP_METHOD:
        assert response.status_code == 404, f"status {response.status_code}, not 404"
        assert response.json() == {"message": "Not Found"}, "not the gateway's words"


@schemathesis.check
def refusal_tells_nothing_of_the_inside(ctx, response, case):
    """No class, stack, table or resource of AWS is named to a caller."""
    if response.status_code >= 400:
        found = INSIDE.search(response.text)
        assert not found, f"names {found.group()}"
