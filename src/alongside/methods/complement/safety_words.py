"""The words by which each kind of help that unpaid people are never asked for is noticed, in English and Welsh.

Patterns, each from the beginning of a word. In Welsh a first letter changes with what stands before it (cawod, gawod,
chawod, nghawod), so each word stands here in all its forms. What is an evening (gyda'r nos), a food bank (banc
bwyd) or clothes to be washed (golchi dillad) is none of it.
"""

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "personal_care": {
        "en": (
            r"(?:personal|intimate|continence) care|catheter|toilet(?:ing)?\b",
            r"shower(?:ed|ing)?\b|bath(?:e|ed|ing)\b|feed(?:ing)? (?:me|him|her|tube)\b",
            r"wash(?:ed|ing)? (?:me|myself|my|him|her|and dress)|have a (?:bath|shower|wash)\b",
            r"(?:get|getting) (?:un)?dressed|(?:un)?dress(?:ed|ing)? (?:me|myself|him|her)\b",
        ),
        "cy": (
            r"(?:g|ng)?ofal (?:personol|ymataliaeth)|[cg]athetr|chathetr|(?:t|d|th|nh)oiled",
            r"(?:i'r|yn y|y) t[ŷy] bach\b|(?:c|g|ch|ngh)awod(?:ydd)?\b(?! o (?:law|eira))",
            r"(?:c|g|ch)ael (?:bath|bàth)\b|r?h?oi (?:bath|bàth)\b|ymolch\w*",
            r"g?olchi (?:fi|fo|fe|ef|hi)\b|g?olchi (?:fy|ei) (?:nghorff|chorff|gorff|ngwallt|gwallt|wallt)\b",
            r"bwydo (?:fi|fo|fe|ef|hi)\b|(?:fy mwydo|ei fwydo|ei bwydo|tiwb bwydo)\b",
            r"g?wisgo (?:amdan\w*|fi\b|fo\b|hi\b|yn y bore\b)|(?:fy ngwisgo|ei gwisgo)\b",
            r"(?:newid|tynnu|dynnu) (?:fy nillad|ei ddillad|ei dillad|amdan\w*)",
        ),
    },
    "medicines": {
        "en": (
            r"medicines?\b|medication|inject(?:ion|ions|ing)?\b|insulin|prescription|dosette",
            r"(?:my|his|her|their|take|taking|with) (?:\w+ )?(?:tablets|pills)\b",
        ),
        "cy": (
            r"[mf]oddion\b|[mf]eddyginiaeth\w*|ffisig\b|(?:p|b|ph|mh)igiad\w*|inswlin|(?:p|b|ph|mh)resgripsiw\w*",
            r"(?:fy|ei|eu|cymryd|gymryd|chymryd|rhoi) (?:\w+ )?(?:t|d|th|nh)abledi\b",
            r"(?:fy|ei|eu) (?:\w+ )?(?:p|ph|mh)ils\b|(?:c|g|ch)ymryd (?:\w+ )?(?:p|b|ph|mh)ils\b",
        ),
    },
    "handling_money": {
        "en": (
            r"my (?:money|bills?|bank|cash|pension|benefits|savings|pin)\b|(?:the|online) bank\b|banking|cash\b",
            r"pay(?:ing)? (?:the |my )?bills|pin number",
            r"(?:handl\w+|look\w* after) (?:\w+ )?money|collect\w* (?:\w+ )?pension",
        ),
        "cy": (
            r"(?:fy|ei|eu|ein) h?arian\b|arian parod\b|rhif pin\b|[bf]?ancio\b",
            r"(?:fy|ei|eu) (?:mil|miliau|filiau|biliau|manc|banc|fanc|cynilion|nghynilion|chynilion|gynilion)\b",
            r"(?:fy|ei|eu) (?:pensiwn|mhensiwn|phensiwn|bensiwn|mudd-daliadau|budd-daliadau|fudd-daliadau)\b",
            r"(?:t|d|th)alu(?:'r| fy| ei)? (?:biliau|miliau|filiau)\b|(?:i'r|yn y|â'r) banc\b(?! (?:bwyd|amser))",
            r"(?:t|d|th)rin (?:\w+ )?arian\b|(?:edrych ar ôl|gofalu am|ofalu am) (?:\w+ )?h?arian\b",
            r"(?:casglu|gasglu|nôl) (?:\w+ )?(?:pensiwn|mhensiwn|phensiwn|bensiwn)\b",
        ),
    },
    "transfers": {
        "en": (
            r"hoist|transfer(?:s|red|ring)?\b|lift(?:ed|ing)? (?:me|him|her)\b",
            r"(?:in and out|out|into) (?:of )?(?:a |the |my |his |her )?(?:bed|bath|chair|wheelchair)\b",
        ),
        "cy": (
            r"(?:teclyn|declyn) codi\b|[td]rosglwyddo (?:fi|fo|hi)\b|(?:fy nhrosglwyddo|ei drosglwyddo)\b",
            r"(?:c|g|ch)odi (?:fi|fo|fe|ef|hi)\b|(?:fy nghodi|ei chodi|ei godi)\b",
            r"(?:allan|mas|i mewn|[cg]odi) (?:o|i)(?:'r| fy| ei)? ?(?:gwely|wely|ngwely|bath|cadair|gadair|nghadair)\b",
        ),
    },
    "nights": {
        "en": (
            r"overnight|all night|at night|(?:through|during|in) the night|night[- ]?times?\b",
            r"night (?:care|cover|sitt\w+)|sleep(?:ing)?[- ]?(?:in|over)\b",
        ),
        "cy": (
            r"dros nos\b|[dt]rwy'r nos\b|yn (?:ystod )?y nos\b|liw nos\b|(?:g|ng)?ofal nos\b|shifft nos\b",
            r"(?:c|g|ch)ysgu (?:i mewn|draw)\b",
        ),
    },
}
