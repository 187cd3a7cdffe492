//! A program that uses the crate the way its users do. It is compiled against the crate as it is, and
//! against the crate of every edited schema: what stops it from compiling is a break of the Rust API.
//!
//! Types are written out wherever a user may write them, so that another type is an error.

use revio_api::custom_fields::{HasFields, Patchable};
use revio_api::enums::{CustomerStatus, OrderStatus, OrderType, TaskActionName};
use revio_api::ids::{BillId, CustomerId, OrderId, ProviderId, ReportId, ServiceId, TaskId};
use revio_api::key_links::Linkable;
use revio_api::choices::Labelled;
use revio_api::resources::bills::{Bill, Bills, BillsCreate, BillsGet, BillsList};
use revio_api::resources::customers::fields as customer_fields;
use revio_api::resources::customers::{
    Customer, CustomerAutoDebit, CustomerCreate, CustomerFinance, CustomerProfile, Customers,
    CustomersList, CustomersMetadata, CustomersPatch,
};
use revio_api::resources::orders::{Order, OrderReplace, Orders, OrdersList, OrdersReplace};
use revio_api::resources::payments::{Payment, PaymentCreate};
use revio_api::resources::reports::{Report, Reports};
use revio_api::resources::services::{Service, ServiceCreate, ServicesList};
use revio_api::resources::tasks::{Task, TaskAction, Tasks, TasksList, TasksRunAction};
use revio_api::shared::{CustomField, PostalAddress};
use revio_api::types::{
    Created, Field, Json, Money, Nullable, Page, Patch, Quantity, RevioDate, RevioDateTime,
    TextOrNumber,
};
use revio_api::{Client, Identified, ListRequest, Record, Request, legacy, operations};

/// Nobody can build a record, but everybody can read its fields.
pub fn read_bill(bill: &Bill) {
    let _: BillId = bill.bill_id;
    let _: Option<CustomerId> = bill.customer_id;
    let _: &Option<Money> = &bill.amount_due;
    let _: &Option<RevioDateTime> = &bill.due_date;
    let _: &Option<String> = &bill.note;
    let _: Option<bool> = bill.is_live;
    let _: Option<i32> = bill.print_batch_id;
    let _: &Option<String> = &bill.bill_type;
    let Bill {
        bill_id: _,
        cycle_date: _,
        ..
    } = bill;
}

pub fn read_customer(customer: &Customer) {
    let _: CustomerId = customer.customer_id;
    let _: &Option<PostalAddress> = &customer.billing_address;
    let _: &Option<CustomerFinance> = &customer.finance;
    let _: &Option<String> = &customer.email;
    let _: &Option<CustomerAutoDebit> = &customer.auto_debit;
    let _: &Option<Vec<CustomField>> = &customer.fields;
    let status: &Option<CustomerStatus> = &customer.status;
    // Every list of values is open, so a match has an arm for the rest.
    let _ = status.as_ref().map(|status| match status {
        CustomerStatus::Prospect => "prospect",
        CustomerStatus::Unknown(text) => text.as_str(),
        _ => "new",
    });
    if let Some(finance) = &customer.finance {
        let _: &Option<Money> = &finance.balance;
        let _: Option<i32> = finance.payment_terms_days;
    }
    if let Some(profile) = &customer.profile {
        let _: &Option<RevioDate> = &profile.date_of_birth;
        let _: &Option<String> = &profile.language;
    }
    if let Some(day) = customer.auto_debit.as_ref().map(|it| &it.day) {
        let _: &Option<Quantity> = day;
    }
    if let Some(address) = &customer.billing_address {
        let _: &Option<TextOrNumber> = &address.country_code;
        let _: &Option<String> = &address.city;
    }
}

pub fn read_others(
    order: &Order,
    payment: &Payment,
    report: &Report,
    service: &Service,
    task: &Task,
) {
    let _: &Option<OrderStatus> = &order.status;
    let _: &Option<OrderType> = &order.order_type;
    let _: &Option<Money> = &payment.amount;
    let _: &Option<String> = &report.description;
    let _: ReportId = report.report_id;
    let _: ServiceId = service.service_id;
    let _: TaskId = task.task_id;
    let _: Option<bool> = report.shared;
}

