//! The vocabulary of the generated news, written by hand. Nothing in it is taken from a text.

/// Outlets.
pub const OUTLETS: [&str; 16] = [
    "Harrowby Courier",
    "The Northern Ledger",
    "Brill Observer",
    "Channel Nine News",
    "Tarn Post",
    "The Evening Lantern",
    "Sound Coast Radio",
    "Meridian Wire",
    "Daily Compass",
    "The Quay",
    "Upland Gazette",
    "Lowmoor Times",
    "The Sentinel of Ostholm",
    "Riverside Today",
    "Plain Record",
    "Eastgate Herald",
];

/// Places that many stories share.
pub const CITIES: [&str; 16] = [
    "Harrowby",
    "Brill",
    "Tarnmouth",
    "Ostholm",
    "Lowmoor",
    "Eastgate",
    "Quarrington",
    "Veldstad",
    "Port Amory",
    "Saint Ives Bay",
    "Caldera",
    "New Haldon",
    "Rosewick",
    "Marrakel",
    "Dunlough",
    "Upper Fenning",
];

/// First names.
pub const FIRST: [&str; 24] = [
    "Ada", "Bo", "Carmen", "Dmitri", "Elif", "Farah", "Goran", "Hanna", "Idris", "Joana", "Karim",
    "Lena", "Mateo", "Nadia", "Omar", "Petra", "Quentin", "Rosa", "Sami", "Tova", "Umberto",
    "Vera", "Wen", "Yusuf",
];

/// Family names that many stories share.
pub const LAST: [&str; 24] = [
    "Lorne",
    "Haldane",
    "Varga",
    "Okoro",
    "Silva",
    "Brandt",
    "Castellan",
    "Demir",
    "Eklund",
    "Fonseca",
    "Grewal",
    "Hosseini",
    "Ivanek",
    "Jansson",
    "Kowal",
    "Lindqvist",
    "Moreau",
    "Nakata",
    "Oduya",
    "Pereira",
    "Qureshi",
    "Rahimi",
    "Sorensen",
    "Tanaka",
];

/// Roles.
pub const ROLES: [&str; 16] = [
    "mayor",
    "fire chief",
    "police commissioner",
    "transport minister",
    "harbour master",
    "head of the works council",
    "chief engineer",
    "hospital director",
    "union leader",
    "spokeswoman",
    "deputy mayor",
    "district judge",
    "school board chairman",
    "coast guard captain",
    "opposition leader",
    "interior minister",
];

/// Bodies.
pub const ORGANS: [&str; 12] = [
    "City Council",
    "Transport Authority",
    "Water Board",
    "Fire Service",
    "Health Department",
    "Port Authority",
    "Police Federation",
    "Energy Agency",
    "Court of Appeal",
    "Dockers' Union",
    "Geological Institute",
    "Housing Trust",
];

/// Things that stories are about.
pub const THINGS: [&str; 28] = [
    "swing bridge",
    "power station",
    "ferry line",
    "water main",
    "tram depot",
    "grain silo",
    "market hall",
    "radio mast",
    "harbour crane",
    "chemical plant",
    "hospital wing",
    "school roof",
    "mountain railway",
    "river dam",
    "gas pipeline",
    "airport terminal",
    "prison annex",
    "town archive",
    "steel mill",
    "cable car",
    "flood barrier",
    "data centre",
    "cattle market",
    "lighthouse",
    "opera house",
    "sugar refinery",
    "mail sorting centre",
    "glass factory",
];

/// What happens to them.
pub const EVENTS: [&str; 20] = [
    "collapsed",
    "caught fire",
    "was shut down",
    "flooded",
    "lost power",
    "was evacuated",
    "was sold to investors",
    "reopened after years",
    "was struck by lightning",
    "ran aground",
    "failed its inspection",
    "was occupied by protesters",
    "leaked fuel",
    "went on strike",
    "was raided by police",
    "broke its own record",
    "was hit by a truck",
    "closed without notice",
    "was damaged in a storm",
    "came to a standstill",
];

/// Why.
pub const CAUSES: [&str; 16] = [
    "a worn cable",
    "heavy rain",
    "a fault in the switchgear",
    "poor maintenance",
    "arson",
    "a shortage of staff",
    "a cracked weld",
    "a dispute over pay",
    "a software update",
    "an earthquake far out at sea",
    "unusually high tides",
    "a forged certificate",
    "rust",
    "a blocked drain",
    "strong winds",
    "a change in the law",
];

/// Words that report speech.
pub const CUES: [&str; 8] = [
    "said",
    "told reporters",
    "added",
    "wrote in a statement",
    "argued",
    "said on the radio",
    "insisted",
    "warned",
];

/// Days.
pub const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// What pages carry besides their article.
pub const FURNITURE: [&str; 10] = [
    "We use cookies to give you the best experience. Accept all or manage your settings.",
    "Photo: press office, handed out free of charge.",
    "Subscribe to our newsletter and get the morning's news in your inbox.",
    "Copyright. All rights reserved. No part may be reproduced without permission.",
    "Share this article with your friends. Print. Mail. Comments are closed.",
    "Read more: ten things to do this weekend.",
    "This site is protected against spam. Learn how your comment data is processed.",
    "Follow us for breaking news around the clock.",
    "You have reached your limit of free articles this month.",
    "An archive picture shows the site before the works began.",
];
