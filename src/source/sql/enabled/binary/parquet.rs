//! Parquet: what a file says of itself is held against the file before the engine is let at it.

use std::fmt::Write as _;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Schema};
use datafusion::catalog::TableProvider;
use datafusion::common::Column;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::datasource::{ViewTable, provider_as_source};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, cast, lit};
use datafusion::parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use datafusion::prelude::SessionContext;

use super::{Files, MOST_COLUMNS, Placed, unreadable};
use crate::source::query::QueryError;
use crate::source::sql::enabled::failure::Failure;
use crate::source::sql::enabled::names::called;
use crate::source::sql::enabled::survey::Survey;
use crate::source::sql::enabled::table::Table;
use crate::system;

/// The most bytes that a file may say of itself.
const LARGEST_FOOTER: u64 = 64 << 20;

/// A view of files as one table, with the names that queries know.
pub(super) async fn table(source: &str, files: Files, context: &SessionContext) -> Result<Table, Failure> {
    for file in &files.files {
        check(&file.path).map_err(|why| unreadable(source, &file.path, why))?;
    }
    match &files.root {
        Some(root) => view(source, root, &files.files, context).await,
        None => joined(source, &files.files, context).await,
    }
}

/// All files of a folder.
async fn view(
    source: &str,
    root: &Path,
    files: &[Placed],
    context: &SessionContext,
) -> Result<Table, Failure> {
    let partitions: Vec<String> =
        files.first().iter().flat_map(|file| &file.values).map(|(name, _)| name.clone()).collect();
    let kinds: Vec<DataType> = partitions
        .iter()
        .enumerate()
        .map(|(at, _)| {
            let mut survey = Survey::default();
            files.iter().filter_map(|file| file.values.get(at)).for_each(|(_, value)| survey.add(value, &[]));
            survey.kind().data_type()
        })
        .collect();
    let url = url(root, true)?;
    let scan = scan(source, url, &partitions, context).await?;
    let mut columns: Vec<(String, Expr)> = own_columns(&scan, partitions.len());
    for (name, kind) in partitions.into_iter().zip(kinds) {
        let value = cast(column(&name), kind);
        columns.push((name, value));
    }
    named(scan, columns)
}

/// Files one below the other, all with the same columns.
async fn joined(source: &str, files: &[Placed], context: &SessionContext) -> Result<Table, Failure> {
    let mut all: Option<(LogicalPlan, Vec<String>)> = None;
    for file in files {
        let scan = scan(source, url(&file.path, false)?, &[], context).await?;
        let mut columns = own_columns(&scan, 0);
        columns.extend(file.values.iter().map(|(name, value)| (name.clone(), lit(value.clone()))));
        let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
        let scan = LogicalPlanBuilder::from(scan)
            .project(columns.into_iter().map(|(name, value)| value.alias(name)))?;
        all = Some(match all {
            None => (scan.build()?, names),
            Some((first, first_names)) => {
                let is_same = first_names == names && types(&first) == types(scan.plan());
                if !is_same {
                    return Err(unreadable(
                        source,
                        &file.path,
                        "its columns, or their types, are not those of the first file",
                    )
                    .into());
                }
                (LogicalPlanBuilder::from(first).union(scan.build()?)?.build()?, first_names)
            }
        });
    }
    let Some((plan, names)) = all else {
        return Err(QueryError::Unreadable(format!("source `{source}`: there is no file")).into());
    };
    let columns = names.into_iter().map(|name| (name.clone(), column(&name))).collect();
    named(plan, columns)
}

fn types(plan: &LogicalPlan) -> Vec<DataType> {
    plan.schema().fields().iter().map(|field| field.data_type().clone()).collect()
}

fn column(name: &str) -> Expr {
    Expr::Column(Column::from_name(name))
}

/// The columns of a file, but for the last ones, which its folders say.
fn own_columns(scan: &LogicalPlan, partitions: usize) -> Vec<(String, Expr)> {
    let fields = scan.schema().fields();
    let own = fields.len().saturating_sub(partitions);
    fields.iter().take(own).map(|field| (field.name().clone(), column(field.name()))).collect()
}

/// A view with the names that queries know.
fn named(plan: LogicalPlan, columns: Vec<(String, Expr)>) -> Result<Table, Failure> {
    let printed: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
    let calls = called(&printed);
    let values = columns.into_iter().zip(&calls).map(|((_, value), called)| value.alias(called));
    let plan = LogicalPlanBuilder::from(plan).project(values)?.build()?;
    let provider = Arc::new(ViewTable::new(plan, None)) as Arc<dyn TableProvider>;
    Ok(Table { provider, columns: printed.into_iter().zip(calls).collect() })
}

