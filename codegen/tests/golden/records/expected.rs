pub struct Bill {
    /// Amount due. *(observed)*
    pub total: Option<Money>,
    /// Number on the bill. At most 20 characters.
    pub number: String,
    /// Kind.
    #[serde(
        rename = "Code",
        default,
        deserialize_with = "crate::types::lenient::integer"
    )]
    pub code: Option<i32>,
}
pub struct BillReplace {
    /// Amount due.
    #[serde(
        default,
        deserialize_with = "crate::types::nullable::present",
        skip_serializing_if = "Option::is_none"
    )]
    pub total: Option<Nullable<Money>>,
    /// For the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
