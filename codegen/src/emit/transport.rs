//! The private transport of one resource: its table entries and one method an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::operations;
use crate::model::Resource;
use crate::post::calls::Call;

/// The file.
pub fn emit(resource: &Resource, calls: &[Call]) -> TokenStream {
    let constants = resource.operations.iter().map(operations::constant);
    let methods = calls.iter().map(|call| &call.method);
    quote! {
        #(#constants)*
        impl Transport {
            #(#methods)*
        }
    }
}
