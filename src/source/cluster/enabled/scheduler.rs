//! What is said to the scheduler of a cluster. No call is waited for for ever.

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use ballista_core::BALLISTA_VERSION;
use ballista_core::serde::protobuf::execute_query_params::Query;
use ballista_core::serde::protobuf::get_job_status_result::FlightProxy;
use ballista_core::serde::protobuf::job_status::Status as Progress;
use ballista_core::serde::protobuf::scheduler_grpc_client::SchedulerGrpcClient;
use ballista_core::serde::protobuf::{
    CancelJobParams, ExecuteQueryParams, GetJobStatusParams, PartitionLocation, execute_query_result,
};
use ballista_core::version::{check_compatibility, insert_version_header, version_from_metadata};
use tokio::time::{sleep, timeout};
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Response, Status};

use super::address::Address;
use super::executors::Watch;
use super::failed;
use super::order::Order;
use crate::source::query::QueryError;
use crate::source::sql::{Clock, Failure};

/// How long a connection may take to be made.
const CONNECTING: Duration = Duration::from_secs(10);
/// How long a scheduler may take to answer.
const ANSWERING: Duration = Duration::from_secs(20);
/// How long calling off a query may take.
const CALLING_OFF: Duration = Duration::from_secs(2);
/// How often it is asked how a query goes.
const PAUSE: Duration = Duration::from_millis(50);
/// How long it may know nothing of a query that it took.
const FORGETTING: Duration = Duration::from_secs(10);
/// The most bytes of an answer.
const LARGEST: usize = 64 << 20;

/// A connection to a scheduler.
pub(super) struct Scheduler {
    client: SchedulerGrpcClient<Channel>,
    address: Address,
}

/// A query that a scheduler took.
pub(super) struct Job(String);

/// The parts of a result, and where they are fetched.
pub(super) struct Parts {
    pub(super) address: Address,
    pub(super) parts: Vec<PartitionLocation>,
    pub(super) proxy: Option<FlightProxy>,
}

impl Scheduler {
    /// Connects.
    pub(super) async fn connect(address: &Address, clock: &Clock) -> Result<Self, QueryError> {
        let time = CONNECTING.min(clock.left());
        let endpoint = Endpoint::from_shared(format!("http://{}", address.authority))
            .map_err(|error| address.unreachable(error.to_string()))?
            .connect_timeout(time)
            .tcp_nodelay(true);
        let channel = match timeout(time, endpoint.connect()).await {
            Err(_) => return Err(address.unreachable(silent(time))),
            Ok(Err(error)) => return Err(address.unreachable(innermost(&error))),
            Ok(Ok(channel)) => channel,
        };
        let client = SchedulerGrpcClient::new(channel).max_decoding_message_size(LARGEST);
        Ok(Self { client, address: address.clone() })
    }

    /// Hands in an order.
    pub(super) async fn submit(&mut self, order: Order, clock: &Clock) -> Result<Job, QueryError> {
        let named = own_name();
        let mut request = Request::new(ExecuteQueryParams {
            query: Some(Query::LogicalPlan(order.plan)),
            settings: order.settings,
            session_id: named.clone(),
            operation_id: named,
        });
        insert_version_header(request.metadata_mut());
        let response =
            answered(&self.address, ANSWERING.min(clock.left()), self.client.execute_query(request)).await?;
        let version = version_from_metadata(response.metadata());
        let is_understood = check_compatibility(Some(BALLISTA_VERSION), version);
        match (response.into_inner().result, is_understood) {
            (Some(execute_query_result::Result::Success(taken)), Ok(())) => Ok(Job(taken.job_id)),
            (Some(execute_query_result::Result::Success(taken)), Err(why)) => {
                self.call_off(&Job(taken.job_id)).await;
                Err(self.address.unreachable(why))
            }
            (_, Err(why)) => Err(self.address.unreachable(why)),
            (Some(execute_query_result::Result::Failure(failure)), Ok(())) => {
                Err(failed::told(&format!("{:?}", failure.failure), &self.address))
            }
            (None, Ok(())) => Err(self.address.unreachable("its scheduler gave no answer to the query")),
        }
    }

    /// Waits until a query is done.
    pub(super) async fn follow(&mut self, job: &Job) -> Result<Parts, Failure> {
        let mut watch = Watch::default();
        let mut known = Instant::now();
        loop {
            let asked = GetJobStatusParams { job_id: job.0.clone() };
            let answer =
                answered(&self.address, ANSWERING, self.client.get_job_status(asked)).await?.into_inner();
            match answer.status.and_then(|status| status.status) {
                Some(Progress::Successful(done)) => {
                    let (address, parts) = (self.address.clone(), done.partition_location);
                    return Ok(Parts { address, parts, proxy: answer.flight_proxy });
                }
                Some(Progress::Failed(failure)) => {
                    return Err(failed::told(&failure.error, &self.address).into());
                }
                Some(Progress::Queued(_) | Progress::Running(_)) => known = Instant::now(),
                None if known.elapsed() > FORGETTING => {
                    let why = "its scheduler no longer knows of the query, as after a new start";
                    return Err(self.address.unreachable(why).into());
                }
                None => {}
            }
            watch.look(&self.address).await?;
            sleep(PAUSE).await;
        }
    }

    /// Calls a query off, if that can be done at once.
    pub(super) async fn call_off(&mut self, job: &Job) {
        let asked = CancelJobParams { job_id: job.0.clone() };
        _ = timeout(CALLING_OFF, self.client.cancel_job(asked)).await;
    }
}

/// An answer, within its time.
async fn answered<T>(
    address: &Address,
    time: Duration,
    call: impl Future<Output = Result<Response<T>, Status>>,
) -> Result<Response<T>, QueryError> {
    match timeout(time, call).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(status)) if matches!(status.code(), Code::Unavailable | Code::Unknown | Code::Cancelled) => {
            Err(address.unreachable(format!("the connection broke: {}", innermost(&status))))
        }
        Ok(Err(status)) => Err(address.unreachable(failed::line(status.message()))),
        Err(_) => Err(address.unreachable(silent(time))),
    }
}

/// A name that no other query has.
fn own_name() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let time = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
    format!("factcheck-{}-{time}-{number}", std::process::id())
}

fn silent(time: Duration) -> String {
    format!("its scheduler gave no answer within {} seconds", time.as_secs_f32().ceil())
}

/// What lies at the bottom of an error, which alone says anything to people.
fn innermost(error: &dyn Error) -> String {
    let mut inner = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    failed::line(&inner.to_string())
}
