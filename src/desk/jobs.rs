//! Long work on a thread of its own: it tells how far it is, can be stopped, and hands what it made back to whoever owns the desk.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use super::clock::Stopwatch;
use super::copying::{Copied, CopyPlan};
use super::error::{CopyError, Error, PhotoError};
use super::handing_out::HandoutPlan;
use super::looking::{self, LookPlan, LookReport};
use super::photographs::{FirstPass, Progress, ReadPlan};
use super::print_pack::PrintPlan;
use crate::domain::photo::Checked;
use crate::journal::backup;

/// Least time between two reports of how far the work is, in ms.
const REPORT_MS: i64 = 100;

/// Something long.
#[derive(Debug, Clone)]
pub enum Job {
    /// Read a folder of photographs: heads first, whole files after.
    Read(ReadPlan),
    /// Write the print pack of the evening before.
    Print(Box<PrintPlan>),
    /// Write the sheets that somebody is given.
    HandOut(Box<HandoutPlan>),
    /// Copy the whole database: from, to.
    BackUp(PathBuf, PathBuf),
    /// Look at sheets that are to be taken.
    Look(LookPlan),
    /// Copy pictures into this folder.
    Copy(Box<CopyPlan>, PathBuf),
}

/// Which part of the work is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// Capture times.
    Heads,
    /// Whole files: damage, light, sharpness.
    Wholes,
    /// Pictures written and read back.
    Copies,
}

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Which part.
    pub stretch: Stretch,
    /// Files done.
    pub done: usize,
    /// Files in all; 0 while they are still being found.
    pub total: usize,
    /// Since this part began, in ms.
    pub ms: i64,
}

/// Less than so many milliseconds tell no pace.
const INSTANT: u64 = 200;

impl Pace {
    /// Files a second; `None` in the first instant, which tells no pace.
    pub fn per_second(&self) -> Option<u64> {
        let (done, ms) = (self.done as u64, u64::try_from(self.ms).ok().filter(|ms| *ms >= INSTANT)?);
        (done * 1_000).checked_div(ms)
    }

    /// Seconds that are left at this pace; `None` while that cannot be said.
    pub fn left_s(&self) -> Option<u64> {
        let (done, left) = (self.done as u64, self.total.checked_sub(self.done)? as u64);
        let ms = (left * u64::try_from(self.ms).ok()?).checked_div(done)?;
        (self.total > 0).then_some(ms.div_ceil(1_000))
    }
}

/// What the worker tells.
#[derive(Debug)]
pub enum Report {
    /// How far it is.
    At(Pace),
    /// The first pass is done: take it ([`super::photographs::take`]); the second begins at once.
    Read(Box<(ReadPlan, FirstPass)>),
    /// The second pass is done: take it ([`super::photographs::take_checks`]). The work is over.
    Checked(Box<(ReadPlan, Vec<Checked>)>),
    /// So many sheets of so many are written.
    Printing(usize, usize),
    /// The print pack is written: where, and how many files.
    Printed(Result<(PathBuf, usize), Error>),
    /// The sheets that somebody is given are written: where, and how many.
    HandedOut(Result<(PathBuf, usize), Error>),
    /// The database is copied: where to.
    BackedUp(Result<PathBuf, Error>),
    /// From the look at sheets.
    Look(LookReport),
    /// Pictures are copied: note it ([`super::copying::note`]). The work is over.
    Copied(Box<Copied>),
    /// Copying was stopped with so many of so many in place; the same copy goes on there.
    CopyStopped(usize, usize),
    /// The work is over without a result: why.
    Failed(Error),
    /// It was stopped. What was taken before stays.
    Stopped,
}

impl Report {
    /// True where nothing more comes of this work.
    pub fn is_last(&self) -> bool {
        match self {
            Self::Checked(_)
            | Self::Printed(_)
            | Self::HandedOut(_)
            | Self::BackedUp(_)
            | Self::Copied(_)
            | Self::CopyStopped(..)
            | Self::Failed(_)
            | Self::Stopped => true,
            Self::Look(report) => !matches!(report, LookReport::At { .. }),
            Self::At(_) | Self::Read(_) | Self::Printing(..) => false,
        }
    }
}

/// The worker.
pub struct Worker {
    jobs: Sender<(Job, Arc<AtomicBool>)>,
    stop: Arc<AtomicBool>,
}

