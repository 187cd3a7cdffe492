//! Approving a request and printing it.
//!
//! That both operations exist is known, and that the second makes a PDF from a template. Here an
//! approval moves the date of the status, and the PDF is one page that names the request.

use super::pdf;
use crate::failure::Failure;
use crate::operations::{Write, store};
use crate::world::{Call, Reply, World};

pub(super) fn approve(world: &mut World, call: &mut Call<'_>) -> Result<Reply, Failure> {
    let api = world.api.clone();
    let record = call.record(&api)?;
    let id = call.existing(world, record)?;
    let mut request = world.store.get(record, id).unwrap_or_default();
    request.insert("status_date".to_owned(), world.clock.tick().into());
    store(world, record, id, request, Write::Action)?;
    Ok(Reply::done())
}

pub(super) fn pdf(world: &mut World, call: &mut Call<'_>) -> Result<Reply, Failure> {
    let record = call.record(&world.api)?;
    let id = call.existing(world, record)?;
    // Which template it is doesn't matter here, but it has to be an id.
    let template = call.query.given("request_template_id");
    if template.is_some_and(|text| text.parse::<i32>().is_err()) {
        return Err(Failure::bad("request_template_id must be a whole number"));
    }
    Ok(Reply::bytes(pdf::page(&format!("Request {id}"))))
}
