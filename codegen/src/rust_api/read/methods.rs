//! Reads the methods of generated types, and what they send.

use syn::visit::Visit;
use syn::{FnArg, ImplItem, ReturnType};

use super::reader::{Place, Reader, is_public, is_unverified};
use super::{declared, text};
use crate::rust_api::surface::{Origin, Shape};

impl Reader<'_> {
    /// Reads an `impl` block.
    pub(super) fn implementation(&mut self, item: &syn::ItemImpl) -> Result<(), String> {
        let name = text::of(&*item.self_ty);
        let path = self.path(&name);
        let place = Place {
            unverified: is_unverified(&item.attrs),
            origin: self
                .surface
                .get(&path)
                .map_or(self.origin(&name), |item| item.origin.clone()),
            owner: path,
        };
        if let Some((of, _)) = &item.trait_ {
            let types = item.items.iter().filter_map(|item| match item {
                ImplItem::Type(it) => Some(format!("{} = {}", it.ident, text::of(&it.ty))),
                _ => None,
            });
            let types = types.collect::<Vec<_>>().join(", ");
            let shape = Shape::Trait {
                types,
                says: String::new(),
            };
            self.part(&place, ": ", &text::of(of), shape);
            return Ok(());
        }
        self.learn_wire(&place, item);
        for member in &item.items {
            match member {
                ImplItem::Fn(method) => self.method(&place, method),
                ImplItem::Macro(line) => {
                    declared::member(
                        self,
                        &place,
                        &text::of(&line.mac.path),
                        line.mac.tokens.clone(),
                    )?;
                }
                other => {
                    return Err(format!(
                        "implements something unexpected: {}",
                        text::of(other)
                    ));
                }
            }
        }
        Ok(())
    }

    fn method(&mut self, of: &Place, method: &syn::ImplItemFn) {
        if !is_public(&method.vis) {
            return;
        }
        let signature = &method.sig;
        let name = signature.ident.to_string();
        let mut receiver = "";
        let mut parameters = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(it) => {
                    receiver = if text::of(it).starts_with('&') {
                        "&self"
                    } else {
                        "self"
                    }
                }
                FnArg::Typed(it) => parameters.push((text::of(&*it.pat), text::of(&*it.ty))),
            }
        }
        let output = match &signature.output {
            ReturnType::Default => "()".to_owned(),
            ReturnType::Type(_, ty) => text::of(&**ty),
        };
        let origin = match &of.origin {
            // A method of a handle makes a request of the operation with that verb.
            Origin::Tag(tag) => {
                Origin::Operation(format!("{tag}_{}", name.trim_start_matches("r#")))
            }
            Origin::Operation(id) => {
                let key = (id.clone(), name.clone());
                self.known
                    .wire
                    .get(&key)
                    .cloned()
                    .unwrap_or_else(|| of.origin.clone())
            }
            // The client of the legacy operations isn't generated; its methods are named for requests.
            Origin::Schema(_) if self.surface.get(&of.owner).is_none() => self.origin(&output),
            Origin::Schema(_) => self.argument(of, &name),
            other => other.clone(),
        };
        let place = Place {
            unverified: of.unverified || is_unverified(&method.attrs),
            origin,
            owner: of.owner.clone(),
        };
        let arguments = parameters
            .iter()
            .map(|(name, _)| self.argument(&place, name));
        let arguments = arguments.collect();
        self.part(
            &place,
            "::",
            &name,
            Shape::Function {
                receiver,
                parameters,
                output,
            },
        );
        if let Some(item) = self.surface.get_mut(&format!("{}::{name}", of.owner)) {
            item.arguments = arguments;
        }
    }

    /// What the parameter of a method is made of.
    pub(super) fn argument(&self, of: &Place, name: &str) -> Origin {
        let known = match &of.origin {
            Origin::Operation(id) => self.known.wire.get(&(id.clone(), name.to_owned())).cloned(),
            Origin::Schema(schema) => {
                // Of a legacy request: its message.
                let owners = [of.owner.clone(), self.path(schema)];
                let mut keys = owners.into_iter().map(|owner| (owner, name.to_owned()));
                let sent = keys.find_map(|key| self.known.sent.get(&key));
                sent.map(|sent| Origin::Property(schema.clone(), sent.clone()))
            }
            _ => None,
        };
        known.unwrap_or_else(|| of.origin.clone())
    }

    /// Learns from the private method `parts` of a request what its fields are sent as.
    fn learn_wire(&mut self, of: &Place, item: &syn::ItemImpl) {
        let Origin::Operation(operation) = &of.origin else {
            return;
        };
        let parts = item.items.iter().find_map(|member| match member {
            ImplItem::Fn(method) if method.sig.ident == "parts" => Some(method),
            _ => None,
        });
        let mut calls = Calls::default();
        if let Some(method) = parts {
            calls.visit_block(&method.block);
        }
        let placeholders = self
            .known
            .placeholders
            .get(operation)
            .cloned()
            .unwrap_or_default();
        let mut placeholders = placeholders.into_iter();
        for (how, sent, field) in calls.found {
            let origin = match how.as_str() {
                "path" => placeholders
                    .next()
                    .map(|name| Origin::Parameter(operation.clone(), name)),
                "query" => sent.map(|name| Origin::Parameter(operation.clone(), name)),
                _ => Some(Origin::Body(operation.clone())),
            };
            if let (Some(origin), Some(field)) = (origin, field) {
                self.known.wire.insert((operation.clone(), field), origin);
            }
        }
    }
}

/// The calls `.path(&self.id)`, `.query("page", &self.page)` and `.json(&self.body)` in their order.
#[derive(Default)]
struct Calls {
    found: Vec<(String, Option<String>, Option<String>)>,
}

impl<'ast> Visit<'ast> for Calls {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        // The receiver is what was called before.
        self.visit_expr(&call.receiver);
        let mut sent = None;
        let mut field = None;
        for argument in &call.args {
            match argument {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(name),
                    ..
                }) => sent = Some(name.value()),
                syn::Expr::Reference(it) => {
                    if let syn::Expr::Field(it) = &*it.expr {
                        field = Some(text::of(&it.member));
                    }
                }
                _ => {}
            }
        }
        self.found.push((call.method.to_string(), sent, field));
    }
}
