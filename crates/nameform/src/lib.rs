//! Forms of a person's name. In: the words of a name, titles already taken off. Out: its parts, a
//! key under which its spellings meet, and whether two forms can name one person. Pure string
//! work: no list of people, no context. It refuses nothing; a name without letters has no words
//! and matches nothing.
//!
//! `fold` brings together what journalists' transliterations differ in (Khaqan/Khakan, Omer/Omar,
//! Mohammed/Muhammad); `variant` allows one vowel more or less inside a long word
//! (Dastgir/Dastagir). Neither touches what tells people apart: another consonant, another first
//! or last sound (Anna/Anne, Daniel/Daniela).

mod fold;
mod nickname;
mod person;

pub use fold::{fold, skeleton, variant};
pub use nickname::same_given;
pub use person::{PersonName, Verdict};
