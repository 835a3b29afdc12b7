//! Every kind of container, every refusal: archives are made here, and spoilt here.

mod archives;
mod feeds;
mod made;
mod tables;
mod web;
