//! Lists come in pages.

use super::index::{Index, Operation};
use super::report::{Report, Rule};
use super::shape::{component, is_page, is_true, kind};
use super::vocabulary::schema::{FREE_FORM, PAGE_ENVELOPE};
use crate::load::{Document, Node};

pub(super) const RULE: Rule = Rule {
    id: "list-shape",
    summary: "A list answers a page, named for its record: allOf the page envelope and an object with records; it \
              takes page, page_size and sort. Nothing else answers a page.",
    pitfall: "pages, streams and cursors are made for exactly this shape",
    check,
};

const PAGING: [&str; 3] = ["page", "page_size", "sort"];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let name = &operation.name;
        let reply = operation.reply().map(|(_, schema)| schema);
        let page = reply.and_then(component);
        let is_page = page.is_some_and(|page| is_page(index.document, page));
        // operation-id-form and one-tag speak about operations without a verb.
        let Some(verb) = operation.verb() else {
            continue;
        };
        if verb != "list" {
            if is_page {
                report.at(
                    operation.pos_of("operationId"),
                    format!("{name} answers a page, but isn't called list"),
                    "name it for the verb list, or answer something else",
                );
            }
            continue;
        }
        for parameter in PAGING {
            let has =
                |it: &super::index::Parameter<'_>| it.place == "query" && it.name == parameter;
            if !operation.parameters.iter().any(has) {
                report.at(
                    operation.pos_of("parameters"),
                    format!("{name} doesn't take {parameter}"),
                    "refer to the shared parameters Page, PageSize and Sort",
                );
            }
        }
        match page {
            Some(page) if is_page => shape(index.document, operation, page, report),
            _ => report.at(
                reply.map_or(operation.pos_of("responses"), |schema| schema.pos),
                format!("{name} doesn't answer a page"),
                format!(
                    "refer to a schema made of allOf: {PAGE_ENVELOPE} and an object with records"
                ),
            ),
        }
    }
}

fn shape(document: &Document, operation: &Operation<'_>, page: &str, report: &mut Report<'_>) {
    let Some(schema) = document.resolve(&format!("#/components/schemas/{page}")) else {
        return;
    };
    let parts = schema.get("allOf").into_iter().flat_map(Node::items);
    let mut records = parts.filter_map(|part| part.get("properties")?.entry("records"));
    let Some((key, records)) = records.next() else {
        report.at(
            schema.pos,
            format!("{page} has no records"),
            "add an object with the property records to allOf",
        );
        return;
    };
    let item = records.get("items").and_then(component);
    let Some(item) = item.filter(|_| kind(records) == Some("array")) else {
        report.at(
            key.pos,
            format!("the records of {page} aren't a list of one schema"),
            "write type: array and items: {$ref: ...}",
        );
        return;
    };
    if !is_true(records, "nullable") {
        report.at(
            key.pos,
            format!("the records of {page} aren't nullable"),
            "add nullable: true: an empty page may have null",
        );
    }
    if !page.ends_with("Page") || (item != FREE_FORM && page.strip_suffix("Page") != Some(item)) {
        let wanted = if item == FREE_FORM {
            "its record"
        } else {
            item
        };
        report.at(
            schema.pos,
            format!("{page} is a page of {item}, but isn't named for it"),
            format!("name it for {wanted}, followed by Page"),
        );
    }
    let record = operation.text("x-revio-record");
    if item != FREE_FORM && record != Some(item) {
        report.at(
            operation.pos_of("x-revio-record"),
            format!("{} lists {item}, but doesn't say so", operation.name),
            format!("write x-revio-record: {item}"),
        );
    }
}
