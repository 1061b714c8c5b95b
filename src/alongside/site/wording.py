"""The words of the pages that explain, and of the pages for when something is wrong."""

from typing import Any

from django.utils.translation import gettext_lazy as _

PROBLEMS: dict[int, dict[str, Any]] = {
    400: {"title": _("We could not read that"), "words": _("Something in the address or the form was not right. Go back and try again.")},
    403: {"title": _("This page is not open to you"), "words": _("It belongs to someone else, or it needs another sign-in. If it should be yours, ask for help.")},
    404: {"title": _("We cannot find that page"), "words": _("It may have moved, or someone may have taken it back. You can look around for something like it.")},
    419: {"title": _("You were away a while"), "words": _("So we closed the form. Go back, load the page again, and send it once more. What you saved before is safe.")},
}  # fmt: skip

EXPLAINED: dict[str, dict[str, Any]] = {
    "how": {
        "title": _("How this works"),
        "parts": [
            ("", _("Everyone has something to bring. This is a place to see it, share it and put it together.")),
            (_("Look around"), _("See what people, groups and organisations have near you. You need no account.")),
            (_("Make your page"), _("Say what matters to you and what you want. We look first at what you have, then at people and groups near you, then at shops, then at services. You choose the order.")),
            (_("You decide"), _("Nothing is settled until you say yes, and the other person says yes too. You can stop at any time.")),
            (_("What you get now stays"), _("Ideas add to the help you have. They never take it away.")),
            (_("No computer?"), _("Call us, or ask someone you trust. They can keep your page with you by phone, by post or at a visit.")),
        ],
        "links": [
            ("assets:offer", _("Share something")),
            ("gifts:mine", _("What I can do, know and lend")),
            ("assets:no_signal", _("Write things down without a signal")),
            ("assets:welcome_here", _("You are welcome here: for shops, cafés, libraries and halls")),
            ("outcomes:not_found_yet", _("Not found yet")),
            ("barriers:list", _("What gets in the way")),
            ("barriers:rights", _("Your rights, and who can help")),
            ("surgery:note", _("A note for my surgery")),
            ("assessment:ways", _("Five ways to feel well")),
            ("carried:what_is_on", _("What is on, for your own calendar")),
            ("validating:check", _("Check a list of services")),
            ("api:reference", _("For those who write programs")),
        ],
    },
    "privacy": {
        "title": _("Your privacy"),
        "parts": [
            ("", _("What you write is yours. Nobody else can see it until you share it.")),
            (_("You choose"), _("You choose who can see each thing, which parts, and until when. You can take it back, and it is gone at once.")),
            (_("You see who looked"), _("Each time someone else reads your page, we write it down, and you can read it.")),
            (_("Your home"), _("We never show your home address. On the map you are a few streets, not a door.")),
            (_("Numbers"), _("You are counted in the numbers for this place only if you choose to be. Small numbers are hidden so that nobody can be picked out.")),
            (_("Take it with you"), _("You can take all you wrote away with you, or have it wiped. What a group decided together stays, without you in it.")),
            (_("Cookies"), _("We keep one small file on your device so that your page opens again, and one if you sign in. Others are kept only if you ask for it: what works for you, short words and pictures, what you chose in a vote, and what opens the things you wrote without a signal. “Forget this device” takes all of them away.")),
        ],
    },
    "access": {
        "title": _("Access help"),
        "parts": [
            ("", _("Every page works with a keyboard, with a screen reader, on a small phone and on paper.")),
            (_("Bigger print"), _("Press “Large print” at the foot of any page. You can print it like that too.")),
            (_("Short words and pictures"), _("Press “Short words and pictures” at the foot of any page. The pages that people meet first then say one thing a line, beside a picture, in big letters. We made it by the rules of Easy Read. People with learning disabilities have not tried it yet, so we do not call it that.")),
            (_("By phone or post"), _("You can do everything here by phone, by post or at a visit. The number is at the foot of each page.")),
            (_("Tell us what is hard"), _("If something here does not work for you, press “Something worries me” or call. We want to mend it.")),
        ],
    },
}  # fmt: skip
