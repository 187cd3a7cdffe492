//! Types and signatures as text, the way people write them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// `Option<Vec<CustomField>>` for the tokens that mean it, whatever the spaces between them.
///
/// Two types of the generated code are the same exactly when their texts are: every name in it is
/// unique, and none is written in two ways.
pub(super) fn of(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    write(tokens.to_token_stream(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    // Whether the last token was a sign that is followed by another one, as in `->`.
    let mut joint = false;
    for token in tokens {
        match token {
            TokenTree::Punct(sign) => {
                let sign_text = sign.as_char();
                let spaced = matches!(sign_text, '=' | '+' | '-') && !joint;
                if spaced {
                    space(text);
                }
                text.push(sign_text);
                let ends_arrow = sign_text == '>' && text.ends_with("->");
                if ends_arrow || matches!(sign_text, ',' | '+' | '=') {
                    text.push(' ');
                }
                joint = sign.spacing() == Spacing::Joint;
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None => ("", ""),
                };
                if open == "[" && text.ends_with(char::is_alphanumeric) {
                    text.push(' ');
                }
                text.push_str(open);
                write(group.stream(), text);
                // A comma behind the last item is the formatter's.
                if text.ends_with(", ") {
                    text.truncate(text.len() - 2);
                }
                text.push_str(close);
                joint = false;
            }
            word => {
                if text.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"') {
                    space(text);
                }
                text.push_str(&word.to_string());
                joint = false;
            }
        }
    }
}

fn space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn types_read_as_they_are_written() {
        for text in [
            "Option<Vec<CustomField>>",
            "Field<Customer, i32>",
            "impl IntoIterator<Item = impl Into<String>>",
            "&'static [&'static Operation]",
            "fn(&Self) -> Option<Self::Id>",
            "impl Request<Output = Bill> + Send",
            "(A, B)",
        ] {
            let ty: syn::Type = syn::parse_str(text).unwrap();
            assert_eq!(of(&ty), text);
        }
        assert_eq!(
            of(&quote!(Some("application/json"))),
            "Some(\"application/json\")"
        );
    }
}
