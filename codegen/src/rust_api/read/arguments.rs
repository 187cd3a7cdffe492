//! Reads the arguments of the one-line macros in generated code.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Expr, Ident, LitStr, Token, Type};

use super::text;

/// The arguments that are not read yet.
pub(super) struct Arguments<'p>(ParseStream<'p>);

/// Reads the arguments of a line of the macro `name`.
///
/// # Errors
/// Says that they are other ones than expected.
pub(super) fn arguments<T>(
    name: &str,
    tokens: TokenStream,
    read: impl FnOnce(&mut Arguments<'_>) -> syn::Result<T>,
) -> Result<T, String> {
    let parser = |stream: ParseStream<'_>| read(&mut Arguments(stream));
    parser
        .parse2(tokens)
        .map_err(|error| format!("has a line {name}! that can't be read: {error}"))
}

impl Arguments<'_> {
    fn next<T: Parse>(&mut self) -> syn::Result<T> {
        let value = self.0.parse()?;
        self.comma()?;
        Ok(value)
    }

    fn comma(&mut self) -> syn::Result<()> {
        if !self.0.is_empty() {
            self.0.parse::<Token![,]>()?;
        }
        Ok(())
    }

    /// A name, which may be a keyword.
    pub(super) fn name(&mut self) -> syn::Result<String> {
        let name = self.0.call(Ident::parse_any)?.to_string();
        self.comma()?;
        Ok(name)
    }

    /// A name, if there is one more.
    pub(super) fn more(&mut self) -> syn::Result<Option<String>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        self.name().map(Some)
    }

    /// A type.
    pub(super) fn ty(&mut self) -> syn::Result<String> {
        self.next::<Type>().map(|ty| text::of(&ty))
    }

    /// An expression.
    pub(super) fn value(&mut self) -> syn::Result<String> {
        self.next::<Expr>().map(|value| text::of(&value))
    }

    /// A text.
    pub(super) fn literal(&mut self) -> syn::Result<String> {
        self.next::<LitStr>().map(|text| text.value())
    }

    /// Whatever else there is.
    pub(super) fn rest(&mut self) -> syn::Result<TokenStream> {
        self.0.parse()
    }

    /// `{ Name = "text", .. }`
    pub(super) fn pairs(&mut self) -> syn::Result<Vec<(String, String)>> {
        let inside;
        syn::braced!(inside in self.0);
        let mut pairs = Vec::new();
        while !inside.is_empty() {
            let name = inside.call(Ident::parse_any)?.to_string();
            inside.parse::<Token![=]>()?;
            pairs.push((name, Arguments(&inside).literal()?));
        }
        Ok(pairs)
    }

    /// A name that isn't followed by a comma.
    pub(super) fn head(&mut self) -> syn::Result<String> {
        Ok(self.0.call(Ident::parse_any)?.to_string())
    }
}

/// An error about what is at no particular place.
pub(super) fn refuse<T>(message: String) -> syn::Result<T> {
    Err(syn::Error::new(Span::call_site(), message))
}