async fn scan(
    source: &str,
    url: ListingTableUrl,
    partitions: &[String],
    context: &SessionContext,
) -> Result<LogicalPlan, Failure> {
    let table = listing(url, partitions, context).await?;
    Ok(LogicalPlanBuilder::scan(source, provider_as_source(table), None)?.build()?)
}

/// A file of our own making, under the names that it has.
#[cfg(feature = "cluster")]
pub(in crate::source) async fn listed(
    path: &Path,
    context: &SessionContext,
) -> Result<Arc<dyn TableProvider>, Failure> {
    listing(url(path, false)?, &[], context).await
}

async fn listing(
    url: ListingTableUrl,
    partitions: &[String],
    context: &SessionContext,
) -> Result<Arc<dyn TableProvider>, Failure> {
    let partitions = partitions.iter().map(|name| (name.clone(), DataType::Utf8)).collect();
    let options = ListingOptions::new(Arc::new(ParquetFormat::default()))
        .with_file_extension("")
        .with_table_partition_cols(partitions);
    let state = context.state();
    let schema = options.infer_schema(&state, &url).await?;
    let schema = Schema::new(schema.fields().clone());
    let config = ListingTableConfig::new(url).with_listing_options(options).with_schema(Arc::new(schema));
    Ok(Arc::new(ListingTable::try_new(config)?))
}

/// The address of a file or folder, in which no character means anything else.
fn url(path: &Path, is_folder: bool) -> Result<ListingTableUrl, Failure> {
    let absolute = std::path::absolute(path).map_err(DataFusionError::IoError)?;
    let mut address = "file://".to_owned();
    for part in absolute.components().filter_map(|part| match part {
        std::path::Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    }) {
        address.push('/');
        for byte in part.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.=".contains(&byte) {
                address.push(char::from(byte));
            } else {
                _ = write!(address, "%{byte:02X}");
            }
        }
    }
    if is_folder {
        address.push('/');
    }
    Ok(ListingTableUrl::parse(address)?)
}

/// Holds what a file says of itself against the file.
fn check(path: &Path) -> Result<(), String> {
    let mut file = system::open(path).map_err(|error| error.to_string())?;
    let size = file.seek(SeekFrom::End(0)).map_err(|error| error.to_string())?;
    let not = |why: &str| Err(format!("no Parquet that can be read: {why}"));
    if size < 12 {
        return not("it is too short");
    }
    let mut end = [0_u8; 8];
    file.seek(SeekFrom::Start(size - 8))
        .and_then(|_| file.read_exact(&mut end))
        .map_err(|error| error.to_string())?;
    let [a, b, c, d, magic @ ..] = end;
    let footer = u64::from(u32::from_le_bytes([a, b, c, d]));
    if magic == *b"PARE" {
        return not("it is encrypted");
    }
    if magic != *b"PAR1" {
        return not("it does not end as such a file does; perhaps a part of it is missing");
    }
    if footer > size - 12 || footer > LARGEST_FOOTER {
        return not("what it says of itself is longer than it may be");
    }
    let metadata = ParquetMetaDataReader::new()
        .parse_and_finish(&file)
        .map_err(|error| format!("no Parquet that can be read: {error}"))?;
    check_metadata(&metadata, size - 8 - footer)
}

fn check_metadata(metadata: &ParquetMetaData, end: u64) -> Result<(), String> {
    let not = |why: &str| Err(format!("no Parquet that can be read: {why}"));
    let schema = metadata.file_metadata().schema_descr();
    if schema.num_columns() > MOST_COLUMNS {
        return Err(format!("more than {MOST_COLUMNS} columns"));
    }
    let mut rows = 0_i64;
    for group in metadata.row_groups() {
        if group.num_columns() != schema.num_columns() || group.num_rows() < 0 {
            return not("its parts have other columns than it says");
        }
        rows = rows.saturating_add(group.num_rows());
        for column in group.columns() {
            let offsets = [Some(column.data_page_offset()), column.dictionary_page_offset()];
            let is_outside = |offset: i64| u64::try_from(offset).map_or(true, |offset| offset >= end);
            if offsets.into_iter().flatten().any(is_outside)
                || column.compressed_size() < 0
                || column.uncompressed_size() < 0
            {
                return not("parts of it lie outside of it");
            }
            let (start, length) = column.byte_range();
            if start.checked_add(length).is_none_or(|past| past > end) {
                return not("parts of it lie outside of it");
            }
        }
    }
    if rows != metadata.file_metadata().num_rows() {
        return not("its parts have more or fewer rows than it says");
    }
    Ok(())
}
