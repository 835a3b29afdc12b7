//! In which order stories are listed, and where a list goes on. In: the words of an address. Out: the store's order, a
//! place in it. Refuses a place of another order.

use store::{StoryOrder, StoryRow};

/// The names of the orders, as addresses have them.
pub const NAMES: [&str; 4] = ["latest", "changed", "disputes", "origins"];

/// The order of a name; that of time where none is given.
pub fn named(name: &str) -> Option<StoryOrder> {
    match name {
        "" | "latest" => Some(StoryOrder::Latest),
        "changed" => Some(StoryOrder::Changed),
        "disputes" => Some(StoryOrder::Disputed),
        "origins" => Some(StoryOrder::Origins),
        _ => None,
    }
}

/// Where a list goes on behind a story.
pub fn next(order: StoryOrder, last: &StoryRow) -> String {
    let place = last.place(order);
    let numbers: Vec<String> = place.iter().map(i64::to_string).collect();
    numbers.join(".")
}

/// The place that [`next`] told; `None` where it is none of this order.
pub fn after(order: StoryOrder, told: &str) -> Option<Vec<i64>> {
    let numbers = told.split('.').map(|number| number.parse().ok());
    order.place_of(numbers.collect::<Option<_>>()?)
}
