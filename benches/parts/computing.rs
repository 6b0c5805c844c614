//! The parts that compute: periods, scopes, formulas.

use std::hint::black_box;

use anyhow::{Context as _, Result, anyhow};
use factcheck::formula::{Context, Formula, Quantity};
use factcheck::number::{Decimal, Interval};
use factcheck::scope::{self, FacetDeclaration, Facets, FiscalYear, MemberDeclaration, Period, Scope};
use factcheck::unit::{Currency, Unit};

use crate::Timer;

/// Periods, as scopes name them.
pub(crate) fn periods(timer: &Timer) {
    let fiscal = FiscalYear::default();
    for text in ["2025-03", "2025-Q1", "FY2025", "2025-03-01/2025-03-28", "2025-01-20/P70D"] {
        timer.time(&format!("period, read {text}"), || Period::parse(black_box(text), fiscal));
    }
}

/// Scopes, compared and computed with.
pub(crate) fn scopes(timer: &Timer) -> Result<()> {
    let facets = facets();
    let scope = |agencies: &[&str], period: &str| -> Result<Scope> {
        let period = Period::parse(period, FiscalYear::default())?;
        let entries = [("agency", agencies.to_vec()), ("measure", vec!["removals"])];
        facets.scope(entries, Some(period)).map_err(|errors| anyhow!("{errors:?}"))
    };
    let (march, april) = (scope(&["ICE"], "2025-03")?, scope(&["ICE"], "2025-04")?);
    let others = scope(&["CBP", "USCG"], "2025-03")?;
    let (nothing, department) = (Scope::default(), scope(&["DHS"], "2025-03")?);
    timer.time("scope, from names", || scope(black_box(&["ICE", "CBP", "USCG"]), "2025-03"));
    timer.time("scope, compared where nothing is declared", || facets.compare(black_box(&nothing), &nothing));
    timer.time("scope, claim and figure the same", || facets.compare(black_box(&march), &march));
    timer.time("scope, figure broader", || facets.compare(black_box(&march), &department));
    timer.time("scope, sum where nothing is declared", || {
        scope::sum(&facets, [black_box(&nothing), &nothing])
    });
    timer.time("scope, sum of two agencies", || scope::sum(&facets, [black_box(&march), &others]));
    timer.time("scope, contrast of two months", || {
        scope::contrast(&facets, black_box(&march), &april, None, false)
    });
    timer.time("scope, share of a department", || scope::share(&facets, black_box(&march), &department));
    let passage =
        "The count also takes in people deported by Customs and Border Protection and the Coast Guard.";
    timer.time("scope, members named in a sentence", || facets.named_in("agency", black_box(passage)));
    Ok(())
}

fn facets() -> Facets {
    let member = |name: &str, includes: &[&str], alias: &str| MemberDeclaration {
        name: name.to_owned(),
        includes: includes.iter().map(|&name| name.to_owned()).collect(),
        aliases: vec![alias.to_owned()],
        complete: false,
    };
    let agencies = vec![
        member("DHS", &["ICE", "CBP", "USCG"], "Department of Homeland Security"),
        member("ICE", &[], "Immigration and Customs Enforcement"),
        member("CBP", &[], "Customs and Border Protection"),
        member("USCG", &[], "Coast Guard"),
    ];
    let measures = vec![member("removals", &[], "deportations")];
    let facet = |name: &str, members| FacetDeclaration { name: name.to_owned(), members };
    Facets::declare(&[facet("agency", agencies), facet("measure", measures)]).0
}

/// Formulas, parsed once and evaluated many times.
pub(crate) fn formulas(timer: &Timer) -> Result<()> {
    let facets = Facets::default();
    let context = Context { facets: &facets, over: None };
    let dollars = Unit::money(Currency::USD);
    let points = |values: &[u64]| -> Vec<Quantity> {
        values.iter().map(|&value| Quantity::point(Decimal::from(value), dollars)).collect()
    };
    let mut uncertain = points(&[9_000_000_000, 9_500_000_000]);
    for quantity in &mut uncertain {
        let half = Decimal::from(50_000_000);
        quantity.range = Interval::closed(quantity.nominal - half, quantity.nominal + half);
    }
    let cases = [
        ("of two points", "change(before, after)", points(&[9_000_000_000, 9_500_000_000])),
        ("of two uncertain figures", "change(least, most)", uncertain),
        ("of a sum of eight", "a + b + c + d + e + f + g + h", points(&[1, 2, 3, 4, 5, 6, 7, 8])),
        ("of a daily rate", "data.march.removals / 31 days", points(&[12_345])),
    ];
    for (what, text, figures) in &cases {
        let part = format!("formula, parse {text}");
        timer.time(&part, || Formula::parse(black_box(text), FiscalYear::default()));
        let formula = Formula::parse(text, FiscalYear::default())?;
        formula.evaluate(figures, &context).with_context(|| (*text).to_owned())?;
        timer.time(&format!("formula, value {what}"), || formula.evaluate(black_box(figures), &context));
    }
    Ok(())
}
