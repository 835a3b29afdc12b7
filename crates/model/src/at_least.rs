//! In: a list. Out: the same list with the promise that it has `N` items or more. Refuses shorter
//! ones: this is how the program cannot assert anything without evidence.

use std::ops::{Deref, DerefMut};

/// A list of `N` items or more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AtLeast<const N: usize, T>(Vec<T>);

/// A list that is never empty.
pub type NonEmpty<T> = AtLeast<1, T>;

impl<const N: usize, T> AtLeast<N, T> {
    /// `None` where there are fewer than `N` items.
    pub fn new(items: Vec<T>) -> Option<Self> {
        (items.len() >= N).then_some(Self(items))
    }

    /// Adds one more.
    pub fn push(&mut self, item: T) {
        self.0.push(item);
    }

    /// The plain list.
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }

    /// Sorts the list.
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        self.0.sort();
    }
}

impl<T> NonEmpty<T> {
    /// A list of one.
    pub fn one(item: T) -> Self {
        Self(vec![item])
    }

    /// The first item, which is always there.
    pub fn first(&self) -> &T {
        &self.0[0]
    }
}

impl<const N: usize, T> Deref for AtLeast<N, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

/// Items can be changed in place; how many there are cannot.
impl<const N: usize, T> DerefMut for AtLeast<N, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<'a, const N: usize, T> IntoIterator for &'a AtLeast<N, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_list_is_refused() {
        assert!(NonEmpty::<u8>::new(vec![]).is_none());
        assert!(AtLeast::<2, u8>::new(vec![1]).is_none());
        assert_eq!(
            AtLeast::<2, u8>::new(vec![1, 2]).map(AtLeast::into_vec),
            Some(vec![1, 2])
        );
    }
}
