//! Made-up words. None of the people, companies and addresses exists: e-mail goes to reserved
//! domains and phone numbers lie in the range set aside for fiction.

pub(crate) const FIRST: &[&str] = &[
    "Ana", "Bruno", "Chen", "Dara", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Keiko",
    "Liam", "Mara", "Noor", "Oskar", "Priya", "Quinn", "Rosa", "Sven", "Tara", "Uma", "Viktor",
    "Wendy", "Ximena", "Yusuf", "Zoë",
];

pub(crate) const LAST: &[&str] = &[
    "Abbott",
    "Baker",
    "Castillo",
    "Dufour",
    "Eriksen",
    "Fischer",
    "Garcia",
    "Haddad",
    "Ivanova",
    "Jensen",
    "Kowalski",
    "Lindqvist",
    "Moreau",
    "Nakamura",
    "O'Neill",
    "Pereira",
    "Quist",
    "Rossi",
    "Schäfer",
    "Tanaka",
    "Underwood",
    "Vargas",
    "Weber",
    "Young",
    "Zhang",
];

pub(crate) const COMPANY: &[&str] = &[
    "Acorn",
    "Bluebird",
    "Cedar",
    "Delta",
    "Evergreen",
    "Foxglove",
    "Granite",
    "Harbor",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Lakeside",
    "Meridian",
    "Northwind",
    "Orchard",
    "Pinnacle",
];

pub(crate) const TRADE: &[&str] = &[
    "Bakery",
    "Clinic",
    "Dental & Co",
    "Freight",
    "Hotels",
    "Law Group",
    "Logistics",
    "Partners",
    "Realty",
    "Schools",
    "Studios",
    "Supply, Inc.",
];

pub(crate) const STREET: &[&str] = &[
    "Alder St",
    "Birch Ave",
    "Canal Rd",
    "Dock Ln",
    "Elm Blvd",
    "Ferry Way",
    "Grove Ct",
    "Hill St",
    "Iris Dr",
    "Jetty Rd",
];

/// City, state, postal code.
pub(crate) const CITIES: &[(&str, &str, &str)] = &[
    ("Springfield", "IL", "62701"),
    ("Riverton", "UT", "84065"),
    ("Fairview", "NJ", "07022"),
    ("Georgetown", "TX", "78626"),
    ("Salem", "OR", "97301"),
    ("Madison", "WI", "53703"),
    ("Clinton", "MS", "39056"),
    ("Ashland", "KY", "41101"),
];

pub(crate) const PLAN: &[&str] = &[
    "Hosted Voice Seat",
    "SIP Trunk",
    "Fiber 500/500",
    "Mobile Data 10 GB",
    "Toll-Free Number",
    "Managed Router",
    "Call Recording",
    "E911 Fee",
    "Static IP",
    "Analog Line",
];

pub(crate) const NOTE: &[&str] = &[
    "Called back, left a voicemail",
    "Prefers e-mail over phone",
    "Port request sent to carrier",
    "Contract renewed for another year",
    "Asked for a copy of the last bill",
    "Équipe technique prévenue",
    "Rate agreed with sales: see quote",
];

pub(crate) const HTML: &[&str] = &[
    "<p>No dial tone since <b>Monday</b>.</p>",
    "<div>Router rebooted &amp; line tested.<br/>Customer confirmed.</div>",
    "<p>Invoice shows a plan that was cancelled&nbsp;in May.</p><ul><li>refund?</li></ul>",
    "<span style=\"color:red\">Escalated</span> to carrier, waiting for a date.",
];

pub(crate) const TASK: &[&str] = &[
    "Confirm installation date",
    "Ship handsets",
    "Call carrier about port",
    "Send welcome letter",
    "Verify emergency address",
    "Close old account",
];

pub(crate) const FIELD: &[&str] = &[
    "Account Manager",
    "Site Code",
    "Renewal Month",
    "Contract Type",
    "Reseller Reference",
];