impl Worker {
    /// Starts it; `tell` is called on its thread. It ends when this is dropped, in the middle of its work too.
    pub fn start(tell: impl Fn(Report) + Send + 'static) -> Self {
        let (jobs, given) = channel::<(Job, Arc<AtomicBool>)>();
        thread::spawn(move || {
            for (job, stop) in given {
                // A panic in the work is a sentence on the screen, not a dead program.
                if panic::catch_unwind(AssertUnwindSafe(|| work(job, &stop, &tell))).is_err() {
                    tell(Report::Failed(Error::Bug("background work".to_owned())));
                }
            }
        });
        Self { jobs, stop: Arc::default() }
    }

    /// Gives it something to do; it waits for what is going on.
    ///
    /// # Errors
    /// [`Error::Bug`] where the thread is gone.
    pub fn give(&mut self, job: Job) -> Result<(), Error> {
        // Each work has its own word for stop: one that has not heard it yet must not go on because another begins.
        self.stop = Arc::default();
        self.jobs.send((job, Arc::clone(&self.stop))).map_err(|_| Error::Bug("background work".to_owned()))
    }

    /// Stops what was given last; its last report says so.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

fn work(job: Job, stop: &AtomicBool, tell: &impl Fn(Report)) {
    let done = match job {
        Job::Read(plan) => read(plan, stop, tell),
        Job::Print(plan) => return tell(Report::Printed(print(&plan, stop, tell))),
        Job::HandOut(plan) => {
            // How far it is belongs to the print pack alone: these sheets are written in a moment.
            let going_on = &mut |_, _| !stop.load(Ordering::Relaxed);
            return tell(Report::HandedOut(plan.write(going_on).map(|files| (plan.out.clone(), files))));
        }
        Job::BackUp(from, to) => return tell(Report::BackedUp(backup::copy(&from, &to).map(|()| to).map_err(Error::from))),
        Job::Look(plan) => return looking::work(&plan, stop, &|report| tell(Report::Look(report))),
        Job::Copy(plan, dest) => copy(&plan, &dest, stop, tell),
    };
    match done {
        Ok(()) => {}
        Err(Error::Copy(CopyError::Cancelled { done, of })) => tell(Report::CopyStopped(done, of)),
        Err(Error::Photos(PhotoError::Cancelled)) => tell(Report::Stopped),
        Err(why) => tell(Report::Failed(why)),
    }
}

fn print(plan: &PrintPlan, stop: &AtomicBool, tell: &impl Fn(Report)) -> Result<(PathBuf, usize), Error> {
    let files = plan.write(&mut |done, total| going_on(done, total, stop, tell))?;
    Ok((plan.out.clone(), files.len()))
}

fn going_on(done: usize, total: usize, stop: &AtomicBool, tell: &impl Fn(Report)) -> bool {
    tell(Report::Printing(done, total));
    !stop.load(Ordering::Relaxed)
}

fn read(plan: ReadPlan, stop: &AtomicBool, tell: &impl Fn(Report)) -> Result<(), Error> {
    let first = plan.read(&mut watch(Stretch::Heads, stop, tell))?;
    if first.pictures.is_empty() {
        return Err(Error::NoPictures(plan.folder, first.told.left_out));
    }
    tell(Report::Read(Box::new((plan.clone(), first.clone()))));
    let checked = plan.check(&first.pictures, &mut watch(Stretch::Wholes, stop, tell))?;
    tell(Report::Checked(Box::new((plan, checked))));
    Ok(())
}

fn copy(plan: &CopyPlan, dest: &Path, stop: &AtomicBool, tell: &impl Fn(Report)) -> Result<(), Error> {
    let mut watch = watch(Stretch::Copies, stop, tell);
    // Large pictures on a slow stick: how many there are is told before the first is there.
    if !watch(Progress { done: 0, total: plan.plan.len() }) {
        return Err(CopyError::Cancelled { done: 0, of: plan.plan.len() }.into());
    }
    let copied = plan.copy(dest, &mut |done, total| watch(Progress { done, total }))?;
    tell(Report::Copied(Box::new(copied)));
    Ok(())
}

fn watch<'a>(stretch: Stretch, stop: &'a AtomicBool, tell: &'a impl Fn(Report)) -> impl FnMut(Progress) -> bool + 'a {
    let begun = Stopwatch::start();
    let mut told = None;
    move |progress: Progress| {
        let ms = begun.ms();
        if told.is_none_or(|last| ms - last >= REPORT_MS) {
            told = Some(ms);
            tell(Report::At(Pace { stretch, done: progress.done, total: progress.total, ms }));
        }
        !stop.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::day::Day;
    use crate::domain::ids::{RoomKey, SessionKey};

    fn plan(folder: &Path) -> ReadPlan {
        let date = chrono::NaiveDate::from_ymd_opt(2020, 9, 13).unwrap();
        ReadPlan::of(&Day::default(), &SessionKey { room: RoomKey::of("11B105"), date }, folder)
    }

    fn all(job: Job, stop_at_once: bool) -> Vec<Report> {
        let (tell, told) = channel();
        let mut worker = Worker::start(move |report| {
            let _ = tell.send(report);
        });
        worker.give(job).unwrap();
        if stop_at_once {
            worker.stop();
        }
        let mut all = Vec::new();
        loop {
            let report = told.recv_timeout(Duration::from_secs(20)).unwrap();
            let last = report.is_last();
            all.push(report);
            if last {
                return all;
            }
        }
    }

    fn folder(n: u32) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for i in 0..n {
            image::RgbImage::from_pixel(30, 40, image::Rgb([i as u8, 9, 200])).save(dir.path().join(format!("IMG_{i:04}.jpg"))).unwrap();
        }
        dir
    }

    #[test]
    fn a_folder_is_read_in_two_passes_and_how_far_it_is_comes_between() {
        let dir = folder(5);
        let reports = all(Job::Read(plan(dir.path())), false);
        assert!(matches!(&reports[0], Report::At(p) if p.stretch == Stretch::Heads), "{:?}", reports[0]);
        let read = reports.iter().position(|r| matches!(r, Report::Read(b) if b.1.pictures.len() == 5)).unwrap();
        assert!(reports[read..].iter().any(|r| matches!(r, Report::At(p) if p.stretch == Stretch::Wholes)));
        assert!(matches!(reports.last(), Some(Report::Checked(b)) if b.1.len() == 5));
    }

    #[test]
    fn work_that_is_stopped_says_so_and_gives_nothing() {
        let dir = folder(3);
        // The word may come too late for so little work; then it is simply done.
        let reports = all(Job::Read(plan(dir.path())), true);
        assert!(matches!(reports.last(), Some(Report::Stopped | Report::Checked(_))));
        let stop = AtomicBool::new(true);
        let told = std::sync::Mutex::new(Vec::new());
        work(Job::Read(plan(dir.path())), &stop, &|r| told.lock().unwrap().push(r));
        let told = told.into_inner().unwrap();
        assert!(matches!(told.last(), Some(Report::Stopped)) && !told.iter().any(|r| matches!(r, Report::Read(_))), "{told:?}");
    }

    #[test]
    fn a_folder_that_is_not_there_or_empty_is_an_error_in_words() {
        let dir = tempfile::tempdir().unwrap();
        let reports = all(Job::Read(plan(&dir.path().join("nowhere"))), false);
        assert!(matches!(reports.last(), Some(Report::Failed(Error::Photos(PhotoError::Missing(_))))), "{reports:?}");
        let reports = all(Job::Read(plan(dir.path())), false);
        assert!(matches!(reports.last(), Some(Report::Failed(Error::NoPictures(_, 0)))), "{reports:?}");
    }

    #[test]
    fn work_that_panics_is_an_error_in_words_and_the_next_work_is_done() {
        let dir = folder(2);
        let (tell, told) = channel();
        let once = AtomicBool::new(true);
        let mut worker = Worker::start(move |report| {
            assert!(!once.swap(false, Ordering::Relaxed), "the first report fails");
            let _ = tell.send(report);
        });
        worker.give(Job::Read(plan(dir.path()))).unwrap();
        assert!(matches!(told.recv_timeout(Duration::from_secs(20)), Ok(Report::Failed(Error::Bug(_)))));
        worker.give(Job::Read(plan(dir.path()))).unwrap();
        let next: Vec<Report> = std::iter::from_fn(|| told.recv_timeout(Duration::from_secs(20)).ok().filter(|r| !r.is_last())).collect();
        assert!(next.iter().any(|r| matches!(r, Report::Read(_))));
    }

    #[test]
    fn pace_and_rest_are_told_once_they_are_known() {
        let pace = Pace { stretch: Stretch::Heads, done: 500, total: 2_000, ms: 250 };
        assert_eq!((pace.per_second(), pace.left_s()), (Some(2_000), Some(1)));
        let begun = Pace { done: 0, total: 0, ms: 0, ..pace };
        assert_eq!((begun.per_second(), begun.left_s()), (None, None));
        assert_eq!(Pace { done: 1_000, ms: 1, ..pace }.per_second(), None);
    }
}
