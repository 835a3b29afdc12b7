//! Every format of the fixture, as kept in `tests/ref`.

use report::TextOptions;

use crate::fixture::findings;
use crate::kept::check;

fn text(width: usize, colour: bool) -> String {
    report::text(
        &report::assemble(&findings()),
        TextOptions { width, colour },
    )
}

#[test]
fn every_format_of_the_fixture_is_as_kept() {
    check("tests/ref/report/report.txt", &text(80, false));
    check("tests/ref/report/report-40.txt", &text(40, false));
    check("tests/ref/report/report-colour.txt", &text(80, true));
    check(
        "tests/ref/report/report.json",
        &report::json(&report::assemble(&findings())),
    );
    check(
        "tests/ref/report/report.md",
        &report::markdown(&report::assemble(&findings())),
    );
    check(
        "tests/ref/report/report.html",
        &report::html(&report::assemble(&findings())),
    );
}
