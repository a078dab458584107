//! A promised figure, and what came out when it was measured.

use crate::project::Project;
use crate::say;
use crate::trouble::Trouble;

/// What is promised.
#[derive(Debug)]
pub(super) struct Figure {
    /// Its name: what later readers compare by.
    pub(super) name: &'static str,
    /// What it is, for people.
    pub(super) what: &'static str,
    /// The unit of value and bound.
    pub(super) unit: &'static str,
    /// The promise.
    pub(super) bound: Bound,
    /// Whether it is measured on the optimized page, which has to be built first.
    pub(super) of_the_page: bool,
    /// How it is measured.
    pub(super) measure: fn(&Project) -> Result<f64, Trouble>,
}

/// On which side of the bound a value is good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bound {
    /// A value up to this holds.
    AtMost(f64),
    /// A value from this on holds.
    AtLeast(f64),
}

impl Bound {
    fn limit(self) -> f64 {
        match self {
            Self::AtMost(limit) | Self::AtLeast(limit) => limit,
        }
    }

    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtMost(limit) => value <= limit,
            Self::AtLeast(limit) => value >= limit,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::AtMost(_) => "≤",
            Self::AtLeast(_) => "≥",
        }
    }
}

/// What came out.
#[derive(Debug)]
pub(super) struct Measured<'a> {
    /// What was promised.
    pub(super) figure: &'a Figure,
    /// What it is.
    pub(super) value: f64,
}

impl Measured<'_> {
    /// Whether the promise is kept.
    pub(super) fn holds(&self) -> bool {
        self.figure.bound.holds(self.value)
    }

    /// One line of JSON. Names and units are plain (a test sees to it), numbers are finite.
    pub(super) fn json(&self) -> String {
        let Figure { name, unit, bound, .. } = self.figure;
        format!(
            r#"{{"name":"{name}","value":{},"unit":"{unit}","bound":{},"holds":{}}}"#,
            self.value,
            bound.limit(),
            self.holds()
        )
    }
}

/// The figures for people.
pub(super) fn table(measured: &[Measured<'_>]) -> String {
    let rows: Vec<Vec<String>> = measured
        .iter()
        .map(|one| {
            let Figure { name, unit, bound, .. } = one.figure;
            vec![
                (*name).to_owned(),
                format!("{} {unit}", one.value),
                format!("{} {} {unit}", bound.sign(), bound.limit()),
                if one.holds() { "holds" } else { "DOES NOT HOLD" }.to_owned(),
            ]
        })
        .collect();
    say::table(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(bound: Bound) -> Figure {
        Figure {
            name: "page.size",
            what: "…",
            unit: "B",
            bound,
            of_the_page: false,
            measure: |_| Ok(0.0),
        }
    }

    #[test]
    fn a_bound_itself_holds() {
        assert!(Bound::AtMost(150.0).holds(150.0));
        assert!(!Bound::AtMost(150.0).holds(151.0));
        assert!(Bound::AtLeast(60.0).holds(60.0));
        assert!(!Bound::AtLeast(60.0).holds(59.9));
        assert!(!Bound::AtMost(150.0).holds(f64::NAN));
    }

    #[test]
    fn json_is_one_line_of_the_promised_form() {
        let figure = figure(Bound::AtMost(150_000.0));
        assert_eq!(
            Measured { figure: &figure, value: 46_123.0 }.json(),
            r#"{"name":"page.size","value":46123,"unit":"B","bound":150000,"holds":true}"#
        );
        assert_eq!(
            Measured { figure: &figure, value: 150_000.5 }.json(),
            r#"{"name":"page.size","value":150000.5,"unit":"B","bound":150000,"holds":false}"#
        );
    }

    #[test]
    fn the_table_says_what_does_not_hold() {
        let figure = figure(Bound::AtLeast(60.0));
        let measured = [Measured { figure: &figure, value: 59.0 }];
        assert_eq!(table(&measured), "page.size  59 B  ≥ 60 B  DOES NOT HOLD\n");
    }
}
