//! Copies all customers into a file, one JSON object a line, and goes on where it stopped after an interruption.
//!
//! ```sh
//! cargo run --package revio-api --example sync_customers -- customers.jsonl
//! ```
//!
//! The account is that of the environment: `REVIO_USERNAME`, `REVIO_CLIENT_CODE`, `REVIO_PASSWORD`, and, for a sandbox,
//! `REVIO_BASE_URL`.
//!
//! Until it is done there are two files beside the one that was asked for: `customers.jsonl.part` with the records so
//! far, and `customers.jsonl.cursor`, which says where to go on and how much of the first file it counts. Whatever
//! was written after that is cut off and read again, so that no customer is missing or comes twice.

use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use revio_api::lists::Cursor;
use revio_api::prelude::*;
use serde::{Deserialize, Serialize};

#[tokio::main]
async fn main() -> ExitCode {
    let Some(target) = std::env::args_os().nth(1) else {
        eprintln!("usage: sync_customers FILE");
        return ExitCode::from(2);
    };
    match sync(&Files::of(target.into())).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            eprintln!("Run this again to go on from here.");
            ExitCode::FAILURE
        }
    }
}

/// How far the copy is: stored after every page.
#[derive(Serialize, Deserialize)]
struct Progress {
    cursor: Cursor,
    customers: usize,
    /// Length of the file of records up to here.
    bytes: u64,
}

async fn sync(files: &Files) -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let list = client.customers().list();
    let (mut pages, mut progress) = if let Some(progress) = files.progress()? {
        let page = progress.cursor.page();
        println!(
            "going on at page {page}, with {} customers already here",
            progress.customers
        );
        (list.pages_from(&progress.cursor)?, progress)
    } else {
        let pages = list.pages();
        let progress = Progress {
            cursor: pages.cursor(),
            customers: 0,
            bytes: 0,
        };
        (pages, progress)
    };

    let mut records = files.records(progress.bytes)?;
    while let Some(page) = pages.try_next().await? {
        let mut lines = Vec::new();
        for customer in &page.records {
            serde_json::to_writer(&mut lines, customer)?;
            lines.push(b'\n');
        }
        // The records have to be safe before the cursor says that they are.
        records.write_all(&lines)?;
        records.sync_data()?;
        progress.cursor = page.cursor;
        progress.customers += page.records.len();
        progress.bytes += lines.len() as u64;
        files.store(&progress)?;
        println!("page {}: {} customers", page.number, page.records.len());
    }
    drop(records);

    files.finish()?;
    println!(
        "{} customers are in {}",
        progress.customers,
        files.target.display()
    );
    Ok(())
}

/// The file that was asked for, and those that are there until it is complete.
struct Files {
    target: PathBuf,
    part: PathBuf,
    cursor: PathBuf,
    next_cursor: PathBuf,
}

impl Files {
    fn of(target: PathBuf) -> Self {
        let beside = |ending: &str| {
            let mut name = target.clone().into_os_string();
            name.push(ending);
            PathBuf::from(name)
        };
        Self {
            part: beside(".part"),
            cursor: beside(".cursor"),
            next_cursor: beside(".cursor.next"),
            target,
        }
    }

    /// What an interrupted run left behind.
    fn progress(&self) -> Result<Option<Progress>, Box<dyn Error>> {
        match fs::read(&self.cursor) {
            Ok(stored) => Ok(Some(serde_json::from_slice(&stored)?)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The file of records, cut to the length that is certain.
    fn records(&self, bytes: u64) -> Result<File, Box<dyn Error>> {
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&self.part)?;
        if file.metadata()?.len() < bytes {
            let (part, cursor) = (self.part.display(), self.cursor.display());
            return Err(format!(
                "{part} lacks records that {cursor} counts; remove both to start anew"
            )
            .into());
        }
        file.set_len(bytes)?;
        file.seek(SeekFrom::End(0))?;
        Ok(file)
    }

    /// Replaces the stored cursor as a whole, so that a crash leaves the old one or the new one.
    fn store(&self, progress: &Progress) -> Result<(), Box<dyn Error>> {
        let mut file = File::create(&self.next_cursor)?;
        file.write_all(&serde_json::to_vec(progress)?)?;
        file.sync_data()?;
        fs::rename(&self.next_cursor, &self.cursor)?;
        Ok(())
    }

    /// Gives the complete file its name. In this order a crash in between costs a new start, never a customer.
    fn finish(&self) -> std::io::Result<()> {
        fs::remove_file(&self.cursor)?;
        fs::rename(&self.part, &self.target)
    }
}
