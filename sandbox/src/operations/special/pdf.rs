//! A minimal PDF with one line of text.

use std::fmt::Write as _;

/// A document of one page. `line` must not need escaping: letters, digits and spaces.
pub(super) fn page(line: &str) -> Vec<u8> {
    let content = format!("BT /F1 24 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::with_capacity(objects.len());
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        // Writing to a String can't fail, here and below.
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let table = file.len();
    let count = objects.len() + 1;
    let _ = write!(file, "xref\n0 {count}\n0000000000 65535 f \n");
    for offset in offsets {
        let _ = writeln!(file, "{offset:010} 00000 n ");
    }
    let _ = write!(
        file,
        "trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    );
    file.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn offsets_point_at_their_objects() {
        let file = String::from_utf8(page("Request 7")).expect("text");
        let (_, start) = file.rsplit_once("startxref\n").expect("a start");
        let table: usize = start
            .lines()
            .next()
            .expect("a line")
            .parse()
            .expect("a number");
        let entries = file[table..].lines().skip(3).take(5);
        for (index, entry) in entries.enumerate() {
            let offset: usize = entry[..10].parse().expect("an offset");
            assert!(file[offset..].starts_with(&format!("{} 0 obj\n", index + 1)));
        }
        assert!(file.contains("(Request 7) Tj"));
    }
}
