//! What is changed in a plan so that numbers come out exact, or not at all.
//!
//! The engine lets sums of integers and wide decimals wrap without a word, divides integers to integers, cuts quotients and
//! medians off, and reads texts as numbers where the two are compared. Here each of these becomes the same by other means
//! of its own: decimals that are wide enough. What is left of errors is refused by the engine itself: its arithmetic on decimals is checked.
//!
//! Nothing is needed for it that is not built in. The plan can be run by any executor.

mod decimal;

use datafusion::arrow::datatypes::DataType;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{DFSchema, ScalarValue};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::expr::{AggregateFunction, Between, Cast, InList, WindowFunction};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::merge_schema;
use datafusion::logical_expr::{
    BinaryExpr, Expr, ExprSchemable, LogicalPlan, Operator, Volatility, WindowFunctionDefinition,
};

use crate::source::query::QueryError;
use decimal::{Digits, in_decimals};

/// The same plan, exact.
pub(super) fn exact(plan: LogicalPlan) -> Result<LogicalPlan, DataFusionError> {
    Ok(plan.transform_up_with_subqueries(node)?.data)
}

fn node(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>, DataFusionError> {
    let mut schema = merge_schema(&plan.inputs());
    if let LogicalPlan::TableScan(scan) = &plan {
        schema.merge(&DFSchema::try_from_qualified_schema(scan.table_name.clone(), &scan.source.schema())?);
    }
    let names = NamePreserver::new(&plan);
    let rewritten = plan.map_expressions(|expr| {
        let name = names.save(&expr);
        let rewritten = expr.transform_up(|expr| expression(expr, &schema))?;
        Ok(rewritten.update_data(|expr| name.restore(expr)))
    })?;
    rewritten.map_data(LogicalPlan::recompute_schema)
}

fn expression(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>, DataFusionError> {
    match expr {
        Expr::BinaryExpr(binary) => binary_expression(binary, schema),
        Expr::Negative(inner) if inner.get_type(schema)?.is_integer() => {
            let Some(digits) = Digits::of(&inner, schema)? else {
                return Ok(Transformed::no(Expr::Negative(inner)));
            };
            Ok(Transformed::yes(Expr::Negative(Box::new(digits.cast(*inner)))))
        }
        Expr::Between(between) => {
            let Between { expr, low, high, .. } = &between;
            comparable(expr, low, schema)?;
            comparable(expr, high, schema)?;
            Ok(Transformed::no(Expr::Between(between)))
        }
        Expr::InList(list) => {
            let InList { expr, list: values, .. } = &list;
            values.iter().try_for_each(|value| comparable(expr, value, schema))?;
            Ok(Transformed::no(Expr::InList(list)))
        }
        Expr::AggregateFunction(mut function) => {
            let name = function.func.name().to_owned();
            settled(&function)?;
            let is_changed = aggregated(&name, &mut function.params.args, schema)?;
            let function = Expr::AggregateFunction(function);
            Ok(if is_changed { Transformed::yes(function) } else { Transformed::no(function) })
        }
        Expr::WindowFunction(mut window) => {
            let is_changed = match &window.fun {
                WindowFunctionDefinition::AggregateUDF(function) => {
                    let name = function.name().to_owned();
                    aggregated(&name, &mut window.params.args, schema)?
                }
                WindowFunctionDefinition::WindowUDF(function) => {
                    ordered(function.name(), &window)?;
                    false
                }
            };
            let window = Expr::WindowFunction(window);
            Ok(if is_changed { Transformed::yes(window) } else { Transformed::no(window) })
        }
        Expr::ScalarFunction(function) => {
            let name = function.func.name();
            if function.func.signature().volatility != Volatility::Immutable {
                return Err(refused(format!("`{name}` gives something else each time")));
            }
            Ok(Transformed::no(Expr::ScalarFunction(function)))
        }
        Expr::Cast(Cast { expr, field }) if field.data_type().is_integer() => {
            // The engine cuts decimals off; people expect 2.9 to be 3.
            let Some(digits) = Digits::of(&expr, schema)?.filter(|digits| digits.scale > 0) else {
                return Ok(Transformed::no(Expr::Cast(Cast { expr, field })));
            };
            let whole = Digits { precision: digits.precision, scale: 0 }.cast(*expr);
            Ok(Transformed::yes(Expr::Cast(Cast { expr: Box::new(whole), field })))
        }
        other => Ok(Transformed::no(other)),
    }
}

fn binary_expression(binary: BinaryExpr, schema: &DFSchema) -> Result<Transformed<Expr>, DataFusionError> {
    let BinaryExpr { left, op, right } = &binary;
    if op.is_numerical_operators() {
        for (side, other) in [(left, right), (right, left)] {
            let (kind, other) = (side.get_type(schema)?, other.get_type(schema)?);
            if is_text(&kind) && (is_number(&other) || is_text(&other)) {
                return Err(wrong(format!("{} is a text, and nothing can be reckoned with it", told(side))));
            }
        }
        let (Some(left), Some(right)) = (Digits::of(left, schema)?, Digits::of(right, schema)?) else {
            return Ok(Transformed::no(Expr::BinaryExpr(binary)));
        };
        return Ok(Transformed::yes(in_decimals(binary, left, right)));
    }
    if op.supports_propagation()
        || matches!(op, Operator::IsDistinctFrom | Operator::IsNotDistinctFrom | Operator::NotEq)
    {
        comparable(left, right, schema)?;
        if let (Some(left_digits), Some(right_digits)) =
            (Digits::of(left, schema)?, Digits::of(right, schema)?)
            && left_digits.with(right_digits).is_wide()
            && !(left_digits.is_wide() && right_digits.is_wide())
        {
            let BinaryExpr { left, op, right } = binary;
            let left = Box::new(left_digits.cast_wide(*left));
            let right = Box::new(right_digits.cast_wide(*right));
            return Ok(Transformed::yes(Expr::BinaryExpr(BinaryExpr { left, op, right })));
        }
    }
    Ok(Transformed::no(Expr::BinaryExpr(binary)))
}

/// Texts and numbers are never the same: `zip = 2134` would find nothing, or `02134`, as the engine pleases.
fn comparable(left: &Expr, right: &Expr, schema: &DFSchema) -> Result<(), DataFusionError> {
    let kinds = (left.get_type(schema)?, right.get_type(schema)?);
    let (text, number) = match (is_text(&kinds.0), is_text(&kinds.1)) {
        (true, false) if is_number(&kinds.1) => (left, right),
        (false, true) if is_number(&kinds.0) => (right, left),
        _ => return Ok(()),
    };
    Err(wrong(match number {
        Expr::Literal(value, _) => {
            format!("{} is a text, and {value} a number: write '{value}', with all of its zeros", told(text))
        }
        _ => format!("{} is a text, and {} a number: cast one of them", told(text), told(number)),
    }))
}

/// Widens what an aggregate takes, where it would wrap or cut off; says whether it did.
fn aggregated(name: &str, arguments: &mut [Expr], schema: &DFSchema) -> Result<bool, DataFusionError> {
    if name.starts_with("approx_") {
        return Err(refused(format!("`{name}` only comes near")));
    }
    let Some(argument) = arguments.first_mut() else { return Ok(false) };
    if ["sum", "median", "avg"].contains(&name) && is_text(&argument.get_type(schema)?) {
        return Err(wrong(format!("{} is a text, and has no {name}", told(argument))));
    }
    let Some(digits) = Digits::of(argument, schema)? else { return Ok(false) };
    let widened = match name {
        "sum" => digits.summed()?,
        // The mean of the two in the middle has one digit more.
        "median" => digits.halved(),
        // Between two values it is no decimal of theirs.
        "percentile_cont" => {
            *argument = Expr::Cast(Cast::new(Box::new(argument.clone()), DataType::Float64));
            return Ok(true);
        }
        _ => return Ok(false),
    };
    if widened.data_type() == argument.get_type(schema)? {
        return Ok(false);
    }
    *argument = widened.cast(argument.clone());
    Ok(true)
}

/// An aggregate that takes one of its rows must be told which.
fn settled(function: &AggregateFunction) -> Result<(), DataFusionError> {
    let name = function.func.name();
    let takes_order = ["first_value", "last_value", "nth_value", "array_agg", "string_agg", "any_value"];
    if takes_order.contains(&name) && function.params.order_by.is_empty() {
        return Err(refused(format!("`{name}` without an order takes rows by chance: {name}(… ORDER BY …)")));
    }
    Ok(())
}

fn ordered(name: &str, window: &WindowFunction) -> Result<(), DataFusionError> {
    if window.params.order_by.is_empty() {
        return Err(refused(format!("`{name}` without an order takes rows by chance: OVER (ORDER BY …)")));
    }
    Ok(())
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, value) => is_text(value),
        _ => false,
    }
}

fn is_number(kind: &DataType) -> bool {
    kind.is_numeric()
}

/// An expression as messages put it.
fn told(expr: &Expr) -> String {
    match expr {
        Expr::Column(column) => format!("`{}`", column.name),
        Expr::Literal(ScalarValue::Utf8(Some(text)), _) => format!("'{text}'"),
        other => format!("`{}`", other.human_display()),
    }
}

fn refused(why: String) -> DataFusionError {
    DataFusionError::External(Box::new(QueryError::Refused(why)))
}

fn wrong(message: String) -> DataFusionError {
    DataFusionError::External(Box::new(QueryError::Wrong { message, at: None }))
}
