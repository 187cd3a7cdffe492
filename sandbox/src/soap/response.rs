//! A response before it is text: header, rows or a single value, and the echo.

use super::node::Node;
use super::settings::SoapLayout;
use super::table::Structure;

/// The content of the result element.
pub(crate) struct SoapResponse<'a> {
    pub(crate) header: Option<Node>,
    pub(crate) payload: Payload<'a>,
    pub(crate) echo: Option<Node>,
    /// Elements that the tables don't have.
    pub(crate) extras: Vec<Node>,
}

/// The result of an operation.
pub(crate) enum Payload<'a> {
    Nothing,
    Value(Node),
    Rows(Rows<'a>),
}

/// The rows of a query.
pub(crate) struct Rows<'a> {
    /// The element around the rows.
    pub(crate) container: String,
    pub(crate) layout: SoapLayout,
    pub(crate) shape: &'a Structure,
    pub(crate) all: Vec<Node>,
}

impl SoapResponse<'_> {
    /// Builds the element in the body. `path` has its name and the names of the elements inside it.
    pub(crate) fn assemble(self, path: &[String]) -> Node {
        let mut inside: Vec<Node> = self.header.into_iter().collect();
        match self.payload {
            Payload::Nothing => {}
            Payload::Value(value) => inside.push(value),
            Payload::Rows(rows) => inside.extend(rows.assemble()),
        }
        inside.extend(self.extras);
        inside.extend(self.echo);
        for name in path.iter().rev() {
            inside = vec![Node::holding(name, inside)];
        }
        inside.pop().unwrap_or_else(|| Node::new("Nothing"))
    }
}

impl Rows<'_> {
    fn assemble(self) -> Vec<Node> {
        match self.layout {
            SoapLayout::Bare => self.all,
            SoapLayout::Contained => vec![Node::holding(self.container, self.all)],
            SoapLayout::Nested => {
                let inner = Node::holding(&self.container, self.all);
                vec![Node::holding(
                    format!("{}List", self.container),
                    vec![inner],
                )]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts() {
        let tables = crate::soap::table::Tables::bundled().expect("the tables");
        let shape = &*tables.header;
        let inside = |layout| {
            let rows = Rows {
                container: "Things".to_owned(),
                layout,
                shape,
                all: vec![Node::new("Thing"), Node::new("Thing")],
            };
            let response = SoapResponse {
                header: Some(Node::new("Header")),
                payload: Payload::Rows(rows),
                echo: Some(Node::new("Debug")),
                extras: Vec::new(),
            };
            let node = response.assemble(&["R".to_owned(), "S".to_owned()]);
            assert_eq!(
                (node.name.as_str(), node.children[0].name.as_str()),
                ("R", "S")
            );
            let names = node.children[0]
                .children
                .iter()
                .map(|child| child.name.clone());
            names.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(inside(SoapLayout::Bare), "Header Thing Thing Debug");
        assert_eq!(inside(SoapLayout::Contained), "Header Things Debug");
        assert_eq!(inside(SoapLayout::Nested), "Header ThingsList Debug");
    }
}
