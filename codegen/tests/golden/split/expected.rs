pub struct Bill {
    pub bill_id: BillId,
    pub lines: ::std::option::Option<::std::vec::Vec<Line>>,
    pub total: ::std::option::Option<Money>,
}
pub struct Line {
    pub text: ::std::option::Option<::std::string::String>,
}
async fn bills_get<'a>(
    &'a self,
    id: &'a BillId,
) -> Result<ResponseValue<types::Bill>, Error<()>> {}