/// What generic code may ask of the types.
pub fn traits() {
    fn record<T: Record>() {}
    fn identified<T: Identified<Id = I>, I>() {}
    fn labelled<T: Labelled<Id = I>, I>() {}
    fn linkable<T: Linkable>() {}
    fn has_fields<T: HasFields>() {}
    fn patchable<T: Patchable<Record = R, Id = I>, R, I>() {}
    fn answers<T: Request<Output = O>, O>() {}
    fn lists<T: ListRequest<Item = R>, R>() {}
    fn default<T: Default + Clone + PartialEq + std::fmt::Debug>() {}
    record::<Bill>();
    identified::<Bill, BillId>();
    identified::<Customer, CustomerId>();
    labelled::<Customer, CustomerId>();
    labelled::<Payment, revio_api::ids::PaymentId>();
    linkable::<Bill>();
    linkable::<Customer>();
    has_fields::<Customer>();
    patchable::<Customers, Customer, CustomerId>();
    answers::<BillsList, Page<Bill>>();
    answers::<BillsGet, Bill>();
    answers::<BillsCreate, Created<BillId>>();
    answers::<OrdersReplace, ()>();
    answers::<TasksRunAction, ()>();
    answers::<CustomersPatch, ()>();
    answers::<CustomersMetadata, Json>();
    lists::<BillsList, Bill>();
    lists::<CustomersList, Customer>();
    lists::<ServicesList, Service>();
    default::<CustomerCreate>();
    default::<CustomerFinance>();
    default::<CustomerProfile>();
    default::<PaymentCreate>();
    default::<CustomField>();
}

/// Setters that convert take whatever converts.
fn convert<T: Into<String>>(text: T) -> CustomerCreate {
    CustomerCreate::new().account_number(text)
}

pub fn bodies(now: RevioDateTime, amount: Money) {
    let _: CustomerCreate = convert('x');
    let _: CustomerCreate = CustomerCreate::new()
        .customer_id(CustomerId(1))
        .finance(
            CustomerFinance::new()
                .balance_limit(amount)
                .payment_terms_days(30),
        )
        .activated_date(now.clone())
        .status(CustomerStatus::Prospect)
        .fields([CustomField::new()])
        .suspended(false);
    let _: PaymentCreate = PaymentCreate::new()
        .customer_id(CustomerId(1))
        .amount(amount)
        .reference_number("text");
    let new: fn(CustomerId, ProviderId) -> ServiceCreate = ServiceCreate::new;
    let _ = new(CustomerId(1), ProviderId(2))
        .number("text")
        .effective_date(now.clone());
    let _: TaskAction = TaskAction::new(TaskActionName::Complete);
    let replace: OrderReplace = OrderReplace::new()
        .order_id(OrderId(1))
        .status(Nullable::<OrderStatus>::Null)
        .pon("text".to_owned());
    let _: &Option<Nullable<String>> = &replace.pon;
}

pub fn calls(client: &Client, now: RevioDateTime, body: Json) {
    let bills: Bills = client.bills();
    let _: BillsList = bills
        .list()
        .customer_id(CustomerId(1))
        .bill_id(BillId(1))
        .created_date_start(now.clone())
        .page(1)
        .page_size(10)
        .sort("-due_date");
    let _: BillsGet = bills.get(BillId(1));
    let _: BillsCreate = bills.create(body);
    let customers: Customers = client.customers();
    let _ = customers
        .list()
        .bill_profile_id([revio_api::ids::BillProfileId(1)]);
    let _ = customers.create(CustomerCreate::new());
    let _ = customers.delete(CustomerId(1));
    let _ = customers.metadata();
    let _: CustomersPatch = customers.patch(
        CustomerId(1),
        Patch::new().replace(customer_fields::ACCOUNT_NUMBER, "text"),
    );
    let orders: Orders = client.orders();
    let list: OrdersList = orders.list();
    let _ = list
        .status(OrderStatus::New)
        .order_type("DISCONNECT")
        .order_id(OrderId(1));
    let _: OrdersReplace = orders.replace(OrderId(1), OrderReplace::new());
    let tasks: Tasks = client.tasks();
    let _: TasksRunAction = tasks.run_action(TaskId(1), TaskAction::new("COMPLETE"));
    let list: TasksList = tasks.list();
    let _ = list.subject("text").order_id(OrderId(1));
    let reports: Reports = client.reports();
    let _ = reports.list();
    let _ = client.services().get(ServiceId(1));
}

pub fn constants() {
    let _: Field<Customer, Money> = customer_fields::finance::BALANCE;
    let _: Field<Customer, String> = customer_fields::EMAIL;
    let _: Field<Customer, CustomerStatus> = customer_fields::STATUS;
    let _: &[&revio_api::Operation] = operations::OPERATIONS;
    let _: i32 = CustomerId(1).get();
    let _: &str = OrderStatus::Confirmed.as_str();
}

pub fn legacy_messages(answer: &legacy::ProductItem) {
    let _: i32 = answer.id;
    let _: &Option<Money> = &answer.rate;
    let _: &Option<Vec<legacy::BillProfileItem>> = &answer.bill_profiles;
    let _ = legacy::ProductsQueryRequest::new()
        .product_id(1)
        .state("text")
        .customer_class(legacy::ProductCustomerClass::from("text"));
}
