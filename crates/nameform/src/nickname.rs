//! In: two given names. Out: whether one is a usual short form of the other. Refuses rarer ones:
//! a false pair merges two people.

use crate::fold::{fold, same_folded};

/// Each line: a given name and its usual short forms in English.
const SHORT_FORMS: &str = "\
abraham abe
albert al bert
alexander alex alec sandy
alexandra alex sandra
andrew andy drew
anthony tony
antonio tony
barbara barb
benjamin ben benny
charles charlie chuck
christine chris
christopher chris
daniel dan danny
david dave
deborah deb debbie
donald don donnie
dorothy dot
edward ed eddie ted
elizabeth liz beth betty eliza
eugene gene
francis frank
frederick fred freddie
gabriel gabe
gerald gerry jerry
gregory greg
harold harry
henry harry hank
jacob jake
james jim jimmy jamie
jeffrey jeff
jennifer jen jenny
jeremy jerry
jessica jess
john jack johnny
jonathan jon
joseph joe joey
joshua josh
katherine kate kathy katie
kenneth ken kenny
lawrence larry
leonard len lenny
margaret maggie meg peggy
matthew matt
michael mike mick mickey
nathan nate
nathaniel nate nat
nicholas nick
patricia pat patty trish
patrick pat paddy
peter pete
philip phil
rebecca becky
richard dick rick ricky rich
robert bob bobby rob robbie
ronald ron ronnie
samuel sam sammy
samantha sam
stanley stan
stephen steve
steven steve
susan sue susie
suzanne sue
theodore ted teddy theo
thomas tom tommy
timothy tim
victoria vicky
vincent vince
walter walt
william bill billy will willy liam
zachary zach";

/// Whether two given names can be one: spellings of one name, or a name and its short form
/// (James/Jim). Upper and lower case are alike.
pub fn same_given(a: &str, b: &str) -> bool {
    let (fold_a, fold_b) = (fold(a), fold(b));
    same_folded(&fold_a, &fold_b) || short_form(&a.to_lowercase(), &b.to_lowercase())
}

/// Whether both lower-case names stand in one line of the table, one of them in front.
pub(crate) fn short_form(a: &str, b: &str) -> bool {
    SHORT_FORMS.lines().any(|line| {
        let mut names = line.split(' ');
        let Some(long) = names.next() else {
            return false;
        };
        (long == a || long == b) && names.any(|short| short == a || short == b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms() {
        assert!(same_given("Jim", "James") && same_given("William", "bill"));
        assert!(same_given("Mike", "Michael") && same_given("Omer", "Omar"));
        assert!(!same_given("Bill", "Hillary") && !same_given("Jim", "Jimmy's"));
        assert!(
            !same_given("Jack", "Johnny"),
            "two short forms of one name are two names"
        );
    }
}
