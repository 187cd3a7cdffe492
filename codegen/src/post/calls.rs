//! Reads what progenitor's methods do, so that the same can be said in terms of our own runtime.
//!
//! From about seventy lines a method, three things are kept: which arguments fill the path, which
//! go into the query under which name, and which is the body.

use syn::parse::{Parse, ParseStream, Parser};
use syn::{Expr, ExprMethodCall, FnArg, ImplItemFn, Lit, Pat, Stmt, Token, Type};

use super::{Pass, Tally, paths};
use crate::fault::Fault;
use crate::model::{Answer, Operation, Place};

pub(super) const PASS: Pass = Pass {
    name: "calls",
    why: "the methods call progenitor's client, which prints bodies, decodes money as floats and \
          sends a header of its own; what they send is kept, how they send it is ours",
};

/// What a method of progenitor's client does.
pub struct Call {
    /// The arguments in progenitor's order.
    pub arguments: Vec<Argument>,
    /// What it yields.
    pub output: Type,
}

/// One argument of such a method.
pub struct Argument {
    /// Its Rust name.
    pub name: String,
    /// Its type, references and options included.
    pub ty: Type,
    /// How it is sent.
    pub role: Role,
}

/// How an argument is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// As this placeholder of the path, counted from 0.
    Path(usize),
    /// In the query under this name.
    Query(String),
    /// As the body.
    Body,
}

/// Rewrites the method of `operation`.
///
/// # Errors
/// Says which part of the generated body isn't what it was.
pub fn rewrite(
    operation: &Operation,
    method: ImplItemFn,
    tally: &mut Tally,
) -> Result<Call, Fault> {
    let unexpected = |what: &str| {
        Fault::operation(&operation.id, format!("got a method that {what}"))
            .with_help("mend codegen/src/post/calls.rs: progenitor emits something new")
    };
    let url = local(&method, "url").ok_or_else(|| unexpected("builds no url"))?;
    let path = path_arguments(url, operation).ok_or_else(|| unexpected("formats another url"))?;
    let request = local(&method, "request").ok_or_else(|| unexpected("builds no request"))?;
    let parts = chain(request);
    let http = operation.method.to_lowercase();
    if !parts.iter().any(|part| part.method == http.as_str()) {
        return Err(unexpected("uses another HTTP method"));
    }
    let query = parts
        .iter()
        .filter(|part| part.method == "query")
        .map(|part| query_argument(part))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| unexpected("has a query that isn't name and value"))?;
    let has_body = parts.iter().any(|part| part.method == "json");
    let declared = |place| {
        let parameters = operation.parameters.iter();
        parameters
            .filter(|parameter| parameter.place == place)
            .count()
    };
    if path.len() != declared(Place::Path)
        || query.len() != declared(Place::Query)
        || has_body != operation.body.is_some()
    {
        return Err(unexpected(
            "sends other parameters than the schema declares",
        ));
    }

    let mut arguments = Vec::new();
    for input in method.sig.inputs {
        let FnArg::Typed(typed) = input else { continue };
        let Pat::Ident(name) = &*typed.pat else {
            return Err(unexpected("takes a pattern"));
        };
        let name = name.ident.to_string();
        let mut ty = *typed.ty;
        drop_lifetimes(&mut ty);
        paths::shorten(&mut ty, tally);
        let role = if let Some(at) = path.iter().position(|argument| *argument == name) {
            Role::Path(at)
        } else if let Some((sent, _)) = query.iter().find(|(_, argument)| *argument == name) {
            Role::Query(sent.clone())
        } else if name == "body" && has_body {
            Role::Body
        } else {
            return Err(unexpected(&format!(
                "has an argument `{name}` that is not sent"
            )));
        };
        arguments.push(Argument { name, ty, role });
    }

    let output = output(&method.sig.output, operation, tally)
        .ok_or_else(|| unexpected("returns something else"))?;
    tally.note(&PASS);
    Ok(Call { arguments, output })
}

fn local<'a>(method: &'a ImplItemFn, wanted: &str) -> Option<&'a Expr> {
    method.block.stmts.iter().find_map(|statement| {
        let Stmt::Local(local) = statement else {
            return None;
        };
        let Pat::Ident(name) = &local.pat else {
            return None;
        };
        let init = local.init.as_ref()?;
        (name.ident == wanted).then_some(&*init.expr)
    })
}

/// Reads `format!("{}/Customers/{}", self.baseurl, encode_path(&id.to_string()))`.
fn path_arguments(url: &Expr, operation: &Operation) -> Option<Vec<String>> {
    struct Arguments(Vec<Expr>);
    impl Parse for Arguments {
        fn parse(input: ParseStream) -> syn::Result<Self> {
            Ok(Self(
                input
                    .parse_terminated(Expr::parse, Token![,])?
                    .into_iter()
                    .collect(),
            ))
        }
    }
    let Expr::Macro(call) = url else { return None };
    let Arguments(arguments) = Arguments::parse.parse2(call.mac.tokens.clone()).ok()?;
    let mut arguments = arguments.into_iter();
    let template = string(&arguments.next()?)?;
    let _baseurl = arguments.next()?;
    let mut expected = String::from("{}");
    let mut rest = operation.path.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        expected.push_str(before);
        expected.push_str("{}");
        rest = after.split_once('}')?.1;
    }
    expected.push_str(rest);
    if template != expected {
        return None;
    }
    arguments
        .map(|argument| {
            let Expr::Call(encode) = argument else {
                return None;
            };
            let Expr::Reference(reference) = encode.args.first()? else {
                return None;
            };
            let Expr::MethodCall(to_string) = &*reference.expr else {
                return None;
            };
            ident(&to_string.receiver)
        })
        .collect()
}

/// The method calls of a chain, innermost first.
fn chain(expr: &Expr) -> Vec<&ExprMethodCall> {
    let mut calls = Vec::new();
    let mut next = match expr {
        Expr::Try(attempt) => &*attempt.expr,
        other => other,
    };
    while let Expr::MethodCall(call) = next {
        calls.push(call);
        next = &call.receiver;
    }
    calls.reverse();
    calls
}

/// Reads `.query(&progenitor_client::QueryParam::new("page", &page))`.
fn query_argument(call: &ExprMethodCall) -> Option<(String, String)> {
    let Expr::Reference(reference) = call.args.first()? else {
        return None;
    };
    let Expr::Call(new) = &*reference.expr else {
        return None;
    };
    let name = string(new.args.first()?)?;
    let Expr::Reference(value) = new.args.get(1)? else {
        return None;
    };
    Some((name, ident(&value.expr)?))
}

fn output(output: &syn::ReturnType, operation: &Operation, tally: &mut Tally) -> Option<Type> {
    let syn::ReturnType::Type(_, ty) = output else {
        return None;
    };
    let mut inner = paths::inside(ty, "Result")
        .and_then(|ty| paths::inside(ty, "ResponseValue"))?
        .clone();
    match operation.answer {
        Answer::Done => syn::parse_str("()").ok(),
        Answer::File => syn::parse_str("FileBody").ok(),
        Answer::Value | Answer::Page => {
            paths::shorten(&mut inner, tally);
            Some(inner)
        }
    }
}

fn string(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn ident(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        _ => None,
    }
}

fn drop_lifetimes(ty: &mut Type) {
    struct Drop;
    impl syn::visit_mut::VisitMut for Drop {
        fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
            reference.lifetime = None;
            syn::visit_mut::visit_type_reference_mut(self, reference);
        }
    }
    syn::visit_mut::VisitMut::visit_type_mut(&mut Drop, ty);
}
