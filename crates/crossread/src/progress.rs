//! In: how far the work is. Out: nothing; whoever runs the engine may show it. Results never
//! depend on it.

/// A stage of the flow, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the stages' own")]
pub enum Stage {
    Page,
    Annotate,
    Story,
    Compare,
}

/// Hears how far the work is; called from any thread.
pub trait Progress: Sync {
    /// A stage begins; `total` is how many items it has to do, where that is known.
    fn begin(&self, stage: Stage, total: Option<usize>);
    /// So many more items are done.
    fn advance(&self, items: usize);
}

/// Shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: Option<usize>) {}
    fn advance(&self, _: usize) {}
}
