#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Bill {
    pub bill_id: BillId,
    pub secret: Option<Secret>,
}
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Secret {
    pub pin: Option<String>,
}
