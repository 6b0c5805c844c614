//! What is changed in the words of a statement before the engine plans it.
//!
//! AVG becomes a sum over a count, which the engine then divides exactly. What a query gives no name is called by its own words,
//! so that two of the same are two columns. And names in quotation marks, which are those that the file prints, become
//! those that the engine knows.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, JoinConstraint,
    JoinOperator, ObjectName, ObjectNamePart, Query, Select, SelectItem, SelectItemQualifiedWildcardKind,
    SetExpr, Statement, TableAlias, TableFactor, Visit, VisitMut, Visitor, VisitorMut,
};

use super::names::{Asked, is_name_of};
use super::statement::meant;

/// The names in a statement that may be those of columns.
pub(super) fn asked(statement: &Statement) -> Asked {
    let mut names = Names::default();
    _ = Visit::visit(statement, &mut names);
    names.asked
}

/// Rewords a statement. `columns` are those of its tables, as they are printed and as they are called.
pub(super) fn reword(statement: &mut Statement, columns: &[(String, String)]) {
    let mut names = Names::default();
    _ = Visit::visit(statement, &mut names);
    let mut rewording = Rewording { columns, aliases: names.aliases, depth: 0 };
    _ = VisitMut::visit(statement, &mut rewording);
}

#[derive(Default)]
struct Names {
    asked: Asked,
    /// The names that the statement itself gives.
    aliases: BTreeSet<String>,
}

impl Names {
    fn alias(&mut self, alias: Option<&TableAlias>) {
        for column in alias.iter().flat_map(|alias| &alias.columns) {
            self.aliases.insert(meant(&column.name));
        }
    }
}

impl Visitor for Names {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.alias(Some(&cte.alias));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        for item in &select.projection {
            match item {
                SelectItem::ExprWithAlias { alias, .. } => _ = self.aliases.insert(meant(alias)),
                SelectItem::Wildcard(_)
                | SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(_), _) => {
                    self.asked.all = true;
                }
                _ => {}
            }
        }
        for join in select.from.iter().flat_map(|table| &table.joins) {
            match constraint(&join.join_operator) {
                Some(JoinConstraint::Using(names)) => {
                    let names = names.iter().flat_map(|name| &name.0).filter_map(ObjectNamePart::as_ident);
                    self.asked.names.extend(names.map(|name| name.value.clone()));
                }
                Some(JoinConstraint::Natural) => self.asked.all = true,
                _ => {}
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        match factor {
            TableFactor::Table { alias, .. } | TableFactor::Derived { alias, .. } => {
                // Columns that are named anew are named by their place.
                self.asked.all |= alias.as_ref().is_some_and(|alias| !alias.columns.is_empty());
                self.alias(alias.as_ref());
            }
            // Joins within brackets may be natural ones.
            _ => self.asked.all = true,
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(name) => _ = self.asked.names.insert(name.value.clone()),
            Expr::CompoundIdentifier(names) => {
                self.asked.names.extend(names.iter().map(|name| name.value.clone()));
            }
            Expr::Wildcard(_) | Expr::QualifiedWildcard(..) => self.asked.all = true,
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

fn constraint(join: &JoinOperator) -> Option<&JoinConstraint> {
    match join {
        JoinOperator::Join(on)
        | JoinOperator::Inner(on)
        | JoinOperator::Left(on)
        | JoinOperator::LeftOuter(on)
        | JoinOperator::Right(on)
        | JoinOperator::RightOuter(on)
        | JoinOperator::FullOuter(on)
        | JoinOperator::CrossJoin(on)
        | JoinOperator::Semi(on)
        | JoinOperator::LeftSemi(on)
        | JoinOperator::RightSemi(on)
        | JoinOperator::Anti(on)
        | JoinOperator::LeftAnti(on)
        | JoinOperator::RightAnti(on) => Some(on),
        _ => None,
    }
}

struct Rewording<'a> {
    columns: &'a [(String, String)],
    aliases: BTreeSet<String>,
    /// How many queries the one at hand lies in, itself included.
    depth: usize,
}

impl Rewording<'_> {
    /// Puts the name that the engine knows in the place of another for the same column.
    fn column(&self, name: &mut Ident) {
        let asked = meant(name);
        if self.aliases.contains(&asked) || self.columns.iter().any(|(_, called)| *called == asked) {
            return;
        }
        let is_quoted = name.quote_style.is_some();
        let mut found = self
            .columns
            .iter()
            .filter(|(printed, _)| if is_quoted { *printed == asked } else { is_name_of(&asked, printed) });
        // The same name may stand in several tables, as a key does; two names in its place are of no use.
        if let Some((_, called)) = found.next()
            && found.all(|(_, other)| other == called)
        {
            *name = Ident { value: called.clone(), quote_style: Some('"'), span: name.span };
        }
    }
}

impl VisitorMut for Rewording<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<()> {
        self.depth += 1;
        if self.depth == 1 {
            name_outer(&mut query.body);
        }
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _: &mut Query) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
        name_items(&mut select.projection);
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(name) => self.column(name),
            Expr::CompoundIdentifier(names) => {
                names.last_mut().into_iter().for_each(|name| self.column(name));
            }
            Expr::Function(function) if is_average(function) => {
                let of = |name: &str| {
                    let name = ObjectName::from(vec![Ident::new(name)]);
                    Box::new(Expr::Function(Function { name, ..function.clone() }))
                };
                let quotient =
                    Expr::BinaryOp { left: of("sum"), op: BinaryOperator::Divide, right: of("count") };
                *expr = Expr::Nested(Box::new(quotient));
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

fn is_average(function: &Function) -> bool {
    let [ObjectNamePart::Identifier(name)] = function.name.0.as_slice() else { return false };
    let FunctionArguments::List(arguments) = &function.args else { return false };
    let is_one = matches!(arguments.args.as_slice(), [FunctionArg::Unnamed(FunctionArgExpr::Expr(_))]);
    is_one && (meant(name) == "avg" || meant(name) == "mean")
}

/// Names the columns of the reply that are names in quotation marks as they are written.
fn name_outer(body: &mut SetExpr) {
    match body {
        SetExpr::Select(select) => {
            for item in &mut select.projection {
                if let SelectItem::UnnamedExpr(expr) = item {
                    let name = match &*expr {
                        Expr::Identifier(name) => Some(name),
                        Expr::CompoundIdentifier(names) => names.last(),
                        _ => None,
                    };
                    if let Some(alias) = name.filter(|name| name.quote_style.is_some()).cloned() {
                        *item = SelectItem::ExprWithAlias { expr: expr.clone(), alias };
                    }
                }
            }
        }
        SetExpr::SetOperation { left, .. } => name_outer(left),
        _ => {}
    }
}

/// Names the columns that have no name by their own words.
fn name_items(items: &mut [SelectItem]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for item in items {
        if let SelectItem::UnnamedExpr(expr) = item
            && !matches!(expr, Expr::Identifier(_) | Expr::CompoundIdentifier(_))
        {
            let mut name: String = expr.to_string().chars().take(120).collect();
            let count = counts.entry(name.clone()).or_default();
            *count += 1;
            if *count > 1 {
                name = format!("{name} ({count})");
            }
            *item = SelectItem::ExprWithAlias { expr: expr.clone(), alias: Ident::with_quote('"', name) };
        }
    }
}
