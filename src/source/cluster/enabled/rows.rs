//! The rows of a result, fetched from the executors and counted: what is less or more than the executors wrote is no result.

use ballista_core::client::BallistaClient;
use ballista_core::serde::protobuf::PartitionLocation;
use ballista_core::serde::protobuf::get_job_status_result::FlightProxy;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::stream::{self, Stream, StreamExt, TryStreamExt};

use super::address::Address;
use super::failed::line;
use super::scheduler::Parts;

/// The most bytes of a message of an executor's.
const LARGEST: usize = 64 << 20;
/// How often an executor is asked again, and after how many milliseconds.
const TRIES: u8 = 3;
const PAUSE: u64 = 500;

/// The rows of all parts, one part after the other.
pub(super) fn rows(parts: Parts, schema: SchemaRef) -> SendableRecordBatchStream {
    let Parts { address, parts, proxy } = parts;
    let expected = SchemaRef::clone(&schema);
    let batches = stream::iter(parts)
        .then(move |part| {
            let (address, proxy, schema) = (address.clone(), proxy.clone(), SchemaRef::clone(&expected));
            async move { part_of(part, address, proxy, schema).await }
        })
        .try_flatten();
    Box::pin(RecordBatchStreamAdapter::new(schema, batches))
}

/// The rows of one part.
async fn part_of(
    part: PartitionLocation,
    address: Address,
    proxy: Option<FlightProxy>,
    schema: SchemaRef,
) -> Result<impl Stream<Item = Result<RecordBatch, DataFusionError>>, DataFusionError> {
    let gone = |why: String| broken(&address, &why);
    let layout = part.layout();
    let written = part.partition_stats.as_ref().and_then(|counts| u64::try_from(counts.num_rows).ok());
    let (Some(executor), Some(id)) = (part.executor_meta, part.partition_id) else {
        return Err(gone("it does not say where its result is".to_owned()));
    };
    let port =
        u16::try_from(executor.port).map_err(|_| gone("it names an executor without a port".to_owned()))?;
    let whom = format!("{}:{port}", executor.host);
    let (host, at) = match proxy {
        None | Some(FlightProxy::Local(false)) => (executor.host.clone(), port),
        Some(FlightProxy::Local(true)) => {
            parted(&address.authority).ok_or_else(|| gone("its address has no port".to_owned()))?
        }
        Some(FlightProxy::External(other)) => {
            parted(&other).ok_or_else(|| gone("the proxy that it names has no port".to_owned()))?
        }
    };
    let lost = |error: &dyn std::fmt::Display| {
        gone(format!("its executor {whom} does not hand out the result: {}", line(&error.to_string())))
    };
    let mut client = BallistaClient::try_new(&host, at, LARGEST, false, None, TRIES, PAUSE, 0, 0)
        .await
        .map_err(|error| lost(&error))?;
    let batches = client
        .fetch_partition_proxied(&executor.id, &id.into(), part.file_id, layout, &executor.host, port, true)
        .await
        .map_err(|error| lost(&error))?;
    Ok(counted(batches, written, schema, address, whom))
}

/// Batches, of which there must be as many rows as were written, with the columns that were asked for.
fn counted(
    batches: SendableRecordBatchStream,
    written: Option<u64>,
    schema: SchemaRef,
    address: Address,
    whom: String,
) -> impl Stream<Item = Result<RecordBatch, DataFusionError>> {
    stream::try_unfold((batches, 0_u64), move |(mut batches, count)| {
        let (schema, address, whom) = (SchemaRef::clone(&schema), address.clone(), whom.clone());
        async move {
            let Some(batch) = batches.next().await else {
                return match written {
                    Some(written) if written != count => Err(broken(
                        &address,
                        &format!("its executor {whom} wrote {written} rows and hands out {count}"),
                    )),
                    _ => Ok(None),
                };
            };
            let batch = batch.map_err(|error| {
                broken(
                    &address,
                    &format!("its executor {whom} stopped in its result: {}", line(&error.to_string())),
                )
            })?;
            let types = |schema: &SchemaRef| {
                schema.fields().iter().map(|field| field.data_type().clone()).collect::<Vec<_>>()
            };
            if types(&batch.schema()) != types(&schema) {
                return Err(broken(
                    &address,
                    &format!("its executor {whom} hands out other columns than were asked for"),
                ));
            }
            let count = count + batch.num_rows() as u64;
            Ok(Some((batch, (batches, count))))
        }
    })
}

/// A host and a port.
fn parted(authority: &str) -> Option<(String, u16)> {
    let (host, port) = authority.rsplit_once(':')?;
    Some((host.to_owned(), port.parse().ok()?))
}

fn broken(address: &Address, why: &str) -> DataFusionError {
    DataFusionError::External(Box::new(address.unreachable(why)))
}
