//! Approving a request, and its PDF.
//!
//! It is known that both operations exist, and that the second makes a PDF from a template. Here an
//! approval updates the date of the status, and the PDF is one page with the id of the request.

use super::pdf;
use crate::failure::Failure;
use crate::operations::write::store;
use crate::record_rules::Write;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::world::World;

pub(super) fn approve(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let api = world.api.clone();
    let record = request.record(&api)?;
    let id = request.existing(world, record)?;
    let mut request = world.store.get(record, id).unwrap_or_default();
    request.insert("status_date".to_owned(), world.clock.tick().into());
    store(world, record, id, request, Write::Action)?;
    Ok(OperationResponse::ok())
}

pub(super) fn pdf(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let record = request.record(&world.api)?;
    let id = request.existing(world, record)?;
    // The template has no influence here, but it has to be an id.
    let template = request.query.given("request_template_id");
    if template.is_some_and(|text| text.parse::<i32>().is_err()) {
        return Err(Failure::bad("request_template_id must be a whole number"));
    }
    Ok(OperationResponse::bytes(pdf::page(&format!(
        "Request {id}"
    ))))
}
