//! The report's behaviour: what is kept in the repository is what the code gives, every output
//! fits its schema, and hostile text is inert in every format.

mod cited;
mod fixture;
mod focus;
mod formats;
mod hostile;
mod kept;
mod near;
mod tables;
mod views;
mod wire;
