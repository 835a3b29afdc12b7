//! In: what stories give, and the one that is held out. Out: what the others give: what is fitted on them says what a
//! story gives that nothing was fitted on.

/// All but the one that is held out; all where none is.
pub(crate) fn without<T>(all: &[T], held: Option<usize>) -> impl Iterator<Item = &T> {
    let kept = all.iter().enumerate();
    kept.filter(move |(at, _)| Some(*at) != held)
        .map(|(_, one)| one)
}
